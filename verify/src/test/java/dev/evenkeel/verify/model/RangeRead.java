package dev.evenkeel.verify.model;

import dev.evenkeel.verify.model.Units.CapacityMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A Query, or without a key range a Scan, over all its pages.
 *
 * @param limit items evaluated per page, 0 for no limit
 * @param select COUNT, ALL_ATTRIBUTES, or empty to leave it out
 * @param segments of a parallel scan, 0 for none
 */
record RangeRead(
        TableShape table,
        Optional<IndexShape> index,
        Optional<KeyRange> range,
        boolean forward,
        int limit,
        Optional<Clause> filter,
        List<DocumentPath> projection,
        String select,
        boolean consistent,
        int segments,
        int segment,
        CapacityMode capacity) {

    String operation() {
        return range.isPresent() ? "Query" : "Scan";
    }

    boolean countOnly() {
        return select.equals("COUNT");
    }

    /** The same entries whole and in order, with as few pages as possible. */
    RangeRead plain() {
        return new RangeRead(
                table,
                index,
                range,
                forward,
                0,
                Optional.empty(),
                List.of(),
                "",
                consistent,
                segments,
                segment,
                CapacityMode.INDEXES);
    }

    RangeRead withSegment(int number) {
        return new RangeRead(
                table,
                index,
                range,
                forward,
                limit,
                filter,
                projection,
                select,
                consistent,
                segments,
                number,
                capacity);
    }

    /** Whether each entry of a local index has to be followed to its item. */
    boolean fetches() {
        return index.isPresent()
                && !index.get().global()
                && !index.get().allProjected()
                && (select.equals("ALL_ATTRIBUTES")
                        || projection.stream().anyMatch(path -> !index.get().projects(path.root())));
    }

    /** @param startKey where the page before ended, if there was one */
    Map<String, Object> body(RandomGenerator random, Optional<Map<String, Value>> startKey) {
        var body = new LinkedHashMap<String, Object>();
        var placeholders = new Placeholders(random);
        body.put("TableName", table.name());
        index.ifPresent(it -> body.put("IndexName", it.name()));
        range.ifPresent(it -> {
            body.put("KeyConditionExpression", it.text(placeholders));
            body.put("ScanIndexForward", forward);
        });
        filter.ifPresent(it -> body.put("FilterExpression", it.text(placeholders)));
        Request.projection(body, projection, placeholders);
        startKey.ifPresent(key -> body.put("ExclusiveStartKey", WireValues.ofItem(key)));
        if (limit > 0) {
            body.put("Limit", limit);
        }
        if (!select.isEmpty()) {
            body.put("Select", select);
        }
        if (consistent) {
            body.put("ConsistentRead", true);
        }
        if (segments > 0) {
            body.put("TotalSegments", segments);
            body.put("Segment", segment);
        }
        if (capacity != CapacityMode.NONE) {
            body.put("ReturnConsumedCapacity", capacity.name());
        }
        placeholders.addTo(body);
        return body;
    }
}
