package dev.evenkeel.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.ExpirySchema;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.Keys;
import dev.evenkeel.model.StoreKey;
import dev.evenkeel.model.StreamSchema;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.model.Ticker;
import dev.evenkeel.partition.stream.ChangePosition;
import dev.evenkeel.partition.stream.ChangeRecord;
import dev.evenkeel.partition.stream.ChangesPage;
import dev.evenkeel.partition.stream.ChangesRead;
import dev.evenkeel.partition.stream.ShardKey;
import dev.evenkeel.replication.MemoryLog;
import dev.evenkeel.replication.SoloGroup;
import dev.evenkeel.storage.Direction;
import dev.evenkeel.storage.MemoryStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records leave the store when they are old, and readers learn what they have missed. */
class ChangeTrimTest {
    private static final ShardKey SHARD = new ShardKey(Cluster.WITH_GLOBAL.id(), 10, 77);

    private final MemoryStore store = new MemoryStore();
    private long millis = 1_000;
    private SoloGroup group;
    private PartitionHost host;

    @BeforeEach
    void open() {
        var machine = new PartitionStateMachine(store);
        group = SoloGroup.open(1, new MemoryLog(), machine);
        var ticker = new Ticker() {
            @Override
            public long nanos() {
                return 0;
            }

            @Override
            public long epochMillis() {
                return millis;
            }
        };
        host = PartitionHost.alone(group, store, machine, (_, _) -> Optional.empty(), ticker);
        var schema = new TableSchema(SHARD.tableId(), "t", Cluster.KEY, List.of(), List.of())
                .withStream(new StreamSchema(77, true, false));
        host.open(10, schema, new byte[0], null);
        host.lead();
    }

    @AfterEach
    void close() {
        host.close();
        group.close();
        store.close();
    }

    private static Item item(int number) {
        return Cluster.key("k", number).with(Map.of("note", AttributeValue.of("n" + number)));
    }

    private void put(int number) {
        var item = item(number);
        host.replica(10).orElseThrow().write(new ItemWrite.Put(Keys.position(item, Cluster.KEY), item, null, false));
    }

    private ChangesPage read(ChangePosition after, boolean fromHorizon, long keptSince) {
        return host.streams().changes(new ChangesRead(SHARD, after, fromHorizon, keptSince, 100, 1 << 20));
    }

    private long entries(int space) {
        long count = 0;
        var from = StoreKey.of(SHARD.tableId(), space, new byte[0]);
        var to = StoreKey.of(SHARD.tableId(), space + 1, new byte[0]);
        try (var cursor = store.cursor(from, to, Direction.FORWARD)) {
            while (cursor.next()) {
                count++;
            }
        }
        return count;
    }

    @Test
    void whatIsOldGoesAndReadersAreTold() {
        for (int i = 0; i < 5; i++) {
            put(i);
            millis += 100;
        }
        var all = read(ChangePosition.START, false, 0).records();
        assertThat(all).hasSize(5);

        host.streams().trim(SHARD, 1_250); // the first three are older
        host.streams().trim(SHARD, 1_250);

        assertThat(entries(StoreKey.CHANGES)).isEqualTo(2);
        assertThat(read(ChangePosition.START, false, 0).isTrimmed()).isTrue();
        assertThat(read(all.get(1).position(), false, 0).isTrimmed()).isTrue();
        assertThat(read(ChangePosition.START, true, 0).records()).hasSize(2);
        assertThat(read(all.get(2).position(), false, 0).records()).hasSize(2);

        host.streams().remove(SHARD);
        assertThat(entries(StoreKey.CHANGES) + entries(StoreKey.TRIMMED)).isZero();
    }

    @Test
    void whatIsOldDoesNotShowBeforeItIsGone() {
        put(1);
        millis += 100;
        put(2);

        assertThat(read(ChangePosition.START, false, 1_050).isTrimmed()).isTrue();
        var page = read(ChangePosition.START, true, 1_050);
        assertThat(page.records()).hasSize(1);
        assertThat(ChangeRecord.decode(page.records().getFirst().record()).newImage())
                .isEqualTo(item(2));
    }

    @Test
    void anExpiryIsTheServicesDeed() {
        put(1);
        var position = Keys.position(item(1), Cluster.KEY);
        host.replica(10).orElseThrow().write(new ItemWrite.Expire(position, new ExpirySchema(1, "sort"), 1));

        var change = ChangeRecord.decode(
                read(ChangePosition.START, false, 0).records().getLast().record());
        assertThat(change.kind()).isEqualTo(ChangeRecord.Kind.REMOVE);
        assertThat(change.isExpiry()).isTrue();
        assertThat(change.keys(Cluster.KEY)).isEqualTo(Cluster.key("k", 1));
    }

    @Test
    void aMarkStandsBetweenWhatWasAndWhatComes() {
        put(1);
        long mark = host.streams().mark();
        put(2);
        var records = read(ChangePosition.START, false, 0).records();
        assertThat(records.get(0).position().lsn()).isLessThan(mark);
        assertThat(records.get(1).position().lsn()).isGreaterThan(mark);
        assertThat(host.streams().newest()).isEqualTo(records.get(1).position().lsn());
    }

    @Test
    void sequenceNumbersSortAsPlacesDo() {
        var places = List.of(
                ChangePosition.START,
                new ChangePosition(1, 9),
                new ChangePosition(1, 10),
                new ChangePosition(2, 0),
                new ChangePosition(100, 0),
                ChangePosition.END);
        assertThat(places.stream().map(ChangePosition::sequenceNumber))
                .isSorted()
                .allMatch(it -> it.length() == 25);
        assertThat(places)
                .isSorted()
                .allSatisfy(place -> assertThat(ChangePosition.ofSequenceNumber(place.sequenceNumber()))
                        .contains(place));
        assertThat(ChangePosition.ofSequenceNumber("1" + "9".repeat(24))).isEmpty();
        assertThat(ChangePosition.ofSequenceNumber("2" + "0".repeat(24))).isEmpty();
        assertThat(new ChangePosition(2, 0).before()).isEqualTo(ChangePosition.behind(1));
    }
}
