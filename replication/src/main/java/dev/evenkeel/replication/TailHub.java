package dev.evenkeel.replication;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where a group's applied entries pass by on their way to its tails. Keeps the recent ones in memory while there is a
 * tail: all that a tail still needs when there is nowhere else to read them, otherwise up to a bound.
 */
final class TailHub {
    /** Entries that have left memory. */
    interface OlderEntries {
        /** Refuses a tail whose entries are not all there. Called under the hub's lock, so that no reclaim comes between. */
        void checkRetained(long afterLsn);

        /** A reader behind an LSN, for one tail. */
        OlderReader reader(long afterLsn);
    }

    /** Reads on from where it stands. */
    interface OlderReader extends AutoCloseable {
        /** The next entries up to an LSN, at least one. */
        List<LogEntry> read(long throughLsn, int entriesMax, long bytesMax);

        @Override
        void close();
    }

    /** Bytes that one call of a tail returns at most, unless a single entry is larger. */
    static final long BATCH_BYTES_MAX = 4 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition published = lock.newCondition();
    private final Condition roomier = lock.newCondition();
    private final int groupId;
    private final long bytesMax;
    private final @Nullable OlderEntries older;
    private final EntryRing recent = new EntryRing();
    private final List<GroupTail> tails = new ArrayList<>();
    private volatile long appliedLsn;
    private volatile boolean crowded;
    private boolean closed;

    /** @param older null when entries are nowhere but in memory; then none that a tail needs is dropped */
    TailHub(int groupId, long appliedLsn, long bytesMax, @Nullable OlderEntries older) {
        this.groupId = groupId;
        this.appliedLsn = appliedLsn;
        this.bytesMax = bytesMax;
        this.older = older;
    }

    long appliedLsn() {
        return appliedLsn;
    }

    /** Entries that have just been applied, following those before. One thread at a time. */
    void publish(List<LogEntry> entries) {
        lock.lock();
        try {
            if (!tails.isEmpty()) {
                for (var entry : entries) {
                    recent.add(entry);
                }
                trim();
                published.signalAll();
            }
            appliedLsn = entries.getLast().lsn();
        } finally {
            lock.unlock();
        }
    }

    /** Lets a writer wait, for a while, until the tails have caught up; not one who reads a tail itself. */
    void awaitRoom(long nanosMax) {
        if (!crowded) {
            return;
        }
        lock.lock();
        try {
            long left = nanosMax;
            while (crowded && left > 0 && !isReader(Thread.currentThread())) {
                left = roomier.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the write itself is not to be lost for it
        } finally {
            lock.unlock();
        }
    }

    private boolean isReader(Thread thread) {
        for (var tail : tails) {
            if (tail.reader == thread) {
                return true;
            }
        }
        return false;
    }

    LogTail open() {
        lock.lock();
        try {
            return opened(appliedLsn);
        } finally {
            lock.unlock();
        }
    }

    LogTail open(long afterLsn) {
        lock.lock();
        try {
            if (afterLsn < 0 || afterLsn > appliedLsn) {
                throw new IllegalArgumentException("a tail after " + afterLsn + " of a log at " + appliedLsn);
            }
            if (afterLsn < appliedLsn && !recent.holds(afterLsn + 1)) {
                if (older == null) {
                    throw new LogTruncatedException(
                            "group " + groupId + ": the entries after " + afterLsn + " are gone", null);
                }
                older.checkRetained(afterLsn);
            }
            return opened(afterLsn);
        } finally {
            lock.unlock();
        }
    }

    private GroupTail opened(long afterLsn) {
        if (closed) {
            throw new IllegalStateException("group " + groupId + " is closed");
        }
        var tail = new GroupTail(afterLsn);
        tails.add(tail);
        return tail;
    }

    /** The lowest LSN that some tail has not passed, less one; the highest number there is when there are no tails. */
    long pinnedLsn() {
        lock.lock();
        try {
            return lowestPin();
        } finally {
            lock.unlock();
        }
    }

    /** Runs something while no tail can be opened or moved. */
    void whileStill(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            for (var tail : List.copyOf(tails)) {
                tail.close();
            }
        } finally {
            lock.unlock();
        }
    }

    private long lowestPin() {
        long lowest = Long.MAX_VALUE;
        for (var tail : tails) {
            lowest = Math.min(lowest, tail.pin);
        }
        return lowest;
    }

    private void trim() {
        recent.dropThrough(lowestPin());
        if (older != null) {
            recent.trimTo(bytesMax);
            return;
        }
        boolean nowCrowded = recent.bytes() > bytesMax;
        if (crowded != nowCrowded) {
            crowded = nowCrowded;
            roomier.signalAll();
        }
    }

    /** A tail; everything but the reading of older entries happens under the hub's lock. */
    private final class GroupTail implements LogTail {
        private volatile long position;
        private long pin;
        private boolean done;
        private @Nullable Thread reader;
        private @Nullable OlderReader olderReader; // the reading thread's own

        GroupTail(long afterLsn) {
            this.position = afterLsn;
            this.pin = afterLsn;
        }

        @Override
        public List<LogEntry> next(int entriesMax) {
            return take(entriesMax, true);
        }

        @Override
        public List<LogEntry> poll(int entriesMax) {
            return take(entriesMax, false);
        }

        private List<LogEntry> take(int entriesMax, boolean wait) {
            if (entriesMax < 1) {
                throw new IllegalArgumentException("at most " + entriesMax + " entries");
            }
            long through;
            lock.lock();
            try {
                reader = Thread.currentThread();
                pin = position;
                trim();
                if (!ready(wait)) {
                    return List.of();
                }
                if (recent.holds(position + 1)) {
                    return returned(recent.from(position + 1, entriesMax, BATCH_BYTES_MAX));
                }
                through = appliedLsn;
            } finally {
                lock.unlock();
            }
            return takeOlder(through, entriesMax);
        }

        private boolean ready(boolean wait) {
            while (!done && position >= appliedLsn) {
                if (!wait) {
                    return false;
                }
                try {
                    published.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            if (done) {
                closeOlderReader();
            }
            return !done;
        }

        /** Our pin keeps these entries in the log while we read them without the lock. */
        private List<LogEntry> takeOlder(long through, int entriesMax) {
            if (older == null) {
                throw new IllegalStateException("group " + groupId + " lost the entry after " + position);
            }
            if (olderReader == null) {
                olderReader = older.reader(position);
            }
            return returned(olderReader.read(through, entriesMax, BATCH_BYTES_MAX));
        }

        private List<LogEntry> returned(List<LogEntry> entries) {
            position = entries.getLast().lsn();
            if (recent.holds(position + 1)) {
                closeOlderReader();
            }
            return entries;
        }

        private void closeOlderReader() {
            if (olderReader != null) {
                olderReader.close();
                olderReader = null;
            }
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                done = true;
                tails.remove(this);
                trim();
                published.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
