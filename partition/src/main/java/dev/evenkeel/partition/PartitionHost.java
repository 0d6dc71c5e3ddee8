package dev.evenkeel.partition;

import dev.evenkeel.model.TableSchema;
import dev.evenkeel.replication.LogTail;
import dev.evenkeel.replication.ReplicationGroup;
import dev.evenkeel.storage.OrderedStore;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of one replication group on this node, and the propagator that feeds their global indexes. The catalog
 * decides which partitions there are; this holds those it was told of.
 */
public final class PartitionHost implements AutoCloseable {
    /** Items whose index entries go into one log entry of a backfill. */
    private static final int BACKFILL_ITEMS = 64;

    private final ReplicationGroup group;
    private final OrderedStore store;
    private final PartitionStateMachine machine;
    private final IndexTargets targets;
    private final Map<Long, PartitionLeader> partitions = new ConcurrentHashMap<>();

    /** Null until the first table with a global index: without one, nothing follows the log. */
    private @Nullable IndexPropagator propagator;

    private boolean started;
    private boolean toResume;

    public PartitionHost(
            ReplicationGroup group, OrderedStore store, PartitionStateMachine machine, IndexTargets targets) {
        this.group = group;
        this.store = store;
        this.machine = machine;
        this.targets = targets;
    }

    /**
     * Serves a partition from now on.
     *
     * @param schema of its table; for a global index, of the hidden table
     * @param from first position, inclusive
     * @param to end of its positions, exclusive; null for no end
     */
    public void open(long partitionId, TableSchema schema, byte[] from, byte @Nullable [] to) {
        followFor(schema);
        partitions.put(
                partitionId, new PartitionLeader(partitionId, new KeyRange(from, to), schema, group, store, machine));
    }

    /** The partition, when it is here. */
    public Optional<PartitionReplica> replica(long partitionId) {
        return Optional.ofNullable(partitions.get(partitionId));
    }

    /** Ends a partition and removes its data; nothing happens when it is not here. */
    public void drop(long partitionId) {
        var partition = partitions.get(partitionId);
        if (partition != null) {
            partition.drop(); // refused by the log, it must be here to be dropped again
            partitions.remove(partitionId);
        }
    }

    /** Lets the writes of those partitions follow a changed schema; when it returns, no older one is in use. */
    public void replaceSchema(List<Long> partitionIds, TableSchema schema) {
        followFor(schema);
        partitionIds.forEach(id -> leader(id).replaceSchema(schema));
    }

    /**
     * Fills a new global index from the items that are there, in step with the writes that go on: every item's entry
     * goes through the log of its partition, so it takes its place among the changes of later writes. Returns when the
     * index holds them all. Starting over after a crash is safe.
     *
     * @param partitionIds of the table
     * @param wanted asked now and then; when it says no, the backfill ends early
     */
    public void backfill(List<Long> partitionIds, int indexTableId, BooleanSupplier wanted) {
        for (long id : partitionIds) {
            backfill(leader(id), indexTableId, wanted);
        }
        awaitIndexes();
    }

    private static void backfill(PartitionLeader partition, int indexTableId, BooleanSupplier wanted) {
        byte[] from = new byte[0];
        while (wanted.getAsBoolean()) {
            var positions = partition.reader().positions(partition.schema(), from, BACKFILL_ITEMS);
            if (positions.isEmpty()) {
                return;
            }
            partition.proposeIndexEntries(positions, indexTableId);
            var last = positions.getLast();
            from = Arrays.copyOf(last, last.length + 1); // the least position behind it
        }
    }

    /** Waits until the global indexes have every change that was applied before the call. */
    public void awaitIndexes() {
        IndexPropagator following;
        synchronized (this) {
            following = propagator;
        }
        if (following != null) {
            following.awaitCarried(group.appliedLsn());
        }
    }

    private PartitionLeader leader(long partitionId) {
        var partition = partitions.get(partitionId);
        if (partition == null) {
            throw new IllegalStateException("partition " + partitionId + " is not here");
        }
        return partition;
    }

    private synchronized void followFor(TableSchema schema) {
        if (schema.globalIndexes().isEmpty() || propagator != null) {
            return;
        }
        if (!started) {
            toResume = true; // when every index that the log may speak of is open
            return;
        }
        followFromNow();
    }

    private void followFromNow() {
        machine.feedsIndexes(true);
        var tail = group.tail(); // first: from here on the log is kept, whatever is written meanwhile
        note(tail.position()); // and before the first change can be logged, a restart knows it too
        follow(tail);
    }

    private void note(long progressLsn) {
        group.propose(new PartitionEntry.Progress(progressLsn).encode()).await();
    }

    private void follow(LogTail tail) {
        propagator = new IndexPropagator(group, tail, targets, this::applyIndexChanges);
        propagator.start();
    }

    /**
     * All partitions that the catalog had at start are open. If indexes were fed before, the propagator goes on where it
     * was. If none was, a crash came between the catalog's change and the first note, and no change has been logged.
     */
    public synchronized void started() {
        started = true;
        long progress = machine.indexProgress();
        if (!toResume) {
            if (progress != PartitionStateMachine.NO_PROGRESS) {
                note(PartitionStateMachine.NO_PROGRESS); // the log behind it may go; the next index begins anew
            }
            machine.feedsIndexes(false);
        } else if (progress == PartitionStateMachine.NO_PROGRESS) {
            followFromNow();
        } else {
            follow(group.tail(progress));
        }
    }

    private void applyIndexChanges(long partitionId, List<IndexChange> changes) {
        var partition = partitions.get(partitionId);
        if (partition != null) { // else the index has just been dropped
            partition.applyIndexChanges(changes);
        }
    }

    @Override
    public synchronized void close() {
        if (propagator != null) {
            propagator.close();
        }
    }
}
