package dev.evenkeel.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.expression.Expressions;
import dev.evenkeel.expression.Placeholders;
import dev.evenkeel.expression.Update;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.ItemSize;
import dev.evenkeel.model.Keys;
import dev.evenkeel.model.StoreKey;
import dev.evenkeel.replication.NotLeaderException;
import dev.evenkeel.storage.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartitionLeaderTest {
    private static final Item KEY = Cluster.key("a", 1);

    private static Item with(Item item, String name, AttributeValue value) {
        return item.with(Map.of(name, value));
    }

    @Test
    void aFailedConditionChangesNothingAndCarriesTheItem() {
        try (var cluster = new Cluster(Cluster.WITH_GLOBAL)) {
            var item = with(KEY, "note", AttributeValue.of("first"));
            cluster.put(item);
            var condition = Cluster.condition("attribute_not_exists(id)", null);
            assertThatThrownBy(() -> cluster.put(with(KEY, "note", AttributeValue.of("second")), condition))
                    .isInstanceOfSatisfying(DynamoException.class, failed -> {
                        assertThat(failed.code()).isEqualTo(ErrorCode.CONDITIONAL_CHECK_FAILED);
                        assertThat(failed).hasMessage("The conditional request failed");
                        assertThat(failed.item()).contains(item);
                    });
            assertThat(cluster.get(KEY)).isEqualTo(item);
        }
    }

    @Test
    void chargesTheLargerItemAndOnlyTheIndexesThatChange() {
        try (var cluster = new Cluster(Cluster.WITH_GLOBAL)) {
            var small = with(with(KEY, "instant", AttributeValue.of(1)), "colour", AttributeValue.of("red"));
            var large = with(small, "other", AttributeValue.of("x".repeat(3_000)));
            var created = cluster.put(small);
            assertThat(created.tableUnits()).isEqualTo(1);
            assertThat(created.indexUnits()).isEqualTo(Map.of("byInstant", 1.0, "byColour", 1.0));
            var grown = cluster.put(large);
            assertThat(grown.tableUnits()).isEqualTo(3);
            assertThat(grown.indexUnits()).as("neither index carries 'other'").isEmpty();
            var moved = cluster.put(with(large, "colour", AttributeValue.of("blue")));
            assertThat(moved.indexUnits()).as("out of one place, into another").isEqualTo(Map.of("byColour", 2.0));
            var deleted = cluster.delete(KEY);
            assertThat(deleted.tableUnits()).isEqualTo(3);
            assertThat(deleted.indexUnits()).isEqualTo(Map.of("byInstant", 1.0, "byColour", 1.0));
        }
    }

    @Test
    void deletingWhatIsNotThereCostsAUnitAndLogsNothing() {
        try (var cluster = new Cluster(Cluster.WITH_GLOBAL)) {
            long before = cluster.group.appliedLsn();
            var outcome = cluster.delete(KEY);
            assertThat(outcome.tableUnits()).isEqualTo(1);
            assertThat(outcome.before()).isNull();
            assertThat(cluster.group.appliedLsn()).isEqualTo(before);
        }
    }

    @Test
    void collectionsCountItemsAndLocalIndexEntries() {
        try (var cluster = new Cluster(Cluster.WITHOUT_GLOBAL)) {
            var item = with(KEY, "instant", AttributeValue.of(1));
            var other = with(Cluster.key("a", 2), "note", AttributeValue.of("no time, no entry"));
            long entry = Objects.requireNonNull(Cluster.BY_TIME.entryFor(item, Cluster.KEY))
                    .sizeBytes();
            assertThat(cluster.put(item).collectionBytes()).isEqualTo(item.sizeBytes() + entry);
            assertThat(cluster.put(other).collectionBytes()).isEqualTo(item.sizeBytes() + entry + other.sizeBytes());
            assertThat(cluster.delete(KEY).collectionBytes()).isEqualTo(other.sizeBytes());
        }
    }

    @Test
    void anItemAndItsLocalEntriesMustFitTogether() {
        try (var cluster = new Cluster(Cluster.WITHOUT_GLOBAL)) {
            int room = ItemSize.ITEM_BYTES_MAX - KEY.sizeBytes() - "other".length();
            var fits = with(KEY, "other", AttributeValue.of("x".repeat(room)));
            cluster.put(fits);
            var indexed =
                    with(with(KEY, "instant", AttributeValue.of(1)), "other", AttributeValue.of("x".repeat(room - 6)));
            assertThatThrownBy(() -> cluster.put(indexed))
                    .hasMessage("Item size has exceeded the maximum allowed size");
            assertThat(cluster.get(KEY)).isEqualTo(fits);
        }
    }

    @Test
    void anUpdateMayNotMakeAnIndexKeyUnfit() {
        try (var cluster = new Cluster(Cluster.WITH_GLOBAL)) {
            assertThatThrownBy(() -> cluster.update(KEY, set("colour", AttributeValue.of(3)), null))
                    .hasMessage(
                            "The update expression attempted to update the secondary index key to unsupported type");
            assertThatThrownBy(() -> cluster.update(KEY, set("colour", AttributeValue.of("")), null))
                    .hasMessage("One or more parameter values are not valid. The update expression attempted to update"
                            + " a secondary index key to a value that is not supported. The AttributeValue for a key"
                            + " attribute cannot contain an empty string value.");
            assertThatThrownBy(() -> cluster.update(KEY, set("colour", AttributeValue.of("x".repeat(2_049))), null))
                    .hasMessage("One or more parameter values were invalid: Size limit exceeded for Index Key colour"
                            + " Actual Size: 2049 bytes Max Size: 2048 bytes IndexName: byColour");
            assertThat(cluster.get(KEY)).isNull();
        }
    }

    private static Update set(String name, AttributeValue value) {
        return Expressions.update("SET " + name + " = :v", new Placeholders(null, Map.of(":v", value)));
    }

    @Test
    void pagesEndWhereTheyShould() {
        try (var cluster = new Cluster(Cluster.WITHOUT_GLOBAL)) {
            var items = new ArrayList<Item>();
            for (int i = 0; i < 10; i++) {
                items.add(with(Cluster.key("a", i), "note", AttributeValue.of("x".repeat(100))));
                cluster.put(items.getLast());
            }
            var replica = cluster.replica(new byte[] {0});
            var byCount = replica.read(read(true, 4, Long.MAX_VALUE));
            assertThat(byCount.items()).isEqualTo(items.subList(0, 4));
            assertThat(byCount.full()).isTrue();
            assertThat(byCount.lastEntry()).isEqualTo(items.get(3));
            var byBytes = replica.read(read(true, 100, items.get(0).sizeBytes() + 1));
            assertThat(byBytes.items())
                    .as("the entry that crosses the bound is in")
                    .isEqualTo(items.subList(0, 2));
            var backward = replica.read(read(false, 100, Long.MAX_VALUE));
            assertThat(backward.items()).isEqualTo(items.reversed());
            assertThat(backward.full()).isFalse();
        }
    }

    private static RangeRead read(boolean forward, int itemsMax, long bytesMax) {
        return new RangeRead(StoreKey.ITEMS, new byte[0], null, forward, null, itemsMax, bytesMax, true, false, true);
    }

    @Test
    void aLocalIndexCanBeFollowedToItsItems() {
        try (var cluster = new Cluster(Cluster.WITHOUT_GLOBAL)) {
            var item = with(with(KEY, "instant", AttributeValue.of(1)), "other", AttributeValue.of("x".repeat(9_000)));
            cluster.put(item);
            var read = new RangeRead(1, new byte[0], null, true, null, 10, Long.MAX_VALUE, true, true, true);
            var page = cluster.replica(new byte[] {0}).read(read);
            assertThat(page.items()).containsExactly(item);
            assertThat(page.fetchedUnits()).isEqualTo(3);
            assertThat(page.bytesRead()).isLessThan(100);
        }
    }

    @Test
    void aDroppedPartitionIsGoneWithAllItHeld() {
        try (var cluster = new Cluster(Cluster.WITH_GLOBAL, 0x80)) {
            for (int i = 0; i < 20; i++) {
                cluster.put(with(Cluster.key("k" + i, i), "colour", AttributeValue.of("c")));
            }
            var replica = cluster.replica(new byte[] {0});
            cluster.host.awaitIndexes();
            List.copyOf(cluster.ranges.keySet()).forEach(cluster.host::drop);
            assertThat(cluster.host.replica(10)).isEmpty();
            assertThatThrownBy(() -> replica.get(new byte[] {0}, false)).hasMessage("Requested resource not found");
            try (var cursor = cluster.store.cursor(StoreKey.of(1, 0, new byte[0]), null, Direction.FORWARD)) {
                assertThat(cursor.next()).as("nothing left of any table").isFalse();
            }
        }
    }

    @Test
    void onlyALeaderWritesAndEverybodyReads() {
        try (var cluster = new Cluster(Cluster.WITH_GLOBAL)) {
            cluster.put(KEY);
            cluster.host.follow();
            assertThatThrownBy(() -> cluster.put(KEY)).isInstanceOf(NotLeaderException.class);
            assertThatThrownBy(() -> cluster.put(KEY, Cluster.condition("attribute_exists(nothing)", null)))
                    .as("what it has may be old, so it does not say that the condition fails")
                    .isInstanceOf(NotLeaderException.class);
            assertThatThrownBy(() -> cluster.host.drop(10)).isInstanceOf(NotLeaderException.class);
            assertThatThrownBy(cluster.host::awaitIndexes).isInstanceOf(NotLeaderException.class);
            var position = Keys.position(KEY, Cluster.KEY);
            assertThat(cluster.replica(position).get(position, false)).isEqualTo(KEY);
            cluster.host.lead();
            assertThat(cluster.put(KEY).before()).isEqualTo(KEY);
        }
    }

    @Test
    void aWriteThatItsTermHasRefusedIsEvaluatedAgainInTheNext() {
        var group = new AtomicReference<@Nullable LoggedGroup>();
        try (var cluster = new Cluster(
                machine -> {
                    group.set(new LoggedGroup(machine));
                    return Objects.requireNonNull(group.get());
                },
                Cluster.WITHOUT_GLOBAL)) {
            cluster.put(KEY);
            var logged = Objects.requireNonNull(group.get());
            logged.refuseNext(2);
            assertThat(cluster.update(KEY, Cluster.increment("instant"), null).before())
                    .isEqualTo(KEY);
            logged.refuseNext(Integer.MAX_VALUE);
            assertThatThrownBy(() -> cluster.put(KEY)).isInstanceOf(NotLeaderException.class);
        }
    }
}
