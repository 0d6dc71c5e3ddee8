package dev.evenkeel.partition;

import dev.evenkeel.model.TableSchema;
import dev.evenkeel.model.Ticker;
import dev.evenkeel.replication.NotLeaderException;
import dev.evenkeel.replication.ReplicationGroup;
import dev.evenkeel.storage.OrderedStore;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of one replication group on one of its storage replicas, and the propagator that feeds their global
 * indexes while this replica leads. The catalog decides which partitions there are; this holds those it was told of.
 *
 * <p>Every replica serves eventual reads. Writes and all that proposes something are refused with {@link
 * NotLeaderException} unless this replica leads, strong reads by the group itself.
 */
public final class PartitionHost implements AutoCloseable {
    /** Items whose index entries go into one log entry of a backfill. */
    private static final int BACKFILL_ITEMS = 64;

    private final ReplicationGroup group;
    private final OrderedStore store;
    private final PartitionStateMachine machine;
    private final IndexPropagator propagator;
    private final GroupStreams streams;
    private final GroupTransactions transactions;
    private final TransactionRecovery recovery;
    private final RecoveryThread recoveryThread;
    private final ExpirySweeper sweeper;
    private final ExpiryThread expiryThread;
    private final Ticker ticker;
    private final Map<Long, PartitionLeader> partitions = new ConcurrentHashMap<>();

    /** Dropped here; ids are never used again. */
    private final Set<Long> gone = ConcurrentHashMap.newKeySet();

    private volatile boolean leads;

    /** A host of a group whose transactions need no other, by the machine's clock. */
    public PartitionHost(
            ReplicationGroup group, OrderedStore store, PartitionStateMachine machine, IndexTargets targets) {
        this(group, store, machine, targets, PropagationSettings.DEFAULT);
    }

    /**
     * @param ticker of items and tokens
     * @param machineTime whether somebody stalls
     * @param groups for ending transactions: all groups, this one among them; failures of theirs are those that clients meet
     */
    public PartitionHost(
            ReplicationGroup group,
            OrderedStore store,
            PartitionStateMachine machine,
            IndexTargets targets,
            Ticker ticker,
            Ticker machineTime,
            TransactionGroups groups) {
        this(group, store, machine, targets, PropagationSettings.DEFAULT, ticker, machineTime, groups);
    }

    /** The host of the only group there is. */
    public static PartitionHost alone(
            ReplicationGroup group,
            OrderedStore store,
            PartitionStateMachine machine,
            IndexTargets targets,
            Ticker ticker) {
        return new PartitionHost(
                group, store, machine, targets, PropagationSettings.DEFAULT, ticker, Ticker.system(), null);
    }

    PartitionHost(
            ReplicationGroup group,
            OrderedStore store,
            PartitionStateMachine machine,
            IndexTargets targets,
            PropagationSettings settings) {
        this(group, store, machine, targets, settings, Ticker.system(), Ticker.system(), null);
    }

    /** @param groups null when there is no other group */
    PartitionHost(
            ReplicationGroup group,
            OrderedStore store,
            PartitionStateMachine machine,
            IndexTargets targets,
            PropagationSettings settings,
            Ticker ticker,
            Ticker machineTime,
            @Nullable TransactionGroups groups) {
        this.group = group;
        this.store = store;
        this.machine = machine;
        this.ticker = ticker;
        this.streams = new GroupStreams(group, machine.changeRecords(), () -> leads);
        this.propagator = new IndexPropagator(group, machine, targets, this::applyIndexChanges, settings);
        var ledger = new Ledger(group, store, ticker, machineTime, () -> leads);
        this.recovery = new TransactionRecovery(
                group.id(),
                ledger,
                groups == null ? _ -> localTransactions() : groups,
                machineTime,
                () -> List.copyOf(partitions.values()));
        this.recoveryThread = new RecoveryThread(recovery);
        this.sweeper = new ExpirySweeper(() -> List.copyOf(partitions.values()), ticker, machineTime);
        this.expiryThread = new ExpiryThread(sweeper, machineTime);
        this.transactions = new GroupTransactions(group, ledger, recovery, ticker, this::forTransaction);
        machine.listen(new ApplyListener() {
            @Override
            public void outboxGrew() {
                propagator.wake();
            }

            @Override
            public void dropped(long partitionId) {
                hasGone(partitionId);
            }

            @Override
            public void expires(long partitionId, long second) {
                var partition = partitions.get(partitionId);
                if (partition != null) {
                    partition.expiry().enters(second);
                }
            }
        });
    }

