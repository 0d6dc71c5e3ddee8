package dev.evenkeel.replication;

/** An entry on its way into a group's log. */
public interface Proposal {

    /** Its position, should it be committed. */
    long lsn();

    /**
     * Waits until the entry is durable and applied. Any number of calls, but one thread at a time. An interrupt does not
     * end the wait, and stays set.
     *
     * @throws NotLeaderException, LogUnavailableException when the entry is surely not in the log
     * @throws OutcomeUnknownException when nobody can tell yet
     */
    void await();
}
