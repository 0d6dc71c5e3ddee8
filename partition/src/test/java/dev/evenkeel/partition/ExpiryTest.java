package dev.evenkeel.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoNumber;
import dev.evenkeel.model.ExpirySchema;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.Keys;
import dev.evenkeel.model.StoreKey;
import dev.evenkeel.model.StreamSchema;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.model.Ticker;
import dev.evenkeel.partition.expiry.ExpiryKey;
import dev.evenkeel.partition.expiry.ExpiryStore;
import dev.evenkeel.partition.stream.ChangePosition;
import dev.evenkeel.partition.stream.ChangeRecord;
import dev.evenkeel.partition.stream.ChangesRead;
import dev.evenkeel.partition.stream.ShardKey;
import dev.evenkeel.partition.transaction.ItemPlace;
import dev.evenkeel.partition.transaction.Transaction;
import dev.evenkeel.partition.transaction.TransactionId;
import dev.evenkeel.replication.MemoryLog;
import dev.evenkeel.replication.SoloGroup;
import dev.evenkeel.storage.Direction;
import dev.evenkeel.storage.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Items go when their time has come, by a clock that the test moves, and never before. */
class ExpiryTest {
    private static final long PARTITION = 10;
    private static final long SECONDS = Instant.parse("2026-11-25T08:00:00Z").getEpochSecond();
    private static final long MUCH_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final TableSchema PLAIN = Cluster.WITH_GLOBAL.withStream(new StreamSchema(77, false, true));
    private static final TableSchema EXPIRING = PLAIN.withExpiry(new ExpirySchema(3, "until"));

    private final Clock clock = new Clock();
    private final CountingStore store = new CountingStore(new MemoryStore());
    private final PartitionStateMachine machine = new PartitionStateMachine(store);
    private final SoloGroup group = SoloGroup.open(1, new MemoryLog(), machine);
    private PartitionHost host = opened(EXPIRING);

    private static final class Clock implements Ticker {
        long millis = SECONDS * 1_000;

        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public long epochMillis() {
            return millis;
        }

        void advance(Duration by) {
            millis += by.toMillis();
        }
    }

    private PartitionHost opened(TableSchema schema) {
        var opened = new PartitionHost( // by whose clock no second passes: nothing expires but when the test says so
                group, store, machine, (_, _) -> Optional.of(20L), PropagationSettings.DEFAULT, clock, clock, null);
        opened.open(PARTITION, schema, new byte[0], null);
        opened.open(20, Cluster.INDEX_TABLE, new byte[0], null);
        opened.lead();
        return opened;
    }

    /** What the host knew besides its store is gone, as with a new leader. */
    private void reopen(TableSchema schema) {
        host.close();
        host = opened(schema);
    }

    @AfterEach
    void close() {
        host.close();
        group.close();
        store.close();
    }

    private static Item item(int number, @Nullable AttributeValue until) {
        var key = Cluster.key("id", number);
        return until == null ? key : key.with(Map.of("until", until));
    }

    private void put(int number, @Nullable AttributeValue until) {
        put(item(number, until));
    }

    private void put(Item item) {
        host.replica(PARTITION).orElseThrow().write(new ItemWrite.Put(position(item), item, null, false));
    }

    private static byte[] position(Item item) {
        return Keys.position(item, Cluster.KEY);
    }

    private void expire() {
        assertThat(host.expireItems(MUCH_NANOS)).isTrue();
    }

    private List<Long> left() {
        return host.replica(PARTITION).orElseThrow().read(Cluster.everything(StoreKey.ITEMS, true)).items().stream()
                .map(item -> item.get("sort") instanceof AttributeValue.N(var number)
                        ? number.toBigDecimal().longValue()
                        : -1L)
                .toList();
    }

    private List<byte[]> keys(int space) {
        var keys = new ArrayList<byte[]>();
        var from = StoreKey.of(Cluster.TABLE, space, new byte[0]);
        try (var cursor = store.cursor(from, StoreKey.of(Cluster.TABLE, space + 1, new byte[0]), Direction.FORWARD)) {
            while (cursor.next()) {
                keys.add(cursor.key());
            }
        }
        return keys;
    }

    private List<Long> times() {
        return keys(StoreKey.EXPIRY).stream()
                .map(key -> ExpiryKey.secondOf(key) - SECONDS)
                .toList();
    }

    @Test
    void goesWhenItsTimeIsOverAndNotBefore() {
        put(1, AttributeValue.of(SECONDS + 10));
        put(2, AttributeValue.of(SECONDS + 20));

        clock.advance(Duration.ofSeconds(10));
        expire();
        assertThat(left()).containsExactly(1L, 2L);

        clock.advance(Duration.ofMillis(1));
        expire();
        assertThat(left()).containsExactly(2L);

        clock.advance(Duration.ofDays(1));
        expire();
        assertThat(left()).isEmpty();
        assertThat(keys(StoreKey.EXPIRY)).isEmpty();
    }

