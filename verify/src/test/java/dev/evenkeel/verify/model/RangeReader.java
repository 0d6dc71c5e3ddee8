package dev.evenkeel.verify.model;

import dev.evenkeel.verify.model.Units.CapacityMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Reads ranges page by page and compares them with the model.
 *
 * <p>In which order a scan visits partition keys, and a query entries with equal sort keys, is the database's own affair.
 * So each range is first read plainly, which must give just the model's entries, sorted; the order seen there is then what
 * every page of the real request has to follow.
 */
final class RangeReader {
    /** The most that one page may evaluate. */
    private static final long PAGE_BYTES_MAX = 1024 * 1024;

    private final ModelDatabase model;
    private final Endpoint endpoint;
    private final RandomGenerator random;
    private final Tally tally;

    RangeReader(ModelDatabase model, Endpoint endpoint, RandomGenerator random, Tally tally) {
        this.model = model;
        this.endpoint = endpoint;
        this.random = random;
        this.tally = tally;
    }

    /** @throws AssertionError when an answer differs from the model's */
    void check(RangeRead read) {
        var expected = expected(read);
        var order = new ArrayList<Map<String, Value>>();
        for (int segment = 0; segment < Math.max(1, read.segments()); segment++) {
            var plain = read.withSegment(segment).plain();
            var pages = pages(plain);
            var seen = pages.stream().flatMap(page -> items(page).stream()).toList();
            checkPages(plain, seen, pages);
            if (segment == read.segment()) {
                var realPages = pages(read);
                checkPages(read, seen, realPages);
                count(read, seen, realPages);
            }
            order.addAll(seen);
        }
        same("the whole range", Unordered.of(expected), Unordered.of(order));
        read.range().ifPresent(range -> checkSorted(range, order, read.forward()));
    }

    private void count(RangeRead read, List<Map<String, Value>> entries, List<Answer> pages) {
        var source = read.operation()
                + read.index()
                        .map(it -> it.global() ? " of a global index" : " of a local index")
                        .orElse(" of a table");
        tally.count(source + (entries.isEmpty() ? " that is empty" : ""));
        tally.countIf(pages.size() > 1 && read.limit() > 0, source + " in pages by limit");
        tally.countIf(pages.size() > 1 && read.limit() == 0, source + " in pages by size");
        tally.countIf(read.fetches() && !entries.isEmpty(), source + " with fetched items");
        tally.countIf(read.segments() > 1 && !entries.isEmpty(), source + " in segments");
        int matched = pages.stream()
                .mapToInt(page -> (Integer) page.body().getOrDefault("Count", 0))
                .sum();
        tally.countIf(
                read.filter().isPresent() && matched > 0 && matched < entries.size(), source + " filtered in part");
        tally.countIf(read.countOnly(), source + " counted only");
        tally.countIf(!read.forward() && entries.size() > 1, source + " backwards");
    }

    /** Whether the index holds by now what it should; global indexes follow their table in their own time. */
    boolean hasCaughtUp(TableShape table, IndexShape index) {
        var read = new RangeRead(
                table,
                Optional.of(index),
                Optional.empty(),
                true,
                0,
                Optional.empty(),
                List.of(),
                "",
                false,
                0,
                0,
                CapacityMode.NONE);
        var seen = pages(read).stream().flatMap(page -> items(page).stream()).toList();
        return Unordered.of(seen).equals(Unordered.of(expected(read)));
    }

    private List<Map<String, Value>> expected(RangeRead read) {
        return model.table(read.table().name()).entries(read.index()).stream()
                .filter(entry -> read.range().map(range -> range.matches(entry)).orElse(true))
                .toList();
    }

    private List<Answer> pages(RangeRead read) {
        var pages = new ArrayList<Answer>();
        var startKey = Optional.<Map<String, Value>>empty();
        do {
            var answer = AnswerReader.read(endpoint.call(read.operation(), read.body(random, startKey)));
            if (answer.isError()) {
                throw new AssertionError(read.operation() + " failed: " + answer);
            }
            pages.add(answer);
            startKey = lastKey(answer);
        } while (startKey.isPresent());
        return pages;
    }

    private static Optional<Map<String, Value>> lastKey(Answer page) {
        return Optional.ofNullable(page.body().get("LastEvaluatedKey")).map(RangeReader::item);
    }

    @SuppressWarnings("unchecked") // the answer reader makes items of these fields
    private static Map<String, Value> item(Object item) {
        return (Map<String, Value>) item;
    }

