package dev.evenkeel.partition;

import dev.evenkeel.model.CapacityUnits;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.ItemSize;
import dev.evenkeel.model.StoreKey;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.replication.NotLeaderException;
import dev.evenkeel.replication.Proposal;
import dev.evenkeel.replication.ReplicationException;
import dev.evenkeel.replication.ReplicationGroup;
import dev.evenkeel.storage.OrderedStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One partition on one replica of its group. While the replica leads, a write is evaluated here once, against the latest
 * state including what is still on its way through the log, and its outcome is proposed; everybody else only applies, and
 * serves eventual reads.
 *
 * <p>One thread at a time owns the evaluation: it holds {@code owner} from looking at the state until its outcome has its
 * place in the log, so the order of evaluation is the order of the log. The wait for the flush is outside; a virtual
 * thread waits for nothing. A mailbox with a thread of its own was the other design: it costs every write two hand-overs
 * and buys nothing, since what is done under the lock is some microseconds of computing.
 *
 * <p>When the group's term changes, outcomes in flight may have been lost: they are forgotten, and the group refuses
 * whatever was evaluated on top of them. In a new term nothing is evaluated before a read barrier: until then, outcomes of
 * earlier leaders may be committed and not applied here. A write that is refused because its term is over is evaluated
 * again, as long as this replica leads.
 *
 * <p>An answer never tells of an outcome that is not durable: a condition that fails because of a pending write waits for
 * that write before it says so. And an answer that proposes nothing, as that one, is a read like any other: it counts only
 * if this replica has led all along.
 */
final class PartitionLeader implements PartitionReplica {
    /** All items of one partition key in a table with local indexes (Developer Guide, "Item collection size limit"). */
    static final long COLLECTION_BYTES_MAX = 10L << 30;

    /** Each costs a change of term, and a group that changes its term again and again serves nobody. */
    private static final int EVALUATIONS_MAX = 4;

    private final long id;
    private final KeyRange range;
    private final ReplicationGroup group;
    private final OrderedStore store;
    private final PartitionStateMachine machine;
    private final PartitionReader reader;
    private final BooleanSupplier leads;

    private final ReentrantLock owner = new ReentrantLock();
    private final Pending<Item> pendingItems = new Pending<>();
    private final Pending<Long> pendingCollections = new Pending<>();
    private volatile TableSchema schema;
    private volatile boolean dropped;

    /** The group's term in which everything pending was proposed. */
    private long pendingTerm;

    /** @param leads whether this replica may propose: schemas here are as new as its leadership */
    PartitionLeader(
            long id,
            KeyRange range,
            TableSchema schema,
            ReplicationGroup group,
            OrderedStore store,
            PartitionStateMachine machine,
            BooleanSupplier leads) {
        this.id = id;
        this.range = range;
        this.schema = schema;
        this.group = group;
        this.store = store;
        this.machine = machine;
        this.reader = new PartitionReader(store, range);
        this.leads = leads;
    }

    long id() {
        return id;
    }

    TableSchema schema() {
        return schema;
    }

    /** From the next evaluation on, writes follow that schema. Returns when no older evaluation is under way. */
    void replaceSchema(TableSchema next) {
        owner.lock();
        try {
            schema = next;
        } finally {
            owner.unlock();
        }
    }

    @Override
    public WriteOutcome write(ItemWrite write) {
        try {
            return whileLeading(() -> evaluated(write).finish());
        } catch (NotLeaderException elsewhere) {
            throw elsewhere;
        } catch (ReplicationException failed) {
            throw WriteFailure.of(failed);
        }
    }

    /** Evaluates, and again when the log refuses because there is a new term: it may be one in which this replica leads. */
    private <T> T whileLeading(Supplier<T> evaluation) {
        for (int i = 1; ; i++) {
            long term = group.term();
            try {
                return evaluation.get();
            } catch (NotLeaderException refused) {
                if (i == EVALUATIONS_MAX || group.term() == term) {
                    throw refused;
                }
            }
        }
    }

    private Step evaluated(ItemWrite write) {
        owner.lock();
        try {
            checkServing();
            return evaluateAndPropose(write);
        } finally {
            owner.unlock();
        }
    }

    /** What is left to do outside the lock. */
    private interface Step {
        WriteOutcome finish();
    }

