package dev.evenkeel.replication.raft;

import dev.evenkeel.replication.LogUnavailableException;
import dev.evenkeel.replication.NotLeaderException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A leader's proposals between being given to the engine and being applied. Here they get the LSN they are expected to
 * have, in epochs (see {@link EntryHeader}), and here it is decided what becomes of them when something goes wrong:
 *
 * <pre>
 * the engine refused it                  lost; the epoch ends, what was built on it turns out void
 * applied elsewhere than expected        the same
 * leadership ended while in flight       in doubt: decided when this replica applies the LSN it was to have, as committed
 *                                        by whoever leads next; unknown when that takes too long
 * </pre>
 *
 * <p>The group's {@code term} rises whenever proposals may have been lost. A new epoch of the same leader begins when the
 * engine has given back everything of the one before, and the term rises once more then: who looked at the state while
 * something of the old epoch was still to be applied must look again.
 *
 * <p>A leader may stop and lead again in the same term of the engine: it wanted to hand over, and nobody took it. What it
 * had in flight still is.
 */
final class ProposalQueue {
    /** Below the size of the engine's queues, so that a proposer never waits for room in them under our lock. */
    static final int IN_FLIGHT_MAX = 8_192;

    private static final long BYTES_MAX = 32L << 20;

    /** The engine's side. */
    interface Engine {
        void apply(ByteBuffer entry, RaftProposal proposal, long raftTerm);

        long lastIndex();
    }

    private final int groupId;
    private final Executor afterDoubt;
    private final ReentrantLock order = new ReentrantLock();
    private final Condition room = order.newCondition();
    /** In the order of their LSNs. */
    private final Deque<RaftProposal> undecided = new ArrayDeque<>();

    private volatile long term = 1;
    private @Nullable Engine engine; // null while this replica does not lead
    private long raftTerm;
    private long base;
    private long next;
    private int withEngine;
    private long bytes;
    private boolean draining;
    private @Nullable String ended; // why nothing is proposed any more; null while it may be
    private @Nullable String unavailable;

    /** @param afterDoubt runs what it is given when a new leader must have told what became of a proposal in doubt */
    ProposalQueue(int groupId, Executor afterDoubt) {
        this.groupId = groupId;
        this.afterDoubt = afterDoubt;
    }

    long term() {
        return term;
    }

    /** Whether the engine has given back everything of this leadership. */
    boolean isDrained() {
        order.lock();
        try {
            return withEngine == 0 && bytes == 0;
        } finally {
            order.unlock();
        }
    }

    RaftProposal propose(byte[] payload, long expectedTerm) {
        order.lock();
        try {
            check(expectedTerm);
            while (withEngine >= IN_FLIGHT_MAX || bytes >= BYTES_MAX) {
                room.awaitUninterruptibly();
                check(expectedTerm);
            }
            var leading = leading();
            if (withEngine == 0) { // one of Raft's own entries may have come in between
                base = leading.lastIndex() + 1;
                next = base;
            }
            var header = new EntryHeader(base, (int) (next - base));
            var entry = header.before(payload);
            var proposal = new RaftProposal(this, next++, expectedTerm, raftTerm, entry.length);
            undecided.addLast(proposal);
            withEngine++;
            bytes += entry.length;
            leading.apply(ByteBuffer.wrap(entry), proposal, raftTerm);
            return proposal;
        } finally {
            order.unlock();
        }
    }

    private Engine leading() {
        var leading = engine;
        if (leading == null) {
            throw new NotLeaderException("this replica of group " + groupId + " does not lead", null);
        }
        return leading;
    }

    private void check(long expectedTerm) {
        if (ended != null) {
            throw new LogUnavailableException(ended, null);
        }
        if (unavailable != null) {
            throw new LogUnavailableException(unavailable, null);
        }
        leading();
        if (expectedTerm != term || draining) {
            throw new NotLeaderException("group " + groupId + " is in term " + term, null);
        }
    }

    /** Everything that other leaders committed before is applied: proposals may come. */
    void lead(Engine newEngine, long newRaftTerm) {
        order.lock();
        try {
            engine = newEngine;
            if (newRaftTerm == raftTerm) { // nobody took it over: what was in flight still is
                draining = true;
                beginEpochWhenDrained();
                return;
            }
            raftTerm = newRaftTerm;
            withEngine = 0;
            bytes = 0;
            decideAll(new RaftProposal.Outcome.Lost("another leader took its place in the log"));
            beginEpoch();
        } finally {
            order.unlock();
        }
    }

