package dev.evenkeel.partition;

import dev.evenkeel.model.StoreKey;
import dev.evenkeel.partition.expiry.ExpiryKey;
import dev.evenkeel.partition.expiry.ExpiryStore;
import dev.evenkeel.partition.stream.ChangePosition;
import dev.evenkeel.partition.stream.ChangeStore;
import dev.evenkeel.partition.stream.ShardKey;
import dev.evenkeel.replication.LogEntry;
import dev.evenkeel.replication.ReplicatedStateMachine;
import dev.evenkeel.replication.SnapshotCorruptException;
import dev.evenkeel.storage.OrderedStore;
import dev.evenkeel.storage.StorageCorruptException;
import dev.evenkeel.storage.StoreBatch;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Applies a group's committed entries to the store of this replica, blindly and in one batch with the LSN they reach.
 * An entry at or below the store's LSN has been applied before and is passed over. What an entry means to global indexes
 * goes into the {@link IndexOutbox} in the same batch.
 */
public final class PartitionStateMachine implements ReplicatedStateMachine {
    /** There is no {@link PartitionEntry.LoggedProgress}: no change waits in the log alone. */
    static final long NO_PROGRESS = -1;

    private static final byte[] NO_POSITION = {};

    /** Spaces of a table that a partition's range cuts: items, five local indexes, collection sizes, prepared items. */
    private static final int[] RANGED_SPACES = {
        StoreKey.ITEMS, 1, 2, 3, 4, 5, StoreKey.COLLECTION_SIZES, StoreKey.PREPARED_ITEMS
    };

    /**
     * How far ahead the stored bound of timestamps lies. Storing each write's own would be one more change in every batch;
     * so it is one each tenth of a second. After a restart, transactions wait out what is left of it, if anything is.
     */
    private static final long TIMESTAMP_AHEAD_MICROS = 100_000;

    private final OrderedStore store;
    private final IndexOutbox outbox;
    private final ChangeStore changeRecords;
    private final ExpiryStore times;
    private final Map<Counter, PartitionStatistics> statistics = new ConcurrentHashMap<>();
    private volatile ApplyListener listener = ApplyListener.NONE;

    /** The newest timestamp in what has been applied, or the stored bound when that is not known. */
    private volatile long timestamp;

