package dev.evenkeel.partition;

import dev.evenkeel.replication.NotLeaderException;
import dev.evenkeel.replication.ReplicationException;
import dev.evenkeel.replication.ReplicationGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a group's index changes to the global indexes while this replica leads: reads the outbox behind the writes, which
 * never wait for it (mechanism M11).
 *
 * <p>Changes are physical and are carried in the order of their LSNs, so carrying some of them again leads to the same end,
 * provided that whoever begins again goes on to the end. What must not happen is that an older change comes after a newer
 * one. Therefore one thread does it all, and each turn is bound to the term in which it read the outbox: what a deposed
 * leader still has in hand is refused, also when it leads again later. And each leadership begins with all that the outbox
 * has: another may meanwhile have begun to carry it again, and not have come to its end.
 *
 * <p>Carried changes leave the outbox by an entry of the group's own log. It is written when there are many of them, or a
 * moment after the first: an entry for each would double the writes of the log.
 */
final class IndexPropagator implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(IndexPropagator.class);

    /** Applies changes to one index partition; they are durable when it returns. */
    interface Sink {
        /**
         * @param term in which they were read
         * @throws NotLeaderException when that term is over
         * @throws NotHereException when the partition is not open here yet
         */
        void apply(long indexPartition, List<IndexChange> changes, long term);
    }

    private final ReplicationGroup group;
    private final PartitionStateMachine machine;
    private final IndexOutbox outbox;
    private final IndexTargets targets;
    private final Sink sink;
    private final PropagationSettings settings;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean leading;
    private boolean closed;
    /** There may be something to carry. */
    private boolean woken;
    /** All changes up to here have been carried in {@link #carriedTerm}, and are durable in their indexes. */
    private long carriedLsn;
    /** 0 when nothing has been carried since this replica leads. */
    private long carriedTerm;
    /** What is left of the time until carried changes leave the outbox. */
    private long nanosToNote;

    private @Nullable Throwable failure;
    private @Nullable Thread thread;

    /** The running thread's: entries and bytes carried and not noted, and the last one's LSN. */
    private int unnotedEntries;

    private long unnotedBytes;
    private long unnotedLsn;

    IndexPropagator(
            ReplicationGroup group,
            PartitionStateMachine machine,
            IndexTargets targets,
            Sink sink,
            PropagationSettings settings) {
        this.group = group;
        this.machine = machine;
        this.outbox = machine.outbox();
        this.targets = targets;
        this.sink = sink;
        this.settings = settings;
    }

    /** From now on changes are carried from here, beginning with what the outbox has. */
    void lead() {
        lock.lock();
        try {
            leading = true;
            failure = null;
            carriedLsn = 0;
            carriedTerm = 0;
            if (thread == null && !closed) {
                thread = Thread.ofVirtual()
                        .name("index-propagator-" + group.id())
                        .start(this::run);
            }
            wakeLocked();
        } finally {
            lock.unlock();
        }
    }

    /** Somebody else carries them. Does not wait for what is under way: its term is over. */
    void follow() {
        lock.lock();
        try {
            leading = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** There is, or may be, something to carry. Quick, for the applying thread. */
    void wake() {
        lock.lock();
        try {
            if (leading) {
                wakeLocked();
            }
        } finally {
            lock.unlock();
        }
    }

    private void wakeLocked() {
        woken = true;
        changed.signalAll();
    }

    private void run() {
        try {
            boolean isRefused = false;
            while (awaitTurn()) {
                isRefused = !turnSucceeds(isRefused);
            }
        } catch (Throwable failed) { // whatever it is, nobody may wait for this thread any more
            if (!isClosed()) {
                log.error("Global indexes fed by group {} no longer follow their tables", group.id(), failed);
            }
            end(failed);
        }
    }

    /** Waits for something to do; false when closed. */
    private boolean awaitTurn() {
        lock.lock();
        try {
            while (!closed) {
                if (leading && (woken || isNoteDue())) {
                    woken = false;
                    return true;
                }
                if (leading && unnotedEntries > 0) {
                    nanosToNote = changed.awaitNanos(nanosToNote);
                } else {
                    changed.awaitUninterruptibly();
                }
            }
            return false;
        } catch (InterruptedException stopped) {
            throw new IllegalStateException("the index propagator was interrupted", stopped);
        } finally {
            lock.unlock();
        }
    }

    private boolean isNoteDue() {
        return unnotedEntries > 0 && nanosToNote <= 0;
    }

    /**
     * A log that takes no writes, as on a full disk, may take them again later. Until then the indexes stay behind, and
     * the outbox keeps what they lack.
     */
    private boolean turnSucceeds(boolean isKnownToFail) {
        long term = group.term();
        try {
            turn(term);
            return true;
        } catch (NotLeaderException | NotHereException early) {
            retry(group.term() == term);
            return !isKnownToFail;
        } catch (ReplicationException refused) {
            if (!isKnownToFail) {
                log.warn("Global indexes fed by group {} wait for its log", group.id(), refused);
            }
            retry(true);
            return false;
        }
    }

    private void retry(boolean afterPause) {
        lock.lock();
        try {
            long left = afterPause ? settings.retryNanos() : 0;
            while (!closed && leading && !woken && left > 0) {
                left = changed.awaitNanos(left);
            }
            woken = true;
        } catch (InterruptedException stopped) {
            throw new IllegalStateException("the index propagator was interrupted", stopped);
        } finally {
            lock.unlock();
        }
    }

    private void turn(long term) {
        group.readBarrier(); // behind it, all that earlier terms have done shows here, and in this one only we carry
        beginWith(term);
        carryOutOfLog(term);
        long applied = machine.appliedLsn();
        var entries = outbox.after(carriedLsn(), settings.batchEntriesMax(), settings.batchBytesMax());
        if (entries.isEmpty()) {
            reach(applied, term);
        } else {
            carry(entries.stream().map(IndexOutbox.Entry::changes).toList(), term);
            carried(entries, term);
        }
        if (isNoteDue() || unnotedEntries >= settings.noteEveryEntries() || unnotedBytes >= settings.noteEveryBytes()) {
            note(unnotedLsn, term);
        }
    }

    private void carried(List<IndexOutbox.Entry> entries, long term) {
        if (unnotedEntries == 0) {
            nanosToNote = settings.noteAfterNanos();
        }
        unnotedEntries += entries.size();
        entries.forEach(entry -> unnotedBytes += entry.bytes());
        unnotedLsn = entries.getLast().lsn();
        reach(unnotedLsn, term);
        wake(); // there may be more
    }

    private void carry(List<List<IndexChange>> changes, long term) {
        var byPartition = new LinkedHashMap<Long, List<IndexChange>>();
        changes.forEach(ofEntry -> ofEntry.forEach(change -> split(change, byPartition)));
        byPartition.forEach((partition, ofPartition) -> sink.apply(partition, ofPartition, term));
    }

    /** A change may leave one partition of the index and come to another. */
    private void split(IndexChange change, Map<Long, List<IndexChange>> changes) {
        if (change.removed() != null) {
            var removal = new IndexChange(change.indexTableId(), change.removed(), null, null);
            targets.partitionOf(change.indexTableId(), change.removed())
                    .ifPresent(partition -> changes.computeIfAbsent(partition, _ -> new ArrayList<>())
                            .add(removal));
        }
        if (change.added() != null) {
            var addition = new IndexChange(change.indexTableId(), null, change.added(), change.entry());
            targets.partitionOf(change.indexTableId(), change.added())
                    .ifPresent(partition -> changes.computeIfAbsent(partition, _ -> new ArrayList<>())
                            .add(addition));
        }
    }

    /** A data folder from before there was an outbox: its log has the changes that were not carried then. */
    private void carryOutOfLog(long term) {
        long progress = machine.loggedProgress();
        if (progress == PartitionStateMachine.NO_PROGRESS) {
            return;
        }
        long through = group.appliedLsn();
        try (var tail = group.tail(progress)) {
            while (tail.position() < through) {
                var entries = tail.poll(settings.batchEntriesMax());
                if (entries.isEmpty()) {
                    throw new IllegalStateException("the log ends at " + tail.position() + ", before " + through);
                }
                carry(
                        entries.stream()
                                .map(entry ->
                                        PartitionEntry.decode(entry.payload()).indexChanges())
                                .toList(),
                        term);
            }
        }
        reach(through, term);
        note(through, term);
    }

    /** Lets changes that have been carried leave the outbox. */
    private void note(long lsn, long term) {
        group.propose(new PartitionEntry.Progress(lsn).encode(), term).await();
        lock.lock();
        try {
            unnotedEntries = 0;
            unnotedBytes = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private long carriedLsn() {
        lock.lock();
        try {
            return carriedLsn;
        } finally {
            lock.unlock();
        }
    }

    private void beginWith(long term) {
        lock.lock();
        try {
            if (carriedTerm != term) {
                carriedTerm = term;
                carriedLsn = 0;
                unnotedEntries = 0;
                unnotedBytes = 0;
            }
        } finally {
            lock.unlock();
        }
    }

    private void reach(long lsn, long term) {
        lock.lock();
        try {
            if (carriedTerm == term) {
                carriedLsn = Math.max(carriedLsn, lsn);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until all changes of entries up to that LSN, which are applied here, are durable in their indexes.
     *
     * @return whether they were in time
     * @throws NotLeaderException when this replica does not lead, or ceases to
     */
    boolean awaitCarried(long lsn, long nanosMax) {
        return await(() -> carriedLsn >= lsn || nothingWaitsThrough(lsn), nanosMax);
    }

    private boolean nothingWaitsThrough(long lsn) {
        return machine.loggedProgress() == PartitionStateMachine.NO_PROGRESS
                && outbox.firstAfter(carriedLsn).orElse(Long.MAX_VALUE) > lsn;
    }

    /** Waits until nothing is left in the outbox, nor to be carried out of the log. */
    boolean awaitEmpty(long nanosMax) {
        return await(
                () -> machine.loggedProgress() == PartitionStateMachine.NO_PROGRESS
                        && outbox.firstAfter(0).isEmpty(),
                nanosMax);
    }

    private interface Goal {
        boolean isReached();
    }

    private boolean await(Goal goal, long nanosMax) {
        long left = nanosMax;
        boolean interrupted = false;
        lock.lock();
        try {
            while (!goal.isReached()) {
                if (closed || failure != null) {
                    throw new IllegalStateException("the index propagator has stopped", failure);
                }
                if (!leading) {
                    throw new NotLeaderException("group " + group.id() + " is not led from here", null);
                }
                if (left <= 0) {
                    return false;
                }
                try {
                    left = changed.awaitNanos(left);
                } catch (InterruptedException stop) {
                    interrupted = true; // who asked for the wait gets it
                }
            }
            return true;
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void end(Throwable cause) {
        lock.lock();
        try {
            failure = cause;
            thread = null; // the next leadership tries again
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Stops at the next turn; what has not been carried is carried after the next start. */
    @Override
    public void close() {
        Thread running;
        lock.lock();
        try {
            closed = true;
            running = thread;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (running != null) {
            try {
                running.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
