package dev.evenkeel.partition;

import dev.evenkeel.replication.LogEntry;
import dev.evenkeel.replication.LogTail;
import dev.evenkeel.replication.ReplicationException;
import dev.evenkeel.replication.ReplicationGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a group's index changes to the global indexes: follows the log behind the writes, which never wait for it
 * (mechanism M11).
 *
 * <p>Changes are physical and are applied in log order, so applying some of them again after a restart leads to the same
 * end. Therefore progress need not be exact: it is put into the group's own log every so often, and behind a crash the
 * changes since then are simply carried again.
 */
final class IndexPropagator implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(IndexPropagator.class);

    /** Entries taken at a time: what one index partition gets in one log entry at most. */
    private static final int BATCH_ENTRIES_MAX = 256;

    /** Progress is noted when so many entries with changes have been carried: what a restart may carry twice. */
    private static final int NOTE_EVERY_ENTRIES = 4_096;

    /** It is also noted when so much log lies behind it, changes or not: what the log must keep for a restart. */
    private static final long NOTE_EVERY_BYTES = 16L << 20;

    /** How long after a refusal by the log the next attempt is made. */
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Applies changes to one index partition; they are durable when it returns. */
    interface Sink {
        void apply(long indexPartition, List<IndexChange> changes);
    }

    private final ReplicationGroup group;
    private final IndexTargets targets;
    private final Sink sink;
    private final LogTail tail;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private long carriedLsn;
    private boolean closed;
    private @Nullable Throwable failure;

    private int entriesSinceNote;
    private long bytesSinceNote;
    private @Nullable Thread thread;

    IndexPropagator(ReplicationGroup group, LogTail tail, IndexTargets targets, Sink sink) {
        this.group = group;
        this.targets = targets;
        this.sink = sink;
        this.carriedLsn = tail.position();
        this.tail = tail;
    }

    void start() {
        thread = Thread.ofVirtual().name("index-propagator-" + group.id()).start(this::run);
    }

    private void run() {
        try {
            while (true) {
                var entries = tail.next(BATCH_ENTRIES_MAX);
                if (entries.isEmpty()) {
                    return; // closed
                }
                carryPersistently(entries);
            }
        } catch (
                Throwable
                        failed) { // whatever it is, nobody may wait for this thread any more, nor the log for its tail
            if (!isClosed()) {
                log.error("Global indexes fed by group {} no longer follow their tables", group.id(), failed);
            }
            end(failed);
            tail.close();
        }
    }

    /**
     * A log that takes no writes, as on a full disk, may take them again later. Until then the indexes stay behind, and
     * the log keeps what they lack.
     */
    private void carryPersistently(List<LogEntry> entries) {
        boolean hasFailed = false;
        while (!isClosed()) {
            try {
                carry(entries);
                return;
            } catch (ReplicationException refused) {
                if (!hasFailed) {
                    log.warn("Global indexes fed by group {} wait for its log", group.id(), refused);
                    hasFailed = true;
                }
                pause();
            }
        }
    }

    private void pause() {
        lock.lock();
        try {
            long left = RETRY_NANOS;
            while (!closed && left > 0) {
                left = moved.awaitNanos(left);
            }
        } catch (InterruptedException stopped) {
            throw new IllegalStateException("the index propagator was interrupted", stopped);
        } finally {
            lock.unlock();
        }
    }

    private void carry(List<LogEntry> entries) {
        var changes = new LinkedHashMap<Long, List<IndexChange>>();
        for (var entry : entries) {
            bytesSinceNote += entry.payload().length;
            if (PartitionEntry.decode(entry.payload()) instanceof PartitionEntry.Write write
                    && !write.indexChanges().isEmpty()) {
                write.indexChanges().forEach(change -> split(change, changes));
                entriesSinceNote++;
            }
        }
        changes.forEach(sink::apply);
        long reached = entries.getLast().lsn();
        if (entriesSinceNote >= NOTE_EVERY_ENTRIES || bytesSinceNote >= NOTE_EVERY_BYTES) {
            note(reached);
        }
        reach(reached);
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

    /** Puts progress into the log, so that the log before it may go. */
    private void note(long lsn) {
        group.propose(new PartitionEntry.Progress(lsn).encode()).await();
        entriesSinceNote = 0;
        bytesSinceNote = 0;
    }

    private void reach(long lsn) {
        lock.lock();
        try {
            carriedLsn = lsn;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all changes of entries up to that LSN are durable in their indexes. */
    void awaitCarried(long lsn) {
        lock.lock();
        try {
            while (carriedLsn < lsn) {
                if (closed || failure != null) {
                    throw new IllegalStateException("the index propagator has stopped", failure);
                }
                moved.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
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

    private void end(@Nullable Throwable cause) {
        lock.lock();
        try {
            if (cause == null) {
                closed = true;
            } else {
                failure = cause;
            }
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Stops at the next entry; what has not been carried is carried after the next start. */
    @Override
    public void close() {
        end(null);
        tail.close();
        var running = thread;
        if (running != null) {
            try {
                running.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
