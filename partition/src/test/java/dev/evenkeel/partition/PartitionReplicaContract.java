package dev.evenkeel.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.ExpressionKind;
import dev.evenkeel.expression.Expressions;
import dev.evenkeel.expression.Placeholders;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.Keys;
import dev.evenkeel.model.StoreKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link PartitionReplica} does, wherever the partition is. */
abstract class PartitionReplicaContract {
    private static final Item KEY = Cluster.key("a", 1);
    private static final byte[] POSITION = Keys.position(KEY, Cluster.KEY);
    private static final Item RED =
            KEY.with(Map.of("colour", AttributeValue.of("red"), "instant", AttributeValue.of(1)));

    /** A partition with all of an empty table of {@link Cluster#WITH_GLOBAL}. */
    abstract PartitionReplica partition();

    private static ItemWrite put(Item item, @Nullable Condition condition) {
        return new ItemWrite.Put(Keys.position(item, Cluster.KEY), item, condition, true);
    }

    @Test
    void aPutTellsWhatItDid() {
        var outcome = partition().write(put(RED, null));
        assertThat(outcome.before()).isNull();
        assertThat(outcome.after()).isEqualTo(RED);
        assertThat(outcome.update()).isNull();
        assertThat(outcome.tableUnits()).isEqualTo(1);
        assertThat(outcome.indexUnits()).isEqualTo(Map.of("byInstant", 1.0, "byColour", 1.0));
        assertThat(outcome.collectionBytes()).isGreaterThan(RED.sizeBytes());
        assertThat(partition().write(put(KEY, null)).before()).isEqualTo(RED);
    }

    @Test
    void anUpdateTellsWhatItTouched() {
        partition().write(put(RED, null));
        var write = new ItemWrite.Change(POSITION, KEY, Cluster.increment("instant"), null, false);
        var outcome = partition().write(write);
        var update = Objects.requireNonNull(outcome.update());
        assertThat(outcome.before()).isEqualTo(RED);
        assertThat(outcome.after()).isEqualTo(RED.with(Map.of("instant", AttributeValue.of(2))));
        assertThat(update.item()).isEqualTo(outcome.after());
        assertThat(update.updatedOld()).isEqualTo(Item.of(Map.of("instant", AttributeValue.of(1))));
        assertThat(update.updatedNew()).isEqualTo(Item.of(Map.of("instant", AttributeValue.of(2))));
    }

    @Test
    void aDeleteTakesTheItemAway() {
        partition().write(put(RED, null));
        var outcome = partition().write(new ItemWrite.Delete(POSITION, null, false));
        assertThat(outcome.before()).isEqualTo(RED);
        assertThat(outcome.after()).isNull();
        assertThat(partition().get(POSITION, true)).isNull();
    }

    @Test
    void aFailedConditionCarriesTheItem() {
        partition().write(put(RED, null));
        var condition = Cluster.condition(
                "colour = :c and instant < :n", Map.of(":c", AttributeValue.of("red"), ":n", AttributeValue.of(1)));
        assertThatThrownBy(() -> partition().write(put(KEY, condition)))
                .isInstanceOfSatisfying(DynamoException.class, failed -> {
                    assertThat(failed.code()).isEqualTo(ErrorCode.CONDITIONAL_CHECK_FAILED);
                    assertThat(failed).hasMessage("The conditional request failed");
                    assertThat(failed.item()).contains(RED);
                });
        assertThat(partition().get(POSITION, true)).isEqualTo(RED);
    }

    @Test
    void whatMayNotBeStoredIsRefused() {
        var update = Expressions.update("SET colour = :c", new Placeholders(null, Map.of(":c", AttributeValue.of(3))));
        assertThatThrownBy(() -> partition().write(new ItemWrite.Change(POSITION, KEY, update, null, false)))
                .isInstanceOfSatisfying(
                        DynamoException.class,
                        failed -> assertThat(failed.code()).isEqualTo(ErrorCode.VALIDATION))
                .hasMessage("The update expression attempted to update the secondary index key to unsupported type");
    }

    @Test
    void readsSeeWhatIsThere() {
        assertThat(partition().get(POSITION, true)).isNull();
        assertThat(partition().get(POSITION, false)).isNull();
        partition().write(put(RED, null));
        assertThat(partition().get(POSITION, true)).isEqualTo(RED);
    }

    @Test
    void pagesAreFilteredAndEndWhereTheyShould() {
        var items = new ArrayList<Item>();
        for (int i = 0; i < 6; i++) {
            items.add(Cluster.key("a", i).with(Map.of("note", AttributeValue.of("n" + i % 2))));
            partition().write(put(items.getLast(), null));
        }
        var filter = Expressions.condition(
                ExpressionKind.FILTER, "note = :n", new Placeholders(null, Map.of(":n", AttributeValue.of("n0"))));
        var page = partition()
                .read(new RangeRead(StoreKey.ITEMS, new byte[0], null, true, filter, 4, 1_000, true, false, true));
        assertThat(page.items()).isEqualTo(List.of(items.get(0), items.get(2)));
        assertThat(page.scannedCount()).isEqualTo(4);
        assertThat(page.matchedCount()).isEqualTo(2);
        assertThat(page.lastEntry()).isEqualTo(items.get(3));
        assertThat(page.full()).isTrue();
        assertThat(page.bytesRead())
                .isEqualTo(
                        items.subList(0, 4).stream().mapToLong(Item::sizeBytes).sum());
        var counted = partition()
                .read(new RangeRead(
                        StoreKey.ITEMS, POSITION, null, false, null, 100, Long.MAX_VALUE, false, false, false));
        assertThat(counted.items()).isEmpty();
        assertThat(counted.full()).isFalse();
    }

    @Test
    void statisticsCount() {
        partition().write(put(RED, null));
        assertThat(partition().statistics(StoreKey.ITEMS)).isEqualTo(new PartitionStatistics(1, RED.sizeBytes()));
        assertThat(partition().statistics(1).items()).isEqualTo(1);
    }
}