    void follow() {
        order.lock();
        try {
            if (engine != null) {
                engine = null;
                term++;
                room.signalAll();
            }
        } finally {
            order.unlock();
        }
    }

    /** Refuses proposals for that reason; null ends that, once what is in flight has come back. */
    void unavailable(@Nullable String reason) {
        order.lock();
        try {
            unavailable = reason;
            endEpoch(term);
            room.signalAll();
        } finally {
            order.unlock();
        }
    }

    private void beginEpoch() {
        draining = false;
        term++;
        base = leading().lastIndex() + 1;
        next = base;
    }

    private void endEpoch(long ofTerm) {
        if (engine != null && !draining && ofTerm == term) {
            term++;
            draining = true;
        }
        beginEpochWhenDrained();
    }

    private void beginEpochWhenDrained() {
        if (draining && engine != null && withEngine == 0) {
            beginEpoch();
        }
    }

    /** The engine has refused a proposal. */
    void lost(RaftProposal proposal, String reason) {
        order.lock();
        try {
            returned(proposal);
            undecided.remove(proposal);
            proposal.complete(new RaftProposal.Outcome.Lost(reason));
            endEpoch(proposal.term());
            room.signalAll();
        } finally {
            order.unlock();
        }
    }

    /** The engine has given a proposal back that may be committed all the same. */
    void inDoubt(RaftProposal proposal, String reason) {
        order.lock();
        try {
            returned(proposal);
            endEpoch(proposal.term());
            room.signalAll();
        } finally {
            order.unlock();
        }
        afterDoubt.execute(() -> unknown(proposal, reason));
    }

    /** Nobody is to wait any longer. */
    private void unknown(RaftProposal proposal, String reason) {
        order.lock();
        try {
            if (undecided.remove(proposal)) {
                proposal.complete(new RaftProposal.Outcome.Unknown(reason));
            }
        } finally {
            order.unlock();
        }
    }

    private void returned(RaftProposal proposal) {
        if (proposal.raftTerm() == raftTerm) {
            withEngine--;
            bytes -= proposal.bytes();
        }
    }

    /** One applied entry; {@code proposal} is what the engine gave back with it, if this replica proposed it as leader. */
    record AppliedEntry(
            long index,
            long raftTerm,
            boolean counts,
            @Nullable RaftProposal proposal) {}

    /** These entries have been applied, or passed over. */
    void applied(List<AppliedEntry> entries) {
        order.lock();
        try {
            for (var entry : entries) {
                if (entry.proposal != null) {
                    returned(entry.proposal);
                }
                if (entry.proposal != null && !entry.counts) {
                    passedOver(entry.proposal);
                }
                decide(entry);
            }
            beginEpochWhenDrained();
            room.signalAll();
        } finally {
            order.unlock();
        }
    }

    /** By itself, not by its LSN: that may be one which the log does not reach, or which the next epoch gives again. */
    private void passedOver(RaftProposal proposal) {
        undecided.remove(proposal);
        proposal.complete(new RaftProposal.Outcome.Lost("what it was built on is not in the log"));
        endEpoch(proposal.term());
    }

    private void decide(AppliedEntry entry) {
        while (!undecided.isEmpty() && undecided.getFirst().lsn() <= entry.index) {
            var proposal = undecided.removeFirst();
            boolean isItsEntry = proposal.lsn() == entry.index && proposal.raftTerm() == entry.raftTerm;
            proposal.complete(
                    isItsEntry && entry.counts
                            ? RaftProposal.APPLIED
                            : new RaftProposal.Outcome.Lost("something else took its place in the log"));
        }
    }

    private void decideAll(RaftProposal.Outcome outcome) {
        var all = new ArrayList<>(undecided);
        undecided.clear();
        all.forEach(proposal -> proposal.complete(outcome));
    }

    void close() {
        end("group " + groupId + " is closed");
    }

    /** The engine has failed, or is closed, and need not give back what it has. */
    void end(String reason) {
        order.lock();
        try {
            ended = reason;
            engine = null;
            term++;
            decideAll(new RaftProposal.Outcome.Unknown(reason));
            room.signalAll();
        } finally {
            order.unlock();
        }
    }
}
