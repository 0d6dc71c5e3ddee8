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
 * <p>A leader that hands over gives its lease up first, for its whole term, and tells its successor to campaign. Votes
 * asked for by that campaign carry a mark and pass. A command that comes late does no harm: the leader of that term
 * never uses its lease again. For any thread.
 */
final class VoteGuard {
    private final Ticker ticker;
    private final long holdNanos;
    private long heardTerm = -1;
    private long heldSinceNanos;
    private boolean holds;
    private long handoverTerm = -1;

    /** @param isNew whether the replica can have made no promise before: it has never voted and has no log */
    VoteGuard(Ticker ticker, long holdNanos, boolean isNew) {
        this.ticker = ticker;
        this.holdNanos = holdNanos;
        this.holds = !isNew;
        this.heldSinceNanos = ticker.nanos();
    }

    /** A leader has been heard. To be called before it is answered. */
    synchronized void heard(long term) {
        if (term >= heardTerm) {
            heardTerm = term;
            heldSinceNanos = ticker.nanos();
            holds = true;
        }
    }

    /** The leader of that term has told this replica to campaign. */
    synchronized void handedOver(long term) {
        handoverTerm = term;
    }

    /** Whether a campaign of this replica for that term was asked for by the leader before. */
    synchronized boolean isHandover(long candidateTerm) {
        return candidateTerm == handoverTerm + 1;
    }

    /** Whether this replica may vote, or ask for votes. */
    synchronized boolean mayVote(boolean isHandover) {
        return isHandover || !holds || ticker.nanos() - heldSinceNanos >= holdNanos;
    }
}