    private Step evaluateAndPropose(ItemWrite write) {
        enterTerm();
        var current = schema;
        long term = pendingTerm;
        var pending = pendingItems.get(write.position());
        var before = pending == null ? stored(current, write.position()) : pending.value();
        if (!WriteEvaluation.conditionHolds(write, before)) {
            return () -> {
                confirm(pending, term);
                throw DynamoException.conditionalCheckFailed(write.returnItemOnConditionFailure() ? before : null);
            };
        }
        try {
            return propose(current, write, before, WriteEvaluation.of(current, write, before), pending);
        } catch (DynamoException refused) {
            return () -> {
                confirm(pending, term);
                throw refused;
            };
        }
    }

    /** To be called before the state is looked at for something to propose. */
    private void enterTerm() {
        long term = group.term(); // first: leadership that began later has a later term
        checkLeads();
        if (term != pendingTerm) {
            group.readBarrier();
            pendingItems.clear();
            pendingCollections.clear();
            pendingTerm = term;
        }
    }

    private void checkLeads() {
        if (!leads.getAsBoolean()) {
            throw new NotLeaderException("group " + group.id() + " is not led from here", null);
        }
    }

    /** Waits until what an answer rests on is durable, and makes sure that nobody else has led in between. */
    private void confirm(Pending.@Nullable Outcome<Item> pending, long term) {
        if (pending != null) {
            pending.await();
        }
        group.readBarrier();
        if (group.term() != term) {
            throw new NotLeaderException("group " + group.id() + " is no longer in term " + term, null);
        }
    }

    private Step propose(
            TableSchema current,
            ItemWrite write,
            @Nullable Item before,
            WriteEvaluation evaluation,
            Pending.@Nullable Outcome<Item> pending) {
        var after = evaluation.after();
        var consequences = IndexConsequences.of(current, before, after);
        var collection = CollectionChange.of(this, current, before, after, consequences);
        double units = CapacityUnits.forWrite(WriteEvaluation.chargedBytes(before, after));
        var outcome = new WriteOutcome(
                before, after, evaluation.update(), units, consequences.units, collection.bytesAfter());
        if (before == null && after == null) {
            long term = pendingTerm;
            return () -> {
                confirm(pending, term);
                return outcome;
            };
        }
        var proposal = group.propose(entry(current, write, before, after, consequences, collection), pendingTerm);
        if (group.appliedLsn() >= proposal.lsn()) { // always so in memory; on disk when the flush was quicker than we
            pendingItems.forget(
                    write.position()); // an older outcome whose writer has not woken yet must not be seen again
            collection.forgetAll(pendingCollections);
            return () -> {
                proposal.await();
                return outcome;
            };
        }
        var mine = new Pending.Outcome<>(after);
        pendingItems.put(write.position(), mine);
        var mineCollection = collection.remember(pendingCollections);
        return () -> {
            try {
                mine.settle(proposal);
            } finally {
                pendingItems.remove(write.position(), mine);
                collection.forget(pendingCollections, mineCollection);
            }
            return outcome;
        };
    }

    private byte[] entry(
            TableSchema current,
            ItemWrite write,
            @Nullable Item before,
            @Nullable Item after,
            IndexConsequences consequences,
            CollectionChange collection) {
        var mutations = new ArrayList<Mutation>(2 + consequences.localMutations.size());
        mutations.add(new Mutation(
                StoreKey.of(current.id(), StoreKey.ITEMS, write.position()), after == null ? null : after.bytes()));
        mutations.addAll(consequences.localMutations);
        collection.addTo(mutations);
        return new PartitionEntry.Write(
                        current.id(), id, deltas(before, after, consequences), mutations, consequences.globalChanges)
                .encode();
    }

    private static List<SizeDelta> deltas(@Nullable Item before, @Nullable Item after, IndexConsequences consequences) {
        var item = new SizeDelta(
                StoreKey.ITEMS,
                (after == null ? 0 : 1) - (before == null ? 0 : 1),
                WriteEvaluation.sizeOf(after) - WriteEvaluation.sizeOf(before));
        if (item.isNothing()) {
            return consequences.localDeltas;
        }
        var deltas = new ArrayList<SizeDelta>(1 + consequences.localDeltas.size());
        deltas.add(item);
        deltas.addAll(consequences.localDeltas);
        return deltas;
    }

    private @Nullable Item stored(TableSchema current, byte[] position) {
        var bytes = store.get(StoreKey.of(current.id(), StoreKey.ITEMS, position));
        return bytes == null ? null : Item.wrap(bytes);
    }

