package dev.evenkeel.partition;

import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.model.ExpirySchema;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.partition.expiry.DueRows;
import dev.evenkeel.partition.expiry.ExpiryKey;
import dev.evenkeel.partition.expiry.ExpiryMark;
import dev.evenkeel.partition.expiry.ExpiryRow;
import dev.evenkeel.partition.expiry.ExpiryStore;
import dev.evenkeel.replication.NotLeaderException;
import dev.evenkeel.replication.Proposal;
import dev.evenkeel.replication.ReplicationGroup;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Removes the items of one partition whose time has come, where it is led, and keeps the times of its items what the
 * table's setting says. All of it in steps, each so small that clients do not feel it.
 *
 * <p>A write enters or takes away its item's time in its own log entry. So all that is left to do for a new setting is the
 * items that nobody writes: they are gone through once, in the order of their positions, in step with the writes that go on,
 * and a mark in the store says how far. Whoever leads next goes on from there. What an earlier setting has left is
 * forgotten first.
 *
 * <p>An item is removed only if its time still is what its row says, evaluated like any write, on top of what is on its way
 * through the log. So a time that is moved counts from the moment when the move has its place in the log.
 *
 * <p>Looking costs nothing while nothing is due: what is applied tells of the times that it enters ({@link #enters}), so the
 * store is asked only when one of them has come, and from there on, not through what has been removed before it.
 */
final class PartitionExpiry {
    /** What one step looks at: a fraction of a millisecond under the partition's lock. */
    static final int STEP_ITEMS = 64;

    /** Items that have been due for longer stay (Developer Guide, "Using time to live in DynamoDB"). */
    private static final int YEARS_MAX = 5;

    private static final int MILLIS = 1_000;
    private static final byte[] NOTHING = {};

    private final PartitionLeader partition;
    private final ReplicationGroup group;
    private final ExpiryStore times;

    private final ReentrantLock stepping = new ReentrantLock();

    /** Before this second, no row is worth looking at in {@link #term}. */
    private final AtomicLong next = new AtomicLong();

    private long term;

    /** Whether rows of a setting that is over may be on their way through the log. */
    private volatile boolean hasEnded;

    /** What the store is known to agree with, and the term in which it does. */
    private volatile @Nullable Settled settled;

    private record Settled(TableSchema schema, long term) {}

    PartitionExpiry(PartitionLeader partition, ReplicationGroup group, ExpiryStore times) {
        this.partition = partition;
        this.group = group;
        this.times = times;
    }

    /** Times have been entered here, none before that second. */
    void enters(long second) {
        next.accumulateAndGet(second, Math::min);
    }

    /** The schema has been replaced, under the partition's lock. */
    void replaced(TableSchema before, TableSchema after) {
        hasEnded |= before.expiry() != null && !before.expiry().equals(after.expiry());
    }

    /** Whether there can be something to do: while nothing expires, only once after the schema or the leader changed. */
    boolean isWatched() {
        var known = settled;
        var schema = partition.schema();
        return schema.expiry() != null || known == null || known.schema != schema || known.term != group.term();
    }

    /** Whether nothing is left of what was due at that time, and all items have been looked at. */
    boolean isDone(long epochMillis) {
        stepping.lock();
        try {
            var schema = partition.schema();
            return isSettled(schema) && (schema.expiry() == null || next.get() >= firstNotDue(epochMillis));
        } finally {
            stepping.unlock();
        }
    }

    /**
     * Does a little of what there is to do.
     *
     * @param epochMillis now
     * @return whether something was done and there may be more
     * @throws NotLeaderException when this replica does not lead, or ceases to
     */
    boolean step(long epochMillis) {
        stepping.lock();
        try {
            enterTerm();
            var schema = partition.schema();
            if (!isSettled(schema)) {
                return followed(schema);
            }
            var expiry = schema.expiry();
            return expiry != null && next.get() < firstNotDue(epochMillis) && removed(expiry, epochMillis);
        } finally {
            stepping.unlock();
        }
    }

    /** What was known in another term may have changed in a way that nobody told: by a snapshot. */
    private void enterTerm() {
        long current = group.term();
        if (term != current) {
            term = current;
            next.set(0);
        }
    }

    private boolean isSettled(TableSchema schema) {
        var known = settled;
        return known != null && known.schema == schema && known.term == group.term();
    }

    /** The first second that has not passed: an item is due when its time is before now. */
    private static long firstNotDue(long epochMillis) {
        return Math.ceilDiv(epochMillis, MILLIS);
    }

    private static long oldestDue(long epochMillis) {
        long oldest = Instant.ofEpochMilli(epochMillis)
                .atOffset(ZoneOffset.UTC)
                .minusYears(YEARS_MAX)
                .toEpochSecond();
        return Math.max(0, oldest);
    }

    // --- agreeing with the setting -----------------------------------------------------------------------------------

    /** A proposal, or, where nothing expires and nothing is left of that, none. */
    private boolean followed(TableSchema schema) {
        var proposal = nextProposal(schema);
        if (proposal == null) {
            return schema.expiry() != null;
        }
        try {
            proposal.await();
        } catch (RuntimeException failed) {
            hasEnded = true; // nobody knows what is there
            throw failed;
        }
        return true;
    }

    /** Null when the store agrees with the schema, or that has changed meanwhile. */
    private @Nullable Proposal nextProposal(TableSchema schema) {
        partition.lock();
        try {
            long current = partition.serveInTerm();
            if (partition.schema() != schema) {
                return null;
            }
            var entry = nextEntry(schema);
            if (entry == null) {
                settled = new Settled(schema, current);
                return null;
            }
            var proposal = group.propose(entry.encode(), current);
            hasEnded = false;
            return proposal;
        } finally {
            partition.unlock();
        }
    }

    private @Nullable PartitionEntry nextEntry(TableSchema schema) {
        var expiry = schema.expiry();
        var key = key(schema);
        var mark = times.mark(key);
        if (expiry == null) {
            return hasEnded || mark != null || times.hasBefore(key, ExpiryKey.ALL_SETTINGS)
                    ? new PartitionEntry.ForgetExpiry(key, ExpiryKey.ALL_SETTINGS)
                    : null;
        }
        if (hasEnded || times.hasBefore(key, expiry.id())) {
            return new PartitionEntry.ForgetExpiry(key, expiry.id());
        }
        if (mark == null || mark.setting() != expiry.id()) {
            return begun(schema, expiry, key);
        }
        return mark.isDone() ? null : filling(schema, expiry, key, mark.from());
    }

    /** When this is applied, so is every item that was written by an older schema: then they can be gone through. */
    private PartitionEntry begun(TableSchema schema, ExpirySchema expiry, ExpiryKey key) {
        return entry(
                schema,
                List.of(new Mutation(key.mark(), ExpiryMark.begun(expiry.id()).encode())));
    }

    private PartitionEntry entry(TableSchema schema, List<Mutation> mutations) {
        return new PartitionEntry.Write(0, schema.id(), partition.id(), List.of(), mutations, List.of());
    }

    /** The rows of the next items, as these are behind all writes evaluated so far, and how far that is. */
    private PartitionEntry filling(TableSchema schema, ExpirySchema expiry, ExpiryKey key, byte[] from) {
        var positions = partition.reader().positions(schema, from, STEP_ITEMS);
        var mutations = new ArrayList<Mutation>();
        for (var position : positions) {
            expiry.secondOf(partition.latest(position))
                    .ifPresent(second -> mutations.add(new Mutation(key.row(expiry.id(), second, position), NOTHING)));
        }
        var mark = positions.size() < STEP_ITEMS
                ? ExpiryMark.done(expiry.id())
                : new ExpiryMark(expiry.id(), false, leastBehind(positions.getLast()));
        mutations.add(new Mutation(key.mark(), mark.encode()));
        return entry(schema, mutations);
    }

    private static byte[] leastBehind(byte[] position) {
        return Arrays.copyOf(position, position.length + 1);
    }

    private ExpiryKey key(TableSchema schema) {
        return new ExpiryKey(schema.id(), partition.id());
    }

    // --- removing ----------------------------------------------------------------------------------------------------

    /** From here on, times that are applied lower what is known; so none is missed that the store does not show yet. */
    private boolean removed(ExpirySchema expiry, long epochMillis) {
        long known = next.getAndSet(Long.MAX_VALUE);
        try {
            var due = times.due(
                    key(partition.schema()),
                    expiry.id(),
                    Math.max(known, oldestDue(epochMillis)),
                    firstNotDue(epochMillis),
                    STEP_ITEMS);
            var kept = kept(expiry, due);
            known = Math.min(due.nextSecond(), kept.firstSecond);
            return kept.count < due.rows().size();
        } finally {
            enters(known);
        }
    }

    /** Rows whose items a transaction holds; their turn comes again. */
    private static final class Kept {
        int count;
        long firstSecond = Long.MAX_VALUE;

        void add(ExpiryRow row) {
            count++;
            firstSecond = Math.min(firstSecond, row.second());
        }
    }

    /** All are proposed before the first is waited for, so they ride one flush; and each is waited for, whatever happens. */
    private Kept kept(ExpirySchema expiry, DueRows due) {
        var removals = new ArrayList<Removal>(due.rows().size());
        RuntimeException failure = null;
        try {
            for (var row : due.rows()) {
                removals.add(new Removal(row, partition.expired(expiry, row)));
            }
        } catch (RuntimeException refused) {
            failure = refused;
        }
        var kept = new Kept();
        for (var removal : removals) {
            try {
                removal.finish(kept);
            } catch (RuntimeException lost) {
                failure = lost;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return kept;
    }

    private record Removal(ExpiryRow row, PartitionLeader.Step step) {
        void finish(Kept kept) {
            try {
                var unused = step.finish();
            } catch (DynamoException refused) {
                if (refused.code() == ErrorCode.TRANSACTION_CONFLICT) {
                    kept.add(row);
                } else if (refused.code()
                        != ErrorCode.CONDITIONAL_CHECK_FAILED) { // its time was moved: it has another row
                    throw refused;
                }
            }
        }
    }
}
