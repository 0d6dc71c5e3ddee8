package dev.evenkeel.replication;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One Raft group's log and vote, within the log of its node. What changes the entries is called by one thread at a time,
 * {@link #vote(Vote)} by one thread at a time, maybe another; all else by any.
 *
 * <p>A call that throws {@link LogUnavailableException} has surely changed nothing; after {@link
 * OutcomeUnknownException} the log takes nothing more, and a restart tells.
 */
public interface RaftLog extends AutoCloseable {

    /** 1 in a new one; {@code lastIndex() + 1} when it is empty. */
    long firstIndex();

    /** {@code firstIndex() - 1} when it is empty. */
    long lastIndex();

    /**
     * The entry of an index, null outside of first and last.
     *
     * @throws LogCorruptException when the bytes on disk no longer match their checksum
     * @throws LogUnavailableException when the operating system does not let us read
     */
    @Nullable
    RaftEntry entry(long index);

    /** Appends entries that follow the last one, all or none. Returns when they are durable. */
    void append(List<RaftEntry> entries);

    /**
     * Drops the entries before an index; when that is beyond the last one, the log is empty and goes on there. A crash
     * may bring some of what is dropped back, but never leaves a gap.
     */
    void truncatePrefix(long firstKept);

    /**
     * Drops the entries behind an index. Returns when it is certain that they never come back.
     *
     * @param lastKept {@code firstIndex() - 1} up to {@code lastIndex()}
     */
    void truncateSuffix(long lastKept);

    /** Drops everything; the next entry appended has this index. Returns when that is durable. */
    void reset(long nextIndex);

    /** Term 0 and nobody in a new one. */
    Vote vote();

    /** Returns when it is durable. */
    void vote(Vote vote);

    /** Takes no more; waits for what is in flight. */
    @Override
    void close();

    /** The check that opens every append. */
    static void checkFollows(List<RaftEntry> entries, long lastIndex) {
        long before = lastIndex;
        for (var entry : entries) {
            if (entry.index() != before + 1) {
                throw new IllegalArgumentException("entry " + entry.index() + " after " + before);
            }
            before = entry.index();
        }
    }

    /** The check that opens every suffix truncation. */
    static void checkLastKept(long lastKept, long firstIndex, long lastIndex) {
        if (lastKept < firstIndex - 1 || lastKept > lastIndex) {
            throw new IllegalArgumentException(
                    "cannot keep through " + lastKept + " of " + firstIndex + " to " + lastIndex);
        }
    }

    /** The check that opens every reset and prefix truncation. */
    static void checkIndex(long index) {
        if (index < 1) {
            throw new IllegalArgumentException("there is no index " + index);
        }
    }
}
