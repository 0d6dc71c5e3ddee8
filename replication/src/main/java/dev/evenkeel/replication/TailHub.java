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
        /** A reader behind an LSN, for one tail. */
        OlderReader reader(long afterLsn);
    }

    /** Reads on from where it stands. */
    interface OlderReader extends AutoCloseable {
        /** The next entries up to an LSN, at least one unless the thread is interrupted. */
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
    /** The log may have lost the entries up to here. */
    private long forgottenLsn;

    /**
     * @param forgottenLsn up to where the log has no entries any more
     * @param older null when entries are nowhere but in memory; then none that a tail needs is dropped
     */
    TailHub(int groupId, long appliedLsn, long forgottenLsn, long bytesMax, @Nullable OlderEntries older) {
        this.groupId = groupId;
        this.appliedLsn = appliedLsn;
        this.forgottenLsn = forgottenLsn;
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
            boolean isGone = older == null ? !recent.holds(afterLsn + 1) : afterLsn < forgottenLsn;
            if (afterLsn < appliedLsn && isGone) {
                throw new LogTruncatedException(
                        "group " + groupId + ": the log no longer has the entries after " + afterLsn, null);
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

    /** Agrees that the entries up to an LSN are deleted, unless a tail needs them; then no tail can ask for them again. */
    boolean forget(long throughLsn) {
        lock.lock();
        try {
            if (lowestPin() < throughLsn) {
                return false;
            }
            forgottenLsn = Math.max(forgottenLsn, throughLsn);
            return true;
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
        /** Used without the lock, by the reading thread only, while {@code readingOlder}. */
        private @Nullable OlderReader olderReader;

        private boolean readingOlder;

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
            OlderReader source;
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
                    closeOlderReader();
                    return passed(recent.from(position + 1, entriesMax, BATCH_BYTES_MAX));
                }
                through = appliedLsn;
                source = olderReader();
                readingOlder = true;
            } finally {
                lock.unlock();
            }
            try {
                return passed(source.read(through, entriesMax, BATCH_BYTES_MAX)); // our pin keeps them in the log
            } finally {
                doneReadingOlder();
            }
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
            return !done;
        }

        private List<LogEntry> passed(List<LogEntry> entries) {
            if (!entries.isEmpty()) {
                position = entries.getLast().lsn();
            }
            return entries;
        }

        private OlderReader olderReader() {
            if (older == null) {
                throw new IllegalStateException("group " + groupId + " lost the entry after " + position);
            }
            if (olderReader == null) {
                olderReader = older.reader(position);
            }
            return olderReader;
        }

        private void doneReadingOlder() {
            lock.lock();
            try {
                readingOlder = false;
                if (done) {
                    closeOlderReader();
                }
            } finally {
                lock.unlock();
            }
        }

        private void closeOlderReader() {
            if (olderReader != null && !readingOlder) {
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
                closeOlderReader();
                trim();
                published.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