    /**
     * This replica leads from now on. The caller has made sure that the partitions and schemas here are those of the
     * catalog as it was when this leadership began, or newer: a write that followed an older schema would leave an index
     * without its entry for good.
     */
    public synchronized void lead() {
        leads = true;
        propagator.lead();
        recoveryThread.lead();
        expiryThread.lead();
    }

    /**
     * This replica no longer leads. To be called before the group leads in another term. Waits for nothing, so the
     * thread that settles the group's proposals may call it.
     */
    public synchronized void follow() {
        leads = false;
        propagator.follow();
        recoveryThread.follow();
        expiryThread.follow();
    }

    /**
     * Serves a partition from now on.
     *
     * @param schema of its table; for a global index, of the hidden table
     * @param from first position, inclusive
     * @param to end of its positions, exclusive; null for no end
     */
    public void open(long partitionId, TableSchema schema, byte[] from, byte @Nullable [] to) {
        var range = new KeyRange(from, to);
        partitions.put(
                partitionId,
                new PartitionLeader(partitionId, range, schema, group, store, machine, ticker, () -> leads));
        propagator.wake(); // changes may have waited for it
        expiryThread.wake();
    }

    /** The partition, when it is here. Its writes and strong reads may be refused with {@link NotLeaderException}. */
    public Optional<PartitionReplica> replica(long partitionId) {
        return Optional.ofNullable(partitions.get(partitionId));
    }

    /** This group's part in transactions; refused with {@link NotLeaderException} unless this replica leads. */
    public TransactionGroup transactions() {
        return transactions;
    }

    /** The same for a node that has no other to ask. */
    public TransactionGroup localTransactions() {
        return new LocalTransactions(transactions);
    }

    /** Looks once for transactions that somebody must end in their coordinators' place, as is done every second. */
    public void recoverTransactions() {
        recovery.sweep();
    }

    private Optional<PartitionLeader> forTransaction(long partitionId) {
        var partition = partitions.get(partitionId);
        if (partition == null && !gone.contains(partitionId)) {
            throw new NotHereException("partition " + partitionId);
        }
        return Optional.ofNullable(partition).filter(it -> !gone.contains(partitionId));
    }

    /** The change records of this group's partitions, as far as this replica has them. */
    public StreamGroup streams() {
        return streams;
    }

    /** Ends a partition and removes its data; nothing happens when it is not here. */
    public void drop(long partitionId) {
        var partition = partitions.get(partitionId);
        if (partition != null) {
            partition.drop(); // refused by the log, it must be here to be dropped again
        }
        hasGone(partitionId);
        partitions.remove(partitionId);
    }

    /** Ends a partition and removes its data, whether this replica has opened it or not. */
    public void drop(long partitionId, int tableId, byte[] from, byte @Nullable [] to) {
        if (partitions.containsKey(partitionId)) {
            drop(partitionId);
            return;
        }
        checkLeads();
        group.propose(new PartitionEntry.Drop(tableId, partitionId, from, to).encode())
                .await();
    }

    /** Serves a partition no longer that the catalog does not have any more; its data is the leader's to drop. */
    public void forget(long partitionId) {
        hasGone(partitionId);
        partitions.remove(partitionId);
    }

