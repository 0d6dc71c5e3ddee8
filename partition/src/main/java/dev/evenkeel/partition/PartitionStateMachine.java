package dev.evenkeel.partition;

import dev.evenkeel.model.StoreKey;
import dev.evenkeel.replication.LogEntry;
import dev.evenkeel.replication.StateMachine;
import dev.evenkeel.storage.OrderedStore;
import dev.evenkeel.storage.StoreBatch;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Applies a group's committed entries to the store of this replica, blindly and in one batch with the LSN they reach.
 * An entry at or below the store's LSN has been applied before and is passed over.
 */
public final class PartitionStateMachine implements StateMachine {
    private static final byte[] PROGRESS_POSITION = {};

    /** Spaces of a table that a partition's range cuts: items, five local indexes, collection sizes. */
    private static final int[] RANGED_SPACES = {StoreKey.ITEMS, 1, 2, 3, 4, 5, StoreKey.COLLECTION_SIZES};

    private final OrderedStore store;
    private final Map<Long, PartitionStatistics> statistics = new ConcurrentHashMap<>();

    public PartitionStateMachine(OrderedStore store) {
        this.store = store;
    }

    @Override
    public void apply(List<LogEntry> entries) {
        var batch = new StoreBatch();
        var touched = new HashMap<Long, Integer>();
        long applied = store.appliedLsn();
        long reached = applied;
        for (var entry : entries) {
            if (entry.lsn() <= applied) {
                continue;
            }
            reached = entry.lsn();
            switch (PartitionEntry.decode(entry.payload())) {
                case PartitionEntry.Write write -> applyWrite(write, batch, touched);
                case PartitionEntry.Drop drop -> applyDrop(drop, batch, touched);
                case PartitionEntry.Progress progress -> batch.put(progressKey(), longBytes(progress.lsn()));
            }
        }
        if (reached > applied) {
            touched.forEach((partition, table) ->
                    batch.put(statisticsKey(table, partition), encode(statistics(table, partition))));
            batch.appliedLsn(reached);
            store.write(batch);
        }
    }

    private void applyWrite(PartitionEntry.Write write, StoreBatch batch, Map<Long, Integer> touched) {
        for (var mutation : write.mutations()) {
            if (mutation.value() == null) {
                batch.delete(mutation.key());
            } else {
                batch.put(mutation.key(), mutation.value());
            }
        }
        if (write.itemsDelta() != 0 || write.bytesDelta() != 0) {
            var delta = new PartitionStatistics(write.itemsDelta(), write.bytesDelta());
            statistics.put(
                    write.partitionId(),
                    statistics(write.tableId(), write.partitionId()).plus(delta));
            touched.put(write.partitionId(), write.tableId());
        }
    }

    private void applyDrop(PartitionEntry.Drop drop, StoreBatch batch, Map<Long, Integer> touched) {
        for (int space : RANGED_SPACES) {
            var from = StoreKey.of(drop.tableId(), space, drop.from());
            var to = drop.to() == null
                    ? StoreKey.of(drop.tableId(), space + 1, new byte[0])
                    : StoreKey.of(drop.tableId(), space, drop.to());
            batch.deleteRange(from, to);
        }
        batch.delete(statisticsKey(drop.tableId(), drop.partitionId()));
        statistics.remove(drop.partitionId());
        touched.remove(drop.partitionId());
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

    PartitionStatistics statistics(int tableId, long partitionId) {
        var known = statistics.get(partitionId);
        if (known != null) {
            return known;
        }
        var stored = store.get(statisticsKey(tableId, partitionId));
        if (stored == null) {
            return PartitionStatistics.NONE;
        }
        var buffer = ByteBuffer.wrap(stored);
        return new PartitionStatistics(buffer.getLong(), buffer.getLong());
    }

    /** The LSN up to which every index change of this group had been applied when it was last noted. */
    long indexProgress() {
        var stored = store.get(progressKey());
        return stored == null ? 0 : ByteBuffer.wrap(stored).getLong();
    }

    private static byte[] encode(PartitionStatistics statistics) {
        return ByteBuffer.allocate(16)
                .putLong(statistics.items())
                .putLong(statistics.bytes())
                .array();
    }

    private static byte[] statisticsKey(int tableId, long partitionId) {
        return StoreKey.of(tableId, StoreKey.STATISTICS, longBytes(partitionId));
    }

    private static byte[] progressKey() {
        return StoreKey.of(0, StoreKey.INDEX_PROGRESS, PROGRESS_POSITION); // no table has id 0
    }

    static byte[] longBytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }
}