    @SuppressWarnings("unchecked") // as above
    private static List<Map<String, Value>> items(Answer page) {
        return (List<Map<String, Value>>) page.body().getOrDefault("Items", List.of());
    }

    private static void checkSorted(KeyRange range, List<Map<String, Value>> entries, boolean forward) {
        for (int i = 1; i < entries.size(); i++) {
            int order = ModelTable.compare(entries.get(i - 1), entries.get(i), range.range());
            if (forward ? order > 0 : order < 0) {
                throw new AssertionError("out of order: " + entries.get(i - 1) + " before " + entries.get(i));
            }
        }
    }

    private void checkPages(RangeRead read, List<Map<String, Value>> order, List<Answer> pages) {
        int start = 0;
        for (var page : pages) {
            int scanned = (Integer) page.body().getOrDefault("ScannedCount", -1);
            if (scanned < 0 || start + scanned > order.size()) {
                throw new AssertionError("ScannedCount " + scanned + " from " + start + " of " + order.size());
            }
            var rest = order.subList(start, order.size());
            checkEnd(read, rest, scanned, lastKey(page));
            same("page " + page, answer(read, rest.subList(0, scanned), lastKey(page)), page.body());
            start += scanned;
        }
        same("entries evaluated", order.size(), start);
    }

    /** A page ends at its limit, at a megabyte or at the end of the range, and says so in all cases but the last. */
    private static void checkEnd(
            RangeRead read, List<Map<String, Value>> rest, int scanned, Optional<Map<String, Value>> lastKey) {
        boolean limitReached = read.limit() > 0 && scanned == read.limit();
        boolean full = bytes(rest.subList(0, Math.min(scanned + 1, rest.size()))) > PAGE_BYTES_MAX;
        if (read.limit() > 0 && scanned > read.limit()) {
            throw new AssertionError(scanned + " entries evaluated with limit " + read.limit());
        }
        if (scanned > 0 && bytes(rest.subList(0, scanned - 1)) > PAGE_BYTES_MAX) {
            throw new AssertionError("a page of more than a megabyte");
        }
        if (lastKey.isPresent() && !limitReached && !full) {
            throw new AssertionError("the page ends early, after " + scanned + " of " + rest.size());
        }
        if (lastKey.isEmpty() && (limitReached || scanned < rest.size())) {
            throw new AssertionError("no LastEvaluatedKey after " + scanned + " of " + rest.size());
        }
    }

    private static long bytes(List<Map<String, Value>> entries) {
        return entries.stream().mapToLong(Value::itemSize).sum();
    }

    private Map<String, Object> answer(
            RangeRead read, List<Map<String, Value>> evaluated, Optional<Map<String, Value>> lastKey) {
        var matched = evaluated.stream()
                .filter(entry ->
                        read.filter().map(filter -> filter.holds(entry)).orElse(true))
                .toList();
        var body = new HashMap<String, Object>();
        body.put("Count", matched.size());
        body.put("ScannedCount", evaluated.size());
        if (!read.countOnly()) {
            body.put("Items", matched.stream().map(entry -> shown(read, entry)).toList());
        }
        if (lastKey.isPresent()) {
            body.put("LastEvaluatedKey", position(read, evaluated.getLast()));
        }
        if (read.capacity() != CapacityMode.NONE) {
            body.put(
                    "ConsumedCapacity",
                    bill(read, evaluated).report(read.table().name(), read.capacity()));
        }
        return body;
    }

    private Map<String, Value> shown(RangeRead read, Map<String, Value> entry) {
        return ModelDatabase.projected(read.fetches() ? whole(read, entry) : entry, read.projection());
    }

    private Map<String, Value> whole(RangeRead read, Map<String, Value> entry) {
        return model.table(read.table().name()).get(entry).orElseThrow();
    }

    private static Map<String, Value> position(RangeRead read, Map<String, Value> entry) {
        var position = new TreeMap<>(read.table().keyItem(entry));
        read.index()
                .ifPresent(index ->
                        index.keyNames().forEach(name -> position.put(name, TableShape.required(entry, name))));
        return position;
    }

    private Units.Bill bill(RangeRead read, List<Map<String, Value>> evaluated) {
        var bill = new Units.Bill();
        double units = Units.read(bytes(evaluated), read.consistent());
        read.index().ifPresentOrElse(index -> bill.index(index, units), () -> bill.table(units));
        if (read.fetches()) {
            evaluated.forEach(entry -> bill.table(Units.read(Value.itemSize(whole(read, entry)), read.consistent())));
        }
        return bill;
    }

    private static void same(String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError(what + " differs\n  expected " + expected + "\n  actual   " + actual);
        }
    }
}