    /** Whether it was dropped here, or forgotten. */
    boolean isGone(long partitionId) {
        return gone.contains(partitionId);
    }

    private void hasGone(long partitionId) {
        gone.add(partitionId);
        var partition = partitions.get(partitionId);
        if (partition != null) {
            partition.dropped();
        }
    }

    /** Lets the writes of those partitions follow a changed schema; when it returns, no older one is in use. */
    public void replaceSchema(List<Long> partitionIds, TableSchema schema) {
        partitionIds.forEach(id -> leader(id).replaceSchema(schema));
        expiryThread.wake();
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
            var from = Optional.of(new byte[0]);
            while (from.isPresent() && wanted.getAsBoolean()) {
                from = backfill(leader(id), indexTableId, from.get());
            }
        }
        awaitIndexes();
    }

    /**
     * Puts the entries of some items, from a position on, into a new global index.
     *
     * @return where to go on; empty when there are no items behind them
     * @throws NotHereException when the partition is not here, or does not know the index yet
     */
    Optional<byte[]> backfillFrom(long partitionId, int indexTableId, byte[] from) {
        var partition = partitions.get(partitionId);
        if (partition == null || partition.schema().globalIndexes().stream().noneMatch(i -> i.id() == indexTableId)) {
            throw new NotHereException("partition " + partitionId + " with index " + indexTableId);
        }
        return backfill(partition, indexTableId, from);
    }

    private Optional<byte[]> backfill(PartitionLeader partition, int indexTableId, byte[] from) {
        confirmLeads(); // what earlier leaders wrote must show here
        var positions = partition.reader().positions(partition.schema(), from, BACKFILL_ITEMS);
        if (positions.isEmpty()) {
            return Optional.empty();
        }
        partition.proposeIndexEntries(positions, indexTableId);
        var last = positions.getLast();
        return Optional.of(Arrays.copyOf(last, last.length + 1)); // the least position behind it
    }

    /**
     * Waits until the global indexes have every change that was acknowledged before the call.
     *
     * @throws NotLeaderException when this replica does not lead, or ceases to
     */
    public void awaitIndexes() {
        awaitIndexes(Long.MAX_VALUE);
    }

    /** @return whether they were in time */
    boolean awaitIndexes(long nanosMax) {
        confirmLeads();
        return propagator.awaitCarried(group.appliedLsn(), nanosMax);
    }

    /**
     * Removes the items whose time has come by now, at once. Those that a transaction holds stay until it is over.
     *
     * @return whether all of it was done in time
     * @throws NotLeaderException when this replica does not lead, or ceases to
     */
    public boolean expireItems(long nanosMax) {
        confirmLeads();
        return sweeper.finish(nanosMax);
    }

    /** One turn of what is done every second, without pauses; whether there may be more to do. */
    boolean expiryPass() {
        return sweeper.pass(_ -> {});
    }

    /** Waits until no replica that has applied all of the log has an index change left. */
    boolean awaitEmptyOutbox(long nanosMax) {
        return propagator.awaitEmpty(nanosMax);
    }

    /** Returns when all that was committed before the call shows here. */
    void confirmLeads() {
        checkLeads();
        group.readBarrier();
    }

    private void checkLeads() {
        if (!leads) {
            throw new NotLeaderException("group " + group.id() + " is not led from here", null);
        }
    }

    private PartitionLeader leader(long partitionId) {
        var partition = partitions.get(partitionId);
        if (partition == null) {
            throw new IllegalStateException("partition " + partitionId + " is not here");
        }
        return partition;
    }

    private void applyIndexChanges(long partitionId, List<IndexChange> changes, long term) {
        var partition = partitions.get(partitionId);
        if (partition != null) {
            partition.applyIndexChanges(changes, term);
        } else if (!gone.contains(partitionId)) {
            throw new NotHereException("partition " + partitionId);
        }
    }

    @Override
    public void close() {
        recoveryThread.close();
        expiryThread.close();
        propagator.close();
    }
}
