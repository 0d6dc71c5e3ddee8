package dev.evenkeel.replication;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is durable of one Raft group, and where. Changed by the scan when the log is opened and by the writer from then
 * on; only the prefix goes in the caller's thread, too. Read by anybody.
 */
final class RaftState {
    private final int group;
    private final long recentBytesMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final RaftIndex places = new RaftIndex(); // under the lock
    private final RaftEntries recent = new RaftEntries(); // under the lock
    // written under the lock
    private volatile long first = 1;
    private volatile long last;
    private volatile Vote vote = Vote.NONE;

    RaftState(int group, long recentBytesMax) {
        this.group = group;
        this.recentBytesMax = recentBytesMax;
    }

    long first() {
        return first;
    }

    long last() {
        return last;
    }

    Vote vote() {
        return vote;
    }

    /** The entry when it is one of the newest, which are kept in memory. */
    @Nullable
    RaftEntry recent(long index) {
        lock.lock();
        try {
            return recent.get(index);
        } finally {
            lock.unlock();
        }
    }

    /** Null when the log does not have it. */
    Segments.@Nullable Place place(long index) {
        lock.lock();
        try {
            return index < first ? null : places.find(index);
        } finally {
            lock.unlock();
        }
    }

    boolean isIn(Segment segment) {
        lock.lock();
        try {
            return places.isIn(segment);
        } finally {
            lock.unlock();
        }
    }

    RaftStatement statement() {
        lock.lock();
        try {
            return new RaftStatement(group, first, last, vote);
        } finally {
            lock.unlock();
        }
    }

    /** Entries stand one behind the other from an offset on. */
    void append(Segment segment, long offset, List<RaftEntry> entries) {
        lock.lock();
        try {
            long at = offset;
            for (var entry : entries) {
                places.add(segment, entry.index(), at);
                recent.add(entry);
                at += RecordFormat.bytes(entry);
            }
            last += entries.size();
            recent.trimTo(recentBytesMax);
        } finally {
            lock.unlock();
        }
    }

    /** An entry is found at an offset. */
    void find(Segment segment, long offset, long index) {
        lock.lock();
        try {
            check(index == last + 1, "goes from index " + last + " to " + index);
            places.add(segment, index, offset);
            last = index;
        } finally {
            lock.unlock();
        }
    }

    /** Entries are dropped from the front, as long as there are any. */
    void prefix(long firstKept) {
        lock.lock();
        try {
            first = Math.max(first, Math.min(firstKept, last + 1));
            places.dropBefore(first);
            recent.dropBefore(first);
        } finally {
            lock.unlock();
        }
    }

    /** The first index may be lower than it was before a crash, or than what was cut off: prefixes are durable late. */
    void suffix(long lastKept) {
        lock.lock();
        try {
            check(lastKept <= last, "keeps entries through " + lastKept + " of " + last);
            places.dropAfter(lastKept);
            recent.dropAfter(lastKept);
            last = lastKept;
            first = Math.min(first, lastKept + 1);
        } finally {
            lock.unlock();
        }
    }

    void reset(long nextIndex) {
        lock.lock();
        try {
            places.clear();
            recent.dropAfter(0);
            first = nextIndex;
            last = nextIndex - 1;
        } finally {
            lock.unlock();
        }
    }

    void vote(Vote cast) {
        lock.lock();
        try {
            vote = cast;
        } finally {
            lock.unlock();
        }
    }

    /** A statement about a group that is known from earlier segments. */
    void confirm(RaftStatement statement) {
        check(statement.last() == last, "ends at index " + last + ", but is said to end at " + statement.last());
        check(statement.vote().equals(vote), "voted " + vote + ", but is said to have voted " + statement.vote());
        prefix(statement.first());
    }

    private void check(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException("group " + group + " " + problem);
        }
    }
}
