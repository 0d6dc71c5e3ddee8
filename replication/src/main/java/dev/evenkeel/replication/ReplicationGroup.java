package dev.evenkeel.replication;

/**
 * This node's replica of a replication group: replicas that share one log and have one leader.
 *
 * <p>A leader decides what a write comes to by looking at the state and at the proposals still in flight. If one of
 * those is lost, whatever was built on it must be lost too, including what is proposed later in ignorance of the loss.
 * That is what {@link #term} is for: it changes whenever proposals may have been lost, and {@link #propose(byte[], long)}
 * takes nothing from another term. So: read the term, then the state, then propose with that term; when the term has
 * changed, forget everything in flight and read the state again.
 *
 * <p>Safe for any thread.
 */
public interface ReplicationGroup extends AutoCloseable {

    int id();

    /** The current term: 1 or more, only ever rising. */
    long term();

    /**
     * Appends an entry to the group's log. The order of calls is the order of LSNs, which may have gaps. Waits while too much is
     * queued. Not to be called from {@link StateMachine#apply}.
     *
     * @param entry at most {@link LogEntry#PAYLOAD_BYTES_MAX} bytes; never changed afterwards
     * @param term the term in which the caller read the state that the entry builds on
     * @throws NotLeaderException when this replica does not lead, or the term has changed: surely not appended
     * @throws LogUnavailableException when the log takes no entries: surely not appended
     */
    Proposal propose(byte[] entry, long term);

    /** Proposes an entry that builds on no state and no other entry. */
    default Proposal propose(byte[] entry) {
        return propose(entry, term());
    }

    /**
     * Returns when this replica may answer a strong read from its state machine; holds for what is read afterwards.
     *
     * @throws NotLeaderException when it may not
     */
    void readBarrier();

    /**
     * As {@link #readBarrier}, where others answer from replicas that only follow: covers also what was applied there before
     * the call. A follower may be ahead of its leader, which commits first and applies afterwards.
     *
     * @throws NotLeaderException when this replica may not answer
     */
    default void readBarrierForAll() {
        readBarrier();
    }

    /** The LSN of the last entry applied, 0 before the first. */
    long appliedLsn();

    /**
     * The committed and applied entries after an LSN, in order. The log keeps them until the tail has passed them.
     *
     * @param afterLsn 0 up to {@link #appliedLsn}
     * @throws LogTruncatedException when the log no longer has all of them
     */
    LogTail tail(long afterLsn);

    /** The entries after the last one applied now; {@link LogTail#position} tells which that is. */
    LogTail tail();

    /** Tells whether this replica leads, as it is now and from now on. One that always leads says so at once. */
    default void listen(LeadershipListener listener) {
        listener.lead();
    }

    /** Takes no more proposals, waits for those in flight. The state machine is the caller's to close. */
    @Override
    void close();
}
