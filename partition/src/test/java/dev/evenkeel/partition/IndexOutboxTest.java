package dev.evenkeel.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.Keys;
import dev.evenkeel.model.StoreKey;
import dev.evenkeel.replication.LogEntry;
import dev.evenkeel.storage.MemoryStore;
import dev.evenkeel.storage.StoreBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Index changes between the write that made them and the index. */
class IndexOutboxTest {
    private static final long AWAIT_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final MemoryStore store = new MemoryStore();
    private final PartitionStateMachine machine = new PartitionStateMachine(store);

    private static byte[] write(int number) {
        var change = new IndexChange(Cluster.GLOBAL, new byte[] {0}, new byte[] {(byte) number}, Item.EMPTY);
        return new PartitionEntry.Write(0, Cluster.TABLE, 10, List.of(), List.of(), List.of(change)).encode();
    }

    private List<Long> lsns() {
        return machine.outbox().after(0, Integer.MAX_VALUE, Long.MAX_VALUE).stream()
                .map(IndexOutbox.Entry::lsn)
                .toList();
    }

    @Test
    void entriesAreKeptInOrderWithTheirChanges() {
        machine.apply(List.of(new LogEntry(3, write(1)), new LogEntry(300, write(2))));
        machine.apply(List.of(new LogEntry(301, write(3))));
        assertThat(lsns()).containsExactly(3L, 300L, 301L);
        var entries = machine.outbox().after(3, 1, Long.MAX_VALUE);
        assertThat(entries).hasSize(1);
        assertThat(entries.getFirst().changes().getFirst().added()).containsExactly(2);
        assertThat(machine.outbox().after(0, 100, 1))
                .as("one is enough for a byte")
                .hasSize(1);
        assertThat(machine.outbox().firstAfter(301)).isEmpty();
    }

    /** Whether one by one or as a range, and when a replica that catches up gets all in one batch. */
    @ParameterizedTest
    @ValueSource(ints = {1, 100, 1_000})
    void progressLetsThemGo(int count) {
        var entries = new ArrayList<LogEntry>();
        for (int i = 1; i <= count; i++) {
            entries.add(new LogEntry(i, write(i)));
        }
        var rest = List.of(
                new LogEntry(count + 1, write(0)),
                new LogEntry(count + 2, new PartitionEntry.Progress(count).encode()));
        machine.apply(entries);
        machine.apply(rest);
        assertThat(lsns()).containsExactly(count + 1L);

        var late = new PartitionStateMachine(new MemoryStore());
        entries.addAll(rest);
        late.apply(entries);
        assertThat(late.outbox().firstAfter(0)).hasValue(count + 1);
        assertThat(late.outbox().firstAfter(count + 1)).isEmpty();
    }

    @Test
    void changesOfAFolderFromBeforeTheOutboxAreCarriedOutOfTheLog() {
        var group = new LoggedGroup(machine);
        var items = new ArrayList<Item>();
        var patient = new PropagationSettings(100, 1 << 20, 1_000_000, 1 << 30, AWAIT_NANOS, AWAIT_NANOS);
        try (var before = new PartitionHost(group, store, machine, (_, _) -> Optional.empty(), patient)) {
            before.lead();
            before.open(10, Cluster.WITH_GLOBAL, new byte[0], null);
            for (int i = 0; i < 1_000; i++) {
                items.add(Cluster.key("k" + i, i).with(Map.of("colour", AttributeValue.of("c" + i % 5))));
                var position = Keys.position(items.getLast(), Cluster.KEY);
                before.replica(10).orElseThrow().write(new ItemWrite.Put(position, items.getLast(), null, false));
            }
        }
        store.write(new StoreBatch()
                .deleteRange(StoreKey.of(0, StoreKey.INDEX_OUTBOX, new byte[0]), StoreKey.of(1, 0, new byte[0])));
        group.propose(new PartitionEntry.LoggedProgress(0).encode());
        assertThat(machine.neededAfterLsn()).as("the log must stay").isZero();

        try (var after = new PartitionHost(group, store, machine, (_, _) -> Optional.of(20L))) {
            after.open(10, Cluster.WITH_GLOBAL, new byte[0], null);
            after.open(20, Cluster.INDEX_TABLE, new byte[0], null);
            after.lead();
            after.awaitIndexes();
            assertThat(after.replica(20)
                            .orElseThrow()
                            .statistics(StoreKey.ITEMS)
                            .items())
                    .isEqualTo(1_000);
            assertThat(after.awaitEmptyOutbox(AWAIT_NANOS)).isTrue();
            assertThat(machine.loggedProgress()).isEqualTo(PartitionStateMachine.NO_PROGRESS);
            assertThat(machine.neededAfterLsn()).isEqualTo(Long.MAX_VALUE);
        }
    }

    @Test
    void changesWaitForAPartitionThatIsNotOpenYet() {
        try (var cluster = new Cluster(Cluster.WITHOUT_GLOBAL)) {
            cluster.ranges.put(20L, new KeyRange(new byte[0], null));
            cluster.tableOf.put(20L, Cluster.GLOBAL); // the catalog has it, this node not yet
            cluster.host.replaceSchema(cluster.tablePartitions, Cluster.WITH_GLOBAL);
            cluster.put(Cluster.key("a", 1).with(Map.of("colour", AttributeValue.of("red"))));
            assertThat(cluster.host.awaitIndexes(TimeUnit.MILLISECONDS.toNanos(20)))
                    .isFalse();
            cluster.openAll(Cluster.INDEX_TABLE, 20);
            cluster.host.awaitIndexes();
            assertThat(cluster.counted(Cluster.GLOBAL, StoreKey.ITEMS)).isEqualTo(1);
        }
    }
}
