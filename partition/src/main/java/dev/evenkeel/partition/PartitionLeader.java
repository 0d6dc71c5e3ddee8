package dev.evenkeel.partition;

import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.model.ExpirySchema;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.ItemSize;
import dev.evenkeel.model.StoreKey;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.model.Ticker;
import dev.evenkeel.partition.expiry.ExpiryRow;
import dev.evenkeel.partition.transaction.ItemPlace;
import dev.evenkeel.partition.transaction.PreparedItem;
import dev.evenkeel.partition.transaction.TimestampBounds;
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

    private final long id;
    private final KeyRange range;
    private final ReplicationGroup group;
    private final OrderedStore store;
    private final PartitionStateMachine machine;
    private final Ticker ticker;
    private final PartitionReader reader;
    private final BooleanSupplier leads;

    private final ReentrantLock owner = new ReentrantLock();
    private final Pending<Item> pendingItems = new Pending<>();
    private final Pending<Long> pendingCollections = new Pending<>();
    private final PreparedItems preparedItems = new PreparedItems();
    private final TimestampBounds bounds = new TimestampBounds();
    private final PartitionExpiry expiry;
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
            Ticker ticker,
            BooleanSupplier leads) {
        this.id = id;
        this.range = range;
        this.schema = schema;
        this.group = group;
        this.store = store;
        this.machine = machine;
        this.ticker = ticker;
        this.reader = new PartitionReader(store, range);
        this.leads = leads;
        this.expiry = new PartitionExpiry(this, group, machine.times());
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
            expiry.replaced(schema, next);
            schema = next;
        } finally {
            owner.unlock();
        }
    }

    @Override
    public WriteOutcome write(ItemWrite write) {
        try {
            return Leading.in(group, () -> evaluated(write).finish());
        } catch (NotLeaderException elsewhere) {
            throw elsewhere;
        } catch (ReplicationException failed) {
            throw WriteFailure.of(failed);
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

    /**
     * Begins to remove an item whose time has come, if it still is in that row: the outcome is a failed condition otherwise.
     */
    Step expired(ExpirySchema setting, ExpiryRow row) {
        owner.lock();
        try {
            checkServing();
            return setting.equals(schema.expiry())
                    ? evaluateAndPropose(new ItemWrite.Expire(row.position(), setting, row.second()))
                    : () -> {
                        throw DynamoException.conditionalCheckFailed(null);
                    };
        } finally {
            owner.unlock();
        }
    }

    PartitionExpiry expiry() {
        return expiry;
    }

    /** What is left to do outside the lock. To be finished, whatever else fails. */
    interface Step {
        WriteOutcome finish();
    }

    private Step evaluateAndPropose(ItemWrite write) {
        enterTerm();
        var current = schema;
        long term = pendingTerm;
        var pending = pendingItems.get(write.position());
        if (preparedItems.get(write.position()) != null) {
            return () -> {
                confirm(pending, term);
                throw DynamoException.transactionConflict();
            };
        }
        var before = pending == null ? stored(current, write.position()) : pending.value();
        if (!WriteEvaluation.conditionHolds(write, before)) {
            return () -> {
                confirm(pending, term);
                throw DynamoException.conditionalCheckFailed(write.returnItemOnConditionFailure() ? before : null);
            };
        }
        try {
            var evaluation = WriteEvaluation.of(current, write, before);
            var effect = WriteEffect.of(current, write.position(), before, evaluation, this::collectionBytes);
            effect.checkLimits();
            return propose(effect, pending);
        } catch (DynamoException refused) {
            return () -> {
                confirm(pending, term);
                throw refused;
            };
        }
    }

    /** To be called before the state is looked at for something to propose. */
    void enterTerm() {
        long term = group.term(); // first: leadership that began later has a later term
        checkLeads();
        if (term != pendingTerm) {
            group.readBarrier();
            pendingItems.clear();
            pendingCollections.clear();
            preparedItems.load(store, schema.id(), range);
            bounds.reset(machine.timestamp());
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

    private Step propose(WriteEffect effect, Pending.@Nullable Outcome<Item> pending) {
        var outcome = effect.outcome();
        if (effect.isNothing()) {
            long term = pendingTerm;
            return () -> {
                confirm(pending, term);
                return outcome;
            };
        }
        long timestamp = bounds.next(effect.position(), Timestamps.now(ticker));
        var proposal =
                group.propose(effect.entry(id, timestamp, ticker.epochMillis()).encode(), pendingTerm);
        if (group.appliedLsn() >= proposal.lsn()) { // always so in memory; on disk when the flush was quicker than we
            forgetOlder(effect);
            return () -> {
                proposal.await();
                return outcome;
            };
        }
        var mine = new Pending.Outcome<>(effect.after());
        pendingItems.put(effect.position(), mine);
        var mineCollection = effect.collection().remember(pendingCollections);
        return () -> {
            try {
                mine.settle(proposal);
            } finally {
                pendingItems.remove(effect.position(), mine);
                effect.collection().forget(pendingCollections, mineCollection);
            }
            return outcome;
        };
    }

    /** It has been applied: an older outcome whose writer has not woken yet must not be seen again. */
    void forgetOlder(WriteEffect effect) {
        pendingItems.forget(effect.position());
        effect.collection().forgetAll(pendingCollections);
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
        Leading.in(group, () -> {
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
                    new PartitionEntry.Write(0, schema.id(), id, List.of(), List.of(), changes).encode(), pendingTerm);
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

    // --- for transactions, which lock several partitions at a time ---------------------------------------------------

    void lock() {
        owner.lock();
    }

    void unlock() {
        owner.unlock();
    }

    /** To be called by the owner before it looks at the state; the term in which what it sees holds. */
    long serveInTerm() {
        checkServing();
        enterTerm();
        return pendingTerm;
    }

    Pending.@Nullable Outcome<Item> pending(byte[] position) {
        return pendingItems.get(position);
    }

    /** The item as it will be when everything proposed is applied. */
    @Nullable
    Item latest(byte[] position) {
        var pending = pendingItems.get(position);
        return pending == null ? stored(schema, position) : pending.value();
    }

    PreparedItems preparedItems() {
        return preparedItems;
    }

    /** An item that a transaction holds. */
    record Held(ItemPlace place, PreparedItem holder) {}

    /** Everything that transactions hold here; nothing once the partition has been dropped. */
    List<Held> held() {
        owner.lock();
        try {
            if (dropped) {
                return List.of();
            }
            enterTerm();
            var held = new ArrayList<Held>();
            preparedItems.forEach((position, item) -> held.add(new Held(new ItemPlace(id, position), item)));
            return held;
        } finally {
            owner.unlock();
        }
    }

    TimestampBounds bounds() {
        return bounds;
    }

    /** It has been proposed and is not applied: what is evaluated from now on sees it. */
    Pending.Outcome<Item> remember(WriteEffect effect) {
        var outcome = new Pending.Outcome<>(effect.after());
        pendingItems.put(effect.position(), outcome);
        return outcome;
    }

    Pending.@Nullable Outcome<Long> rememberCollection(WriteEffect effect) {
        return effect.collection().remember(pendingCollections);
    }

    /** What was remembered is applied, or lost with its term. */
    void forget(WriteEffect effect, Pending.Outcome<Item> outcome, Pending.@Nullable Outcome<Long> collection) {
        pendingItems.remove(effect.position(), outcome);
        effect.collection().forget(pendingCollections, collection);
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
