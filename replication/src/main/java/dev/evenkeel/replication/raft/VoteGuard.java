package dev.evenkeel.replication.raft;

import dev.evenkeel.model.Ticker;

/**
 * One replica's promise to its leader: not to help another one to leadership for an election timeout after it was heard.
 * Lease reads rest on it (see {@link LeaderLease}).
 *
 * <p>The engine keeps that promise only when it is asked whether it <em>would</em> vote. Between that and the vote it may
 * hear the leader again, and forgets; so may a candidate between the answers it got and its own campaign; and a voter
 * that restarts has forgotten everything. Hence this guard before votes come in and before they are asked for.
 *
 * <p>A leader that hands over gives its lease up first, and tells its successor to campaign. Votes asked for by that campaign
 * carry the number of the hand-over and pass; unless the leader has been heard to have given that hand-over up, for then it
 * may have its lease again, or this voter has restarted and cannot know. For any thread.
 */
final class VoteGuard {
    private final Ticker ticker;
    private final long holdNanos;
    private final long begunNanos;
    private final boolean isNew;
    private long heardTerm = -1;

    /** Up to which number the leader of that term has given hand-overs up. */
    private int givenUp;

    private long heldSinceNanos;
    private boolean holds;
    private long handoverTerm = -1;
    private int handover;

    /** @param isNew whether the replica can have made no promise before: it has never voted and has no log */
    VoteGuard(Ticker ticker, long holdNanos, boolean isNew) {
        this.ticker = ticker;
        this.holdNanos = holdNanos;
        this.isNew = isNew;
        this.holds = !isNew;
        this.begunNanos = ticker.nanos();
        this.heldSinceNanos = begunNanos;
    }

    /**
     * A leader has been heard. To be called before it is answered.
     *
     * @param handoversGivenUp up to which number it has given hand-overs up; 0 when it does not say
     */
    synchronized void heard(long term, int handoversGivenUp) {
        if (term >= heardTerm) {
            givenUp = term == heardTerm ? Math.max(givenUp, handoversGivenUp) : handoversGivenUp;
            heardTerm = term;
            heldSinceNanos = ticker.nanos();
            holds = true;
        }
    }

    /** The leader of that term has told this replica to campaign, by the hand-over of that number. */
    synchronized void handedOver(long term, int number) {
        handoverTerm = term;
        handover = number;
    }

    /** The hand-over by which the leader before has asked for a campaign of this replica for that term; 0 when it has not. */
    synchronized int handover(long candidateTerm) {
        return candidateTerm == handoverTerm + 1 ? handover : 0;
    }

    /**
     * Whether this replica may vote, or ask for votes.
     *
     * @param number of the hand-over that asked for the campaign; 0 when none did
     */
    synchronized boolean mayVote(long candidateTerm, int number) {
        return (number > 0 && counts(candidateTerm - 1, number))
                || !holds
                || ticker.nanos() - heldSinceNanos >= holdNanos;
    }

    private boolean counts(long ofTerm, int number) {
        boolean isGivenUp = ofTerm == heardTerm && number <= givenUp;
        boolean isForgotten = !isNew && ticker.nanos() - begunNanos < holdNanos;
        return !isGivenUp && !isForgotten;
    }
}