    /** What the store has for it: no timestamp applied is above. The applying thread's. */
    private long timestampBound;

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
        this.outbox = new IndexOutbox(store);
        this.changeRecords = new ChangeStore(store);
        this.times = new ExpiryStore(store);
        readTimestamp();
    }

    private void readTimestamp() {
        var stored = store.get(timestampKey());
        timestampBound = stored == null ? 0 : ByteBuffer.wrap(stored).getLong();
        timestamp = timestampBound;
    }

    /** No item of the group was written or checked with a later timestamp, as far as is applied here. */
    long timestamp() {
        return timestamp;
    }

    IndexOutbox outbox() {
        return outbox;
    }

    ChangeStore changeRecords() {
        return changeRecords;
    }

    /** Which item's time comes when. */
    ExpiryStore times() {
        return times;
    }

    /** Hears of what is applied from now on. */
    void listen(ApplyListener next) {
        listener = next;
    }

    @Override
    public void apply(List<LogEntry> entries) {
        long applied = store.appliedLsn();
        var changes = new Changes();
        long reached = applied;
        for (var entry : entries) {
            if (entry.lsn() > applied) {
                changes.add(entry);
                reached = entry.lsn();
            }
        }
        if (reached > applied) {
            changes.write(reached);
        }
    }

    /** What a list of entries comes to. It becomes visible whole: when the store refuses it, it comes again. */
    private final class Changes {
        private final StoreBatch batch = new StoreBatch();
        private final Counts counts = new Counts();
        private final List<Long> outboxed = new ArrayList<>();
        private final List<Long> dropped = new ArrayList<>();
        private final Map<Long, Long> expiring = new HashMap<>();
        private long newest = timestamp;
        private long bound = timestampBound;

        /** Of the entry that is being added: where it stands, and how many change records it has had. */
        private long entryLsn;

        private int recorded;

        void add(LogEntry entry) {
            entryLsn = entry.lsn();
            recorded = 0;
            switch (PartitionEntry.decode(entry.payload())) {
                case PartitionEntry.Write write -> {
                    stamp(write.timestamp());
                    add(write);
                    addToOutbox(entry.lsn(), write.indexChanges());
                }
                case PartitionEntry.Batch transaction -> add(entry.lsn(), transaction);
                case PartitionEntry.Drop drop -> add(drop);
                case PartitionEntry.LoggedProgress progress -> add(progress);
                case PartitionEntry.Progress progress -> {
                    outbox.deleteThrough(batch, progress.lsn(), outboxed);
                    batch.delete(progressKey());
                }
                case PartitionEntry.Trim trim -> changeRecords.trim(batch, trim.shard(), trim.through());
                case PartitionEntry.ForgetExpiry forget -> ExpiryStore.forget(batch, forget.key(), forget.setting());
            }
        }

        private void add(long lsn, PartitionEntry.Batch transaction) {
            stamp(transaction.timestamp());
            transaction.writes().forEach(this::add);
            addToOutbox(lsn, transaction.indexChanges());
        }

        /** By each entry alone, so that the store is the same on all replicas, however they batch. */
        private void stamp(long next) {
            newest = Math.max(newest, next);
            if (next > bound) {
                bound = next + TIMESTAMP_AHEAD_MICROS;
                batch.put(timestampKey(), longBytes(bound));
            }
        }

        private void add(PartitionEntry.Write write) {
            for (var mutation : write.mutations()) {
                if (mutation.value() == null) {
                    batch.delete(mutation.key());
                } else {
                    put(write.partitionId(), mutation.key(), mutation.value());
                }
            }
            for (var delta : write.deltas()) {
                var counter = new Counter(write.tableId(), write.partitionId(), delta.space());
                counts.add(counter, new PartitionStatistics(delta.items(), delta.bytes()));
            }
        }

        /** A change record comes without the end of its key, which is the place of its entry in the log. */
        private void put(long partitionId, byte[] key, byte[] value) {
            switch (StoreKey.space(key)) {
                case StoreKey.CHANGES ->
                    batch.put(ShardKey.record(key, new ChangePosition(entryLsn, recorded++)), value);
                case StoreKey.EXPIRY -> {
                    batch.put(key, value);
                    expiring.merge(partitionId, ExpiryKey.secondOf(key), Math::min);
                }
                default -> batch.put(key, value);
            }
        }

        private void addToOutbox(long lsn, List<IndexChange> indexChanges) {
            if (!indexChanges.isEmpty()) {
                IndexOutbox.put(batch, lsn, indexChanges);
                outboxed.add(lsn);
            }
        }

        private void add(PartitionEntry.Drop drop) {
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
            ExpiryStore.forget(batch, new ExpiryKey(drop.tableId(), drop.partitionId()), ExpiryKey.ALL_SETTINGS);
            dropped.add(drop.partitionId());
        }

        private void add(PartitionEntry.LoggedProgress progress) {
            if (progress.lsn() == NO_PROGRESS) {
                batch.delete(progressKey());
            } else {
                batch.put(progressKey(), longBytes(progress.lsn()));
            }
        }

        void write(long reached) {
            counts.changed.forEach((counter, count) -> batch.put(counter.key(), encode(count)));
            batch.appliedLsn(reached);
            store.write(batch);
            timestampBound = bound;
            timestamp = newest;
            counts.publish();
            dropped.forEach(listener::dropped);
            expiring.forEach(listener::expires);
            if (!outboxed.isEmpty()) {
                listener.outboxGrew();
            }
        }
    }

    /** The counts as a batch changes them. */
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

    @Override
    public void checkpoint(Path folder) {
        store.checkpoint(folder);
    }

    @Override
    public void restore(Path folder) {
        try {
            store.restore(folder);
        } catch (StorageCorruptException damaged) {
            throw new SnapshotCorruptException(String.valueOf(damaged.getMessage()), damaged);
        }
        statistics.clear();
        readTimestamp();
        listener.outboxGrew();
    }

    @Override
    public void verify() {
        store.verify();
    }

    /** A data folder from before there was an outbox has changes that only its log knows. */
    @Override
    public long neededAfterLsn() {
        long progress = loggedProgress();
        return progress == NO_PROGRESS ? Long.MAX_VALUE : progress;
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

    /** Behind which LSN index changes must still be carried out of the log; {@link #NO_PROGRESS} when all are here. */
    long loggedProgress() {
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
        return StoreKey.of(0, StoreKey.INDEX_PROGRESS, NO_POSITION); // no table has id 0
    }

    private static byte[] timestampKey() {
        return StoreKey.of(0, StoreKey.TIMESTAMP, NO_POSITION);
    }

    static byte[] longBytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }
}
