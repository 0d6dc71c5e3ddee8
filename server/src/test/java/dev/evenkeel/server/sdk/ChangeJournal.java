package dev.evenkeel.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** What was written to a table whose items are {@code id} and {@code value}, and what readers of its streams were told. */
final class ChangeJournal {
    private final Map<String, Long> items = new TreeMap<>();
    private final Map<String, List<Change>> expected = new TreeMap<>();
    private final List<Sighting> sightings = new ArrayList<>();

    /** From one value to another; null stands for no item. */
    private record Change(
            OperationType kind,
            @Nullable Long before,
            @Nullable Long after) {
        static Change between(@Nullable Long before, @Nullable Long after) {
            var kind =
                    before == null ? OperationType.INSERT : after == null ? OperationType.REMOVE : OperationType.MODIFY;
            return new Change(kind, before, after);
        }
    }

    private record Sighting(String shard, String sequenceNumber, String item, Change change) {}

    /** The item was written, or deleted when the value is null. */
    void written(String item, @Nullable Long value, boolean recorded) {
        var before = value == null ? items.remove(item) : items.put(item, value);
        if (recorded && (before != null || value != null)) {
            expected.computeIfAbsent(item, _ -> new ArrayList<>()).add(Change.between(before, value));
        }
    }

    /** Somebody processed that record. */
    void processed(String shard, Record record) {
        var change = record.dynamodb();
        sightings.add(new Sighting(
                shard,
                change.sequenceNumber(),
                change.keys().get("id").s(),
                new Change(record.eventName(), value(change.oldImage()), value(change.newImage()))));
    }

    private static @Nullable Long value(Map<String, AttributeValue> image) {
        return image.isEmpty() ? null : Long.valueOf(image.get("value").n());
    }

    int duplicates() {
        return sightings.size() - once().size();
    }

    private Map<String, Sighting> once() {
        var once = new LinkedHashMap<String, Sighting>();
        sightings.forEach(sighting -> once.putIfAbsent(sighting.sequenceNumber, sighting));
        return once;
    }

    /** Every change was processed, each item's in its order, nothing else, and again only what was processed before. */
    void check(String context) {
        var once = once();
        assertThat(sightings)
                .as("one sequence number, one change; %s", context)
                .allSatisfy(sighting ->
                        assertThat(once.get(sighting.sequenceNumber)).isEqualTo(sighting));
        var seen = new TreeMap<String, List<Change>>();
        once.values()
                .forEach(it ->
                        seen.computeIfAbsent(it.item, _ -> new ArrayList<>()).add(it.change));
        assertThat(seen).as("changes by item; %s", context).isEqualTo(expected);
        var last = new HashMap<String, String>();
        assertThat(once.values())
                .as("sequence numbers rise within a shard; %s", context)
                .allSatisfy(it -> assertThat(it.sequenceNumber).isGreaterThan(last.getOrDefault(it.shard, "")))
                .allSatisfy(it -> last.put(it.shard, it.sequenceNumber));
    }
}