    @Test
    void onlyNumbersThatAreTimesCount() {
        put(1, null);
        put(2, AttributeValue.of(Long.toString(SECONDS - 60)));
        put(3, new AttributeValue.N(DynamoNumber.parse("-1")));
        put(4, new AttributeValue.N(DynamoNumber.parse("1e125")));
        put(5, AttributeValue.of(clock.millis));
        put(6, new AttributeValue.N(DynamoNumber.parse((SECONDS - 60) / 10 + "e1")));
        put(7, new AttributeValue.N(DynamoNumber.parse(SECONDS - 1 + ".999")));
        put(8, new AttributeValue.N(DynamoNumber.parse(SECONDS + ".5")));

        expire();

        assertThat(left()).containsExactly(1L, 2L, 3L, 4L, 5L, 8L);
    }

    @Test
    void whatExpiredMoreThanFiveYearsAgoStays() {
        long fiveYearsAgo = Instant.parse("2021-11-25T08:00:00Z").getEpochSecond();
        put(1, AttributeValue.of(fiveYearsAgo - 1));
        put(2, AttributeValue.of(fiveYearsAgo));
        put(3, AttributeValue.of(0));

        expire();

        assertThat(left()).containsExactly(1L, 3L);
    }

    @Test
    void aTimeThatIsMovedCountsAsMoved() {
        put(1, AttributeValue.of(SECONDS + 10));
        put(2, AttributeValue.of(SECONDS + 10));
        put(3, AttributeValue.of(SECONDS + 1_000));
        put(1, AttributeValue.of(SECONDS + 1_000));
        put(2, null);
        put(3, AttributeValue.of(SECONDS + 10));
        assertThat(times()).containsExactly(10L, 1_000L);

        clock.advance(Duration.ofSeconds(11));
        expire();

        assertThat(left()).containsExactly(1L, 2L);
    }

    @Test
    void aRowThatIsNoLongerTrueRemovesNothing() {
        put(1, AttributeValue.of(SECONDS + 10));
        var write = new ItemWrite.Expire(position(item(1, null)), new ExpirySchema(3, "until"), SECONDS + 9);

        assertThat(WriteEvaluation.conditionHolds(write, item(1, AttributeValue.of(SECONDS + 10))))
                .isFalse();
        assertThat(WriteEvaluation.conditionHolds(write, item(1, AttributeValue.of(SECONDS + 9))))
                .isTrue();
        assertThat(WriteEvaluation.conditionHolds(write, null)).isFalse();
    }

    @Test
    void indexesAndTheStreamFollow() {
        var item = item(1, AttributeValue.of(SECONDS - 1))
                .with(Map.of("colour", AttributeValue.of("red"), "instant", AttributeValue.of(5)));
        put(item);
        host.awaitIndexes();
        assertThat(keys(1)).hasSize(1);

        expire();
        host.awaitIndexes();

        assertThat(keys(1)).isEmpty();
        assertThat(host.replica(20).orElseThrow().statistics(StoreKey.ITEMS).items())
                .isZero();
        assertThat(host.replica(PARTITION)
                        .orElseThrow()
                        .statistics(StoreKey.ITEMS)
                        .items())
                .isZero();
        var shard = new ShardKey(Cluster.TABLE, PARTITION, 77);
        var records = host.streams()
                .changes(new ChangesRead(shard, ChangePosition.START, false, 0, 100, 1 << 20))
                .records();
        var change = ChangeRecord.decode(records.getLast().record());
        assertThat(change.isExpiry()).isTrue();
        assertThat(change.oldImage()).isEqualTo(item);
    }

    @Test
    void itemsFromBeforeAreFoundHoweverOftenLeadersChange() {
        reopen(PLAIN);
        int count = 3 * PartitionExpiry.STEP_ITEMS + 5;
        for (int i = 0; i < count; i++) {
            put(i, AttributeValue.of(SECONDS + i));
        }
        assertThat(times()).isEmpty();

        host.replaceSchema(List.of(PARTITION), EXPIRING);
        for (int i = 0; i < 3; i++) {
            host.expiryPass(); // begun, and two steps
        }
        assertThat(times()).hasSize(2 * PartitionExpiry.STEP_ITEMS);
        put(0, AttributeValue.of(SECONDS + 100_000));
        reopen(EXPIRING);
        host.expiryPass();
        assertThat(times()).as("it goes on where it was").hasSize(3 * PartitionExpiry.STEP_ITEMS);

        expire();
        assertThat(times())
                .containsExactlyElementsOf(IntStream.concat(IntStream.range(1, count), IntStream.of(100_000))
                        .asLongStream()
                        .boxed()
                        .toList());
    }

