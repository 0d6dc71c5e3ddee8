package dev.evenkeel.verify.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.verify.Waiting;
import dev.evenkeel.verify.gameday.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What the database owes its clients: every item as the last acknowledged write left it, or, where an answer never came,
 * as that write would have. Each slot is written by one thread at a time, so no more than one write of it is in doubt.
 */
final class Ledger {
    static final Slot COUNTER = new Slot(Tables.PLAIN, "the counter", "");

    private final Map<Slot, Map<String, Object>> acknowledged = new ConcurrentHashMap<>();
    private final Map<Slot, Optional<Map<String, Object>>> inDoubt = new ConcurrentHashMap<>();
    private final AtomicLong countAcknowledged = new AtomicLong();
    private final AtomicLong countAsked = new AtomicLong();

    Optional<Map<String, Object>> item(Slot slot) {
        return Optional.ofNullable(acknowledged.get(slot));
    }

    /** A write is about to be sent. */
    void asks(Slot slot, Optional<Map<String, Object>> after) {
        inDoubt.put(slot, after);
    }

    /** Its answer has come. */
    void acknowledges(Slot slot, Optional<Map<String, Object>> after) {
        settle(slot, after);
        inDoubt.remove(slot);
    }

    private void settle(Slot slot, Optional<Map<String, Object>> state) {
        if (state.isPresent()) {
            acknowledged.put(slot, state.get());
        } else {
            acknowledged.remove(slot);
        }
    }

    void asksToCount() {
        countAsked.incrementAndGet();
    }

    /** @param count as the answer told it */
    void acknowledgesCount(long count) {
        countAcknowledged.accumulateAndGet(count, Math::max);
    }

    /** Compares everything that can be read with what is owed; doubts end with it. */
    void settleWith(Dynamo client) throws IOException {
        settleItemsWith(client);
        compareIndexes(client);
        compareCounts(client);
    }

    /** As {@link #settleWith}, but leaves the indexes alone. */
    void settleItemsWith(Dynamo client) throws IOException {
        for (var table : List.of(Tables.PLAIN, Tables.INDEXED)) {
            var found = bySlot(table, client.scan(table, ""));
            if (table.equals(COUNTER.table())) {
                settleCount(found.remove(COUNTER));
            }
            for (var slot : slots(table, found)) {
                settle(slot, found);
            }
        }
        inDoubt.clear();
    }

    private static Map<Slot, Map<String, Object>> bySlot(String table, List<Map<String, Object>> items) {
        var found = new HashMap<Slot, Map<String, Object>>();
        for (var item : items) {
            assertThat(found.put(Slot.of(table, item), item))
                    .as("second item of one key: %s", item)
                    .isNull();
        }
        return found;
    }

    private List<Slot> slots(String table, Map<Slot, Map<String, Object>> found) {
        var all = new ArrayList<>(found.keySet());
        acknowledged.keySet().stream()
                .filter(slot -> slot.table().equals(table) && !found.containsKey(slot))
                .forEach(all::add);
        return all;
    }

    private void settle(Slot slot, Map<Slot, Map<String, Object>> found) {
        var owed = item(slot);
        var actual = Optional.ofNullable(found.get(slot));
        var doubt = inDoubt.get(slot);
        if (!actual.equals(owed) && !actual.equals(doubt)) {
            throw new AssertionError(
                    "%s is %s; acknowledged is %s, in doubt %s".formatted(slot, brief(actual), brief(owed), doubt));
        }
        settle(slot, actual);
    }

    private static String brief(Optional<Map<String, Object>> item) {
        var text = item.map(Object::toString).orElse("absent");
        return text.substring(0, Math.min(text.length(), 300));
    }

    private void settleCount(@Nullable Map<String, Object> item) {
        long actual = item == null ? 0 : count(item);
        assertThat(actual).as("the counter").isBetween(countAcknowledged.get(), countAsked.get());
        countAcknowledged.set(actual);
        countAsked.set(actual);
    }

    static long count(Map<String, Object> item) {
        return Long.parseLong(Json.object(Objects.requireNonNull(item.get("count")))
                .getOrDefault("N", "")
                .toString());
    }

    private void compareIndexes(Dynamo client) throws IOException {
        var local = bySlot(Tables.INDEXED, client.scan(Tables.INDEXED, Tables.LOCAL_INDEX));
        assertThat(local.equals(withAttributes("amount")))
                .as("the local index has what the table has: %s", difference(local, withAttributes("amount")))
                .isTrue();
        var owed = withAttributes("amount", "grp");
        var last = new ArrayList<Map<String, Object>>();
        try {
            Waiting.await("the global index has what the table has", () -> {
                last.clear();
                last.addAll(globalIndex(client));
                return last.size() == owed.size() && anyBySlot(last).equals(owed);
            });
        } catch (AssertionError e) {
            throw new AssertionError(
                    "%s: %s entries, %s".formatted(e.getMessage(), last.size(), difference(anyBySlot(last), owed)), e);
        }
    }

    /** While the index follows its table, an entry may move from a page that was read to one that will be: it is twice. */
    private static List<Map<String, Object>> globalIndex(Dynamo client) {
        try {
            return client.scan(Tables.INDEXED, Tables.GLOBAL_INDEX);
        } catch (IOException e) {
            throw new AssertionError("the global index cannot be read", e);
        }
    }

    private static Map<Slot, Map<String, Object>> anyBySlot(List<Map<String, Object>> items) {
        var found = new HashMap<Slot, Map<String, Object>>();
        items.forEach(item -> found.put(Slot.of(Tables.INDEXED, item), item));
        return found;
    }

    private Map<Slot, Map<String, Object>> withAttributes(String... names) {
        var items = new HashMap<Slot, Map<String, Object>>();
        acknowledged.forEach((slot, item) -> {
            if (slot.table().equals(Tables.INDEXED) && item.keySet().containsAll(List.of(names))) {
                items.put(slot, item);
            }
        });
        return items;
    }

    private static String difference(Map<Slot, Map<String, Object>> found, Map<Slot, Map<String, Object>> owed) {
        var differing = new TreeMap<String, String>();
        found.forEach((slot, item) -> {
            if (!item.equals(owed.get(slot))) {
                differing.put(slot.toString(), "found " + brief(Optional.of(item)));
            }
        });
        owed.forEach((slot, item) -> {
            if (!item.equals(found.get(slot))) {
                differing.merge(slot.toString(), "owed " + brief(Optional.of(item)), (a, b) -> a + ", " + b);
            }
        });
        return differing.toString();
    }

    /** The counts that DescribeTable tells are kept beside the items and must have survived with them. */
    private void compareCounts(Dynamo client) throws IOException {
        var description = Tables.describe(client, Tables.INDEXED).orElseThrow();
        assertThat(count(description, "ItemCount"))
                .as("ItemCount")
                .isEqualTo(withAttributes().size());
        assertThat(count(Tables.globalIndexes(description).getFirst(), "ItemCount"))
                .as("ItemCount of the global index")
                .isEqualTo(withAttributes("amount", "grp").size());
        var local = Json.object(Json.array(Objects.requireNonNull(description.get("LocalSecondaryIndexes")))
                .getFirst());
        assertThat(count(local, "ItemCount"))
                .as("ItemCount of the local index")
                .isEqualTo(withAttributes("amount").size());
    }

    private static long count(Map<String, Object> description, String name) {
        return Long.parseLong(description.getOrDefault(name, "").toString());
    }

    int size() {
        return acknowledged.size();
    }
}
