package dev.evenkeel.replication;

import java.util.List;

/** What a group's log is applied to. The group calls {@link #apply} from one thread at a time. */
public interface StateMachine {

    /**
     * Takes the next entries, without a gap, in order. When it throws, none or some may have been applied; {@link
     * #appliedLsn} says how far, and the group offers the rest again later. Until then it takes no proposals.
     */
    void apply(List<LogEntry> entries);

    /** The last LSN applied, 0 in a new one. Replay after a restart begins behind it. */
    long appliedLsn();

    /** The last LSN that survives a crash without the log. */
    long persistedLsn();

    /** Makes everything applied so far persistent; returns when it is. Called beside {@link #apply}, from any thread. */
    void persist();

    /**
     * Entries after this LSN must stay in the log even when persisted: for readers that will ask for a {@link LogTail}
     * from there, such as those that have not started again yet. By default nobody does.
     */
    default long neededAfterLsn() {
        return Long.MAX_VALUE;
    }
}
