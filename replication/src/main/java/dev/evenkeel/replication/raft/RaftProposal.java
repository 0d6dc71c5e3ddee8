package dev.evenkeel.replication.raft;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.error.RaftError;
import dev.evenkeel.replication.LogUnavailableException;
import dev.evenkeel.replication.NotLeaderException;
import dev.evenkeel.replication.OutcomeUnknownException;
import dev.evenkeel.replication.Proposal;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An entry on its way through the engine. The engine tells its failures through {@link #run}; that it is applied is told
 * by the thread that applied it.
 */
final class RaftProposal implements Proposal, Closure {
    /** How it ended. */
    sealed interface Outcome {
        record Applied() implements Outcome {}

        /** Surely not in effect, now or later. */
        record Lost(String reason) implements Outcome {}

        /** Nothing of this group is taken until an operator or time helps. */
        record Unavailable(String reason) implements Outcome {}

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
    private volatile @Nullable Outcome outcome;
    private volatile @Nullable Thread waiter;

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
    void complete(Outcome result) {
        if (outcome != null) {
            return;
        }
        outcome = result;
        var thread = waiter;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    boolean isComplete() {
        return outcome != null;
    }

    @Override
    public void await() {
        var result = outcome;
        switch (result == null ? parked() : result) {
            case Outcome.Applied _ -> {}
            case Outcome.Lost(var reason) -> throw new NotLeaderException(reason, null);
            case Outcome.Unavailable(var reason) -> throw new LogUnavailableException(reason, null);
            case Outcome.Unknown(var reason) -> throw new OutcomeUnknownException(reason, null);
        }
    }

    private Outcome parked() {
        boolean interrupted = false;
        waiter = Thread.currentThread();
        Outcome result;
        while ((result = outcome) == null) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        waiter = null;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return result;
    }
}