    @Override
    public @Nullable Item get(byte[] position, boolean consistent) {
        checkServing();
        if (consistent) {
            group.readBarrier();
        }
        var item = stored(schema, position);
        if (consistent) {
            group.readBarrier(); // the lease may have ended meanwhile: then this answer may be stale
        }
        return item;
    }

    @Override
    public RangePage read(RangeRead read) {
        checkServing();
        if (read.consistent()) {
            group.readBarrier();
        }
        var page = reader.read(schema, read);
        if (read.consistent()) {
            group.readBarrier();
        }
        return page;
    }

    /**
     * What the collection with that position holds, items and local index entries, outcomes on their way included; for the
     * owner's evaluation.
     */
    long collectionBytes(byte[] collectionPosition) {
        var pending = pendingCollections.get(collectionPosition);
        if (pending != null) {
            return pending.value() == null ? 0 : pending.value();
        }
        var stored = store.get(StoreKey.of(schema.id(), StoreKey.COLLECTION_SIZES, collectionPosition));
        return stored == null ? 0 : ByteBuffer.wrap(stored).getLong();
    }

    @Override
    public PartitionStatistics statistics(int space) {
        return machine.statistics(schema.id(), id, space);
    }

    /**
     * Puts the entries that these items have in one new index into the log, behind every write evaluated so far and
     * before every later one, so the index cannot end with an older state than the item.
     *
     * @param positions of items, in this partition
     */
    void proposeIndexEntries(List<byte[]> positions, int indexTableId) {
        whileLeading(() -> {
            var proposal = indexEntriesProposed(positions, indexTableId);
            proposal.await();
            return proposal;
        });
    }

    private Proposal indexEntriesProposed(List<byte[]> positions, int indexTableId) {
        owner.lock();
        try {
            checkServing();
            enterTerm();
            var changes = new ArrayList<IndexChange>();
            for (var position : positions) {
                var pending = pendingItems.get(position);
                var item = pending == null ? stored(schema, position) : pending.value();
                IndexConsequences.of(schema, null, item).globalChanges.stream()
                        .filter(change -> change.indexTableId() == indexTableId)
                        .forEach(changes::add);
            }
            return group.propose(
                    new PartitionEntry.Write(schema.id(), id, List.of(), List.of(), changes).encode(), pendingTerm);
        } finally {
            owner.unlock();
        }
    }

    /**
     * For a partition of a global index: makes those changes durable, in their order.
     *
     * @param term in which they were read, behind a read barrier
     */
    void applyIndexChanges(List<IndexChange> changes, long term) {
        Proposal proposal;
        owner.lock();
        try {
            if (dropped) {
                return; // the index is gone, and its changes with it
            }
            proposal = group.propose(indexEntry(changes), term);
        } finally {
            owner.unlock();
        }
        proposal.await();
    }

    /** Only the propagator writes here, one batch at a time in one term, so the store is the latest state. */
    private byte[] indexEntry(List<IndexChange> changes) {
        var batch = new IndexBatch(schema.id(), key -> {
            var stored = store.get(key);
            return stored == null ? null : Item.wrap(stored);
        });
        changes.forEach(batch::add);
        return batch.entry(id).encode();
    }

    /** Ends the partition: later calls are answered as for a table that is not there, and its data goes. */
    void drop() {
        Proposal proposal;
        checkLeads();
        owner.lock();
        try {
            dropped = true;
            proposal = group.propose(new PartitionEntry.Drop(schema.id(), id, range.from(), range.to()).encode());
        } finally {
            owner.unlock();
        }
        proposal.await();
    }

    /** It has been dropped, here or by another leader. */
    void dropped() {
        dropped = true;
    }

    private void checkServing() {
        if (dropped) {
            throw DynamoException.resourceNotFound();
        }
    }

    PartitionReader reader() {
        return reader;
    }

    static DynamoException itemTooLarge() {
        return DynamoException.validation("Item size has exceeded the maximum allowed size");
    }

    static DynamoException collectionTooLarge() {
        return new DynamoException(
                ErrorCode.ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED,
                "Collection size exceeded. Limit: " + COLLECTION_BYTES_MAX + " bytes");
    }

    /** With its local index entries an item must stay within an item's size. */
    static void checkItemWithIndexEntries(@Nullable Item after, IndexConsequences consequences) {
        if (WriteEvaluation.sizeOf(after) + consequences.localBytesAfter > ItemSize.ITEM_BYTES_MAX) {
            throw itemTooLarge();
        }
    }
}