    @Test
    void nothingIsLeftOfASettingThatIsOver() {
        put(1, AttributeValue.of(SECONDS - 1));
        put(item(2, null).with(Map.of("other", AttributeValue.of(SECONDS - 1))));
        host.replaceSchema(List.of(PARTITION), PLAIN);
        expire();
        assertThat(left()).containsExactly(1L, 2L);
        assertThat(keys(StoreKey.EXPIRY)).isEmpty();
        assertThat(keys(StoreKey.EXPIRY_FILLED)).isEmpty();

        host.replaceSchema(List.of(PARTITION), PLAIN.withExpiry(new ExpirySchema(5, "other")));
        expire();
        assertThat(left()).containsExactly(1L);
        host.replaceSchema(List.of(PARTITION), PLAIN.withExpiry(new ExpirySchema(7, "until")));
        put(3, AttributeValue.of(SECONDS + 1));
        expire();
        assertThat(left()).containsExactly(3L);
        assertThat(times()).containsExactly(1L);
    }

    @Test
    void aNewLeaderClearsAwayWhatTheOldOneDidNot() {
        put(1, AttributeValue.of(SECONDS + 1));
        expire();
        reopen(PLAIN);
        assertThat(keys(StoreKey.EXPIRY)).hasSize(1);
        expire();
        assertThat(keys(StoreKey.EXPIRY)).isEmpty();
        assertThat(keys(StoreKey.EXPIRY_FILLED)).isEmpty();
    }

    @Test
    void aDroppedPartitionTakesItsTimesAlong() {
        put(1, AttributeValue.of(SECONDS + 1));
        expire();
        host.drop(PARTITION);
        assertThat(keys(StoreKey.EXPIRY)).isEmpty();
        assertThat(keys(StoreKey.EXPIRY_FILLED)).isEmpty();
    }

    @Test
    void whatATransactionHoldsWaitsForItsEnd() {
        for (int i = 0; i < 5; i++) {
            put(i, AttributeValue.of(SECONDS + 1));
        }
        expire();
        var held = position(item(3, null));
        var id = new TransactionId(1, 2, 3);
        long timestamp = clock.millis * 1_000 + 1;
        host.transactions()
                .prepare(
                        new Transaction(id, 1, timestamp),
                        List.of(new TransactionWrite(
                                PARTITION,
                                new ItemWrite.Check(held, Cluster.condition("attribute_exists(id)", null), false))));
        clock.advance(Duration.ofSeconds(2));

        assertThat(host.expireItems(0)).isFalse();
        assertThat(left()).containsExactly(3L);

        host.transactions().finish(id, timestamp, true, List.of(new ItemPlace(PARTITION, held)));
        expire();
        assertThat(left()).isEmpty();
    }

    @Test
    void lookingCostsNothingWhileNothingIsDue() {
        for (int i = 0; i < 100; i++) {
            put(i, AttributeValue.of(SECONDS + 1_000 + i));
        }
        expire();
        store.reads = 0;
        store.rowsSeen = 0;

        for (int i = 0; i < 100; i++) {
            clock.advance(Duration.ofSeconds(5));
            assertThat(host.expiryPass()).isFalse();
        }
        assertThat(store.reads).isZero();

        clock.advance(Duration.ofSeconds(503)); // three items later
        expire();
        assertThat(left()).hasSize(97);
        assertThat(store.rowsSeen).isEqualTo(4);
    }

    @Test
    void aBacklogGoesInSmallSteps() {
        int count = 3 * PartitionExpiry.STEP_ITEMS;
        for (int i = 0; i < count; i++) {
            put(i, AttributeValue.of(SECONDS + 1));
        }
        expire();
        clock.advance(Duration.ofSeconds(2));

        var sizes = new ArrayList<Integer>();
        for (int i = 0; i < 3; i++) {
            host.expiryPass();
            sizes.add(left().size());
        }

        assertThat(sizes).containsExactly(2 * PartitionExpiry.STEP_ITEMS, PartitionExpiry.STEP_ITEMS, 0);
    }

    @Test
    void pausesGrowWithWhatStepsTake() {
        assertThat(ExpirySweeper.pauseAfter(0)).isEqualTo(10_000_000);
        assertThat(ExpirySweeper.pauseAfter(50_000_000)).isEqualTo(200_000_000);
        assertThat(ExpirySweeper.pauseAfter(Long.MAX_VALUE / 8)).isEqualTo(1_000_000_000);
    }

    @Test
    void aMarkIsReadBack() {
        put(1, AttributeValue.of(SECONDS + 1));
        expire();
        var mark = new ExpiryStore(store).mark(new ExpiryKey(Cluster.TABLE, PARTITION));
        assertThat(mark).isNotNull().returns(3L, it -> it.setting()).returns(true, it -> it.isDone());
    }
}
