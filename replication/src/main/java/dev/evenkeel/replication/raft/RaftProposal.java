package dev.evenkeel.replication.raft;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.error.RaftError;
import dev.evenkeel.replication.Awaited;
import dev.evenkeel.replication.NotLeaderException;
import dev.evenkeel.replication.OutcomeUnknownException;
import dev.evenkeel.replication.Proposal;

/**
 * An entry on its way through the engine. The engine tells its failures through {@link #run}; that it is applied is told
 * by the thread that applied it.
 */
final class RaftProposal extends Awaited<RaftProposal.Outcome> implements Proposal, Closure {
    /** How it ended. */
    sealed interface Outcome {
        record Applied() implements Outcome {}

        /** Surely not in effect, now or later. */
        record Lost(String reason) implements Outcome {}

        record Unknown(String reason) implements Outcome {}
    }

    static final Outcome APPLIED = new Outcome.Applied();

    private final ProposalQueue queue;
    private final long lsn;
    /** The group's term in which it was proposed. */
    private final long term;
    /** The engine's term. */
    private final long raftTerm;

    private final int bytes;

    RaftProposal(ProposalQueue queue, long lsn, long term, long raftTerm, int bytes) {
        this.queue = queue;
        this.lsn = lsn;
        this.term = term;
        this.raftTerm = raftTerm;
        this.bytes = bytes;
    }

    @Override
    public long lsn() {
        return lsn;
    }

    long term() {
        return term;
    }

    long raftTerm() {
        return raftTerm;
    }

    int bytes() {
        return bytes;
    }

    /**
     * The engine's word. EPERM means two things: that the entry was refused, and that leadership was lost while it was in
     * flight, when it may be committed all the same. Their texts tell which; a test holds them to the engine's release.
     */
    @Override
    public void run(Status status) {
        var reason = String.valueOf(status.getErrorMsg());
        if (status.getRaftError() == RaftError.EBUSY
                || status.getRaftError() == RaftError.ENODESHUTDOWN
                || (status.getRaftError() == RaftError.EPERM
                        && (reason.startsWith("Is not leader") || reason.startsWith("expected_term")))) {
            queue.lost(this, reason);
        } else {
            queue.inDoubt(this, reason);
        }
    }

    /** What was said first stays. Under the queue's lock. */
    @Override
    protected void complete(Outcome result) {
        if (!isComplete()) {
            super.complete(result);
        }
    }

    @Override
    public void await() {
        switch (outcome()) {
            case Outcome.Applied _ -> {}
            case Outcome.Lost(var reason) -> throw new NotLeaderException(reason, null);
            case Outcome.Unknown(var reason) -> throw new OutcomeUnknownException(reason, null);
        }
    }
}
