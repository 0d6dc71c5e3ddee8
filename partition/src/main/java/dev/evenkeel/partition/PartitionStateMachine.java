package dev.evenkeel.partition;

import dev.evenkeel.model.StoreKey;
import dev.evenkeel.replication.LogEntry;
import dev.evenkeel.replication.StateMachine;
import dev.evenkeel.storage.OrderedStore;
import dev.evenkeel.storage.StoreBatch;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Applies a group's committed entries to the store of this replica, blindly and in one batch with the LSN they reach.
 * An entry at or below the store's LSN has been applied before and is passed over.
 */
public final class PartitionStateMachine implements StateMachine {
    /** Progress of a group that feeds no global index: nothing in its log is kept for one. */
    static final long NO_PROGRESS = -1;

    private static final byte[] PROGRESS_POSITION = {};

    /** Spaces of a table that a partition's range cuts: items, five local indexes, collection sizes. */
    private static final int[] RANGED_SPACES = {StoreKey.ITEMS, 1, 2, 3, 4, 5, StoreKey.COLLECTION_SIZES};

    private final OrderedStore store;

    /** Until it is known that nothing here feeds a global index, the log is kept as if something did. */
    private volatile boolean mayFeedIndexes = true;

    private final Map<Counter, PartitionStatistics> statistics = new ConcurrentHashMap<>();

    /** What is counted: one space of one partition. */
    private record Counter(int tableId, long partitionId, int space) {
        byte[] key() {
            var position =
                    ByteBuffer.allocate(Long.BYTES + 1).putLong(partitionId).put((byte) space);
            return StoreKey.of(tableId, StoreKey.STATISTICS, position.array());
        }
    }

    public PartitionStateMachine(OrderedStore store) {
        this.store = store;
    }

    @Override
    public void apply(List<LogEntry> entries) {
        var batch = new StoreBatch();
        var counts = new Counts();
        long applied = store.appliedLsn();
        long reached = applied;
        for (var entry : entries) {
            if (entry.lsn() <= applied) {
                continue;
            }
            reached = entry.lsn();
            switch (PartitionEntry.decode(entry.payload())) {
                case PartitionEntry.Write write -> applyWrite(write, batch, counts);
                case PartitionEntry.Drop drop -> applyDrop(drop, batch, counts);
                case PartitionEntry.Progress progress -> applyProgress(progress, batch);
            }
        }
        if (reached > applied) {
            counts.changed.forEach((counter, count) -> batch.put(counter.key(), encode(count)));
            batch.appliedLsn(reached);
            store.write(batch);
            counts.publish();
        }
    }

    /** The counts as a batch changes them. They become visible with it: when the store refuses it, it comes again. */
    private final class Counts {
        private final Map<Counter, PartitionStatistics> changed = new HashMap<>();
        private final Set<Counter> dropped = new HashSet<>();

        void add(Counter counter, PartitionStatistics delta) {
            var count = changed.get(counter);
            if (count == null) {
                count = dropped.contains(counter) ? PartitionStatistics.NONE : statistics(counter);
            }
            changed.put(counter, count.plus(delta));
        }

        void drop(Counter counter) {
            changed.remove(counter);
            dropped.add(counter);
        }

        void publish() {
            dropped.forEach(statistics::remove);
            statistics.putAll(changed);
        }
    }

    private static void applyProgress(PartitionEntry.Progress progress, StoreBatch batch) {
        if (progress.lsn() == NO_PROGRESS) {
            batch.delete(progressKey());
        } else {
            batch.put(progressKey(), longBytes(progress.lsn()));
        }
    }

    private static void applyWrite(PartitionEntry.Write write, StoreBatch batch, Counts counts) {
        for (var mutation : write.mutations()) {
            if (mutation.value() == null) {
                batch.delete(mutation.key());
            } else {
                batch.put(mutation.key(), mutation.value());
            }
        }
        for (var delta : write.deltas()) {
            var counter = new Counter(write.tableId(), write.partitionId(), delta.space());
            counts.add(counter, new PartitionStatistics(delta.items(), delta.bytes()));
        }
    }

    private static void applyDrop(PartitionEntry.Drop drop, StoreBatch batch, Counts counts) {
        for (int space : RANGED_SPACES) {
            var from = StoreKey.of(drop.tableId(), space, drop.from());
            var to = drop.to() == null
                    ? StoreKey.of(drop.tableId(), space + 1, new byte[0])
                    : StoreKey.of(drop.tableId(), space, drop.to());
            batch.deleteRange(from, to);
        }
        for (int space : RANGED_SPACES) {
            var counter = new Counter(drop.tableId(), drop.partitionId(), space);
            batch.delete(counter.key());
            counts.drop(counter);
        }
    }

    @Override
    public long appliedLsn() {
        return store.appliedLsn();
    }

    @Override
    public long persistedLsn() {
        return store.persistedLsn();
    }

    @Override
    public void persist() {
        store.persist();
    }

    /** Whether the log must be kept for a propagator, from its noted progress on. */
    void feedsIndexes(boolean feeds) {
        mayFeedIndexes = feeds;
    }

    @Override
    public long neededAfterLsn() {
        return mayFeedIndexes ? Math.max(0, indexProgress()) : Long.MAX_VALUE;
    }

    PartitionStatistics statistics(int tableId, long partitionId, int space) {
        return statistics(new Counter(tableId, partitionId, space));
    }

    private PartitionStatistics statistics(Counter counter) {
        var known = statistics.get(counter);
        if (known != null) {
            return known;
        }
        var stored = store.get(counter.key());
        if (stored == null) {
            return PartitionStatistics.NONE;
        }
        var buffer = ByteBuffer.wrap(stored);
        return new PartitionStatistics(buffer.getLong(), buffer.getLong());
    }

    /**
     * The LSN up to which every index change of this group had been applied when it was last noted; {@link #NO_PROGRESS}
     * when the log has no changes that are wanted.
     */
    long indexProgress() {
        var stored = store.get(progressKey());
        return stored == null ? NO_PROGRESS : ByteBuffer.wrap(stored).getLong();
    }

    private static byte[] encode(PartitionStatistics statistics) {
        return ByteBuffer.allocate(16)
                .putLong(statistics.items())
                .putLong(statistics.bytes())
                .array();
    }

    private static byte[] progressKey() {
        return StoreKey.of(0, StoreKey.INDEX_PROGRESS, PROGRESS_POSITION); // no table has id 0
    }

    static byte[] longBytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }
}
