package dev.evenkeel.replication;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A Raft group's log and vote in memory, for a cluster in one process that keeps nothing. */
public final class MemoryRaftLog implements RaftLog {
    private final ReentrantLock lock = new ReentrantLock();
    private final RaftEntries entries = new RaftEntries();
    private long first = 1;
    private long last;
    private Vote vote = Vote.NONE;
    private boolean closed;

    @Override
    public long firstIndex() {
        lock.lock();
        try {
            return first;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long lastIndex() {
        lock.lock();
        try {
            return last;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable RaftEntry entry(long index) {
        lock.lock();
        try {
            return entries.get(index);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void append(List<RaftEntry> added) {
        change(() -> {
            RaftLog.checkFollows(added, last);
            added.forEach(entries::add);
            last += added.size();
        });
    }

    @Override
    public void truncatePrefix(long firstKept) {
        RaftLog.checkIndex(firstKept);
        change(() -> {
            entries.dropBefore(firstKept);
            first = Math.max(first, firstKept);
            last = Math.max(last, first - 1);
        });
    }

    @Override
    public void truncateSuffix(long lastKept) {
        change(() -> {
            RaftLog.checkLastKept(lastKept, first, last);
            entries.dropAfter(lastKept);
            last = lastKept;
        });
    }

    @Override
    public void reset(long nextIndex) {
        RaftLog.checkIndex(nextIndex);
        change(() -> {
            entries.dropAfter(0);
            first = nextIndex;
            last = nextIndex - 1;
        });
    }

    @Override
    public Vote vote() {
        lock.lock();
        try {
            return vote;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void vote(Vote cast) {
        change(() -> vote = cast);
    }

    private void change(Runnable what) {
        lock.lock();
        try {
            if (closed) {
                throw new LogUnavailableException("the log is closed", null);
            }
            what.run();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
