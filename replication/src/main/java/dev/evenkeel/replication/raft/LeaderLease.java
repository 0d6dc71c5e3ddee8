package dev.evenkeel.replication.raft;

import dev.evenkeel.model.Ticker;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells a leader until when nobody else can lead: a majority has heard it, and will not vote for another for an election
 * timeout (see {@link VoteGuard}). The lease runs from when the request was <em>sent</em> that the majority has answered,
 * and is shorter than the voters' promise by more than clocks differ in speed. For any thread.
 *
 * <p>A process that is stopped or pauses for longer than its lease finds it over when it looks again, which it does
 * after every strong read and before the answer. The clock must go on while a process is stopped, as a monotonic clock
 * does; a suspended machine's may not.
 *
 * <p><b>Hand-overs.</b> A leader that hands over gives its lease up first: the successor's campaign passes the voters'
 * promise. When nobody took over, the engine leads again in the same term, and the lease comes back, though the command to
 * campaign may still be on its way, or the votes that it asked for, for however long. That is safe since each hand-over of a
 * term has a number, which the campaign carries, and each of the leader's messages from then on says up to which number
 * hand-overs have been given up. A voter that has heard so treats such a campaign as any other, and only the answers to
 * messages that say so count for the lease. So whenever there is a lease, a majority has promised to its leader, for longer
 * than the lease lasts, not to help the would-be successor either; every majority of the successor's has one of them. A voter
 * that restarts has forgotten what it heard, and so treats all campaigns alike for as long as a promise from before may last.
 * To wait instead until the command can be of no use any more does not do: nothing bounds how long a message, or a process
 * that has it, is under way.
 */
final class LeaderLease {
    private final Ticker ticker;
    private final long leaseNanos;
    private final Map<GroupMember, Long> sentNanosByPeer = new HashMap<>();
    private Collection<GroupMember> otherVoters = List.of();
    private long term = -1;

    /** Changes of members under way. */
    private final Set<Object> changes = new HashSet<>();

    /** The term that the numbers of hand-overs are of. */
    private long handoverTerm = -1;

    /** Hand-overs begun in that term, and how many of them, from the first, are given up. */
    private int handovers;

    private int handoversGivenUp;

    /** What numbers there are in a message. */
    static final int HANDOVERS_MAX = 255;

    /** When the lease ends, by the ticker; read without the lock. */
    private volatile long endNanos;

    /** Whether {@link #endNanos} means anything. */
    private volatile boolean granted;

    LeaderLease(Ticker ticker, long leaseNanos) {
        this.ticker = ticker;
        this.leaseNanos = leaseNanos;
    }

    /** This replica leads from now on; {@code voters} are the others. */
    synchronized void begin(long newTerm, Collection<GroupMember> voters) {
        granted = false;
        term = newTerm;
        otherVoters = voters;
        if (newTerm == handoverTerm && handovers < HANDOVERS_MAX) {
            handoversGivenUp = handovers; // nobody took it
        }
        changes.clear();
        sentNanosByPeer.clear();
        update();
    }

    /** The members are about to change: there is no lease until {@link #resume}, of this and all other changes. */
    synchronized void suspend(Object change) {
        changes.add(change);
        granted = false;
    }

    /** That change has been made or given up; these are the voters now. Nothing when another leadership began it. */
    synchronized void resume(Object change, Collection<GroupMember> voters) {
        if (changes.remove(change)) {
            otherVoters = voters;
            update();
        }
    }

    /**
     * Leadership is being handed over: from now on there is no lease for that term, unless it {@linkplain #begin begins}
     * again.
     *
     * @return the number of the hand-over, from 1; the last one is given out again and again, and never given up
     */
    synchronized int handOver(long ofTerm) {
        if (ofTerm < handoverTerm) {
            return HANDOVERS_MAX; // late, of a leadership that is over
        }
        if (ofTerm > handoverTerm) {
            handoverTerm = ofTerm;
            handovers = 0;
            handoversGivenUp = 0;
        }
        handovers = Math.min(handovers + 1, HANDOVERS_MAX);
        granted = false;
        return handovers;
    }

    /** Up to which number hand-overs of that term are given up. */
    synchronized int handoversGivenUp(long ofTerm) {
        return ofTerm == handoverTerm ? handoversGivenUp : 0;
    }

    synchronized void end() {
        granted = false;
        term = -1;
    }

    /**
     * A peer has answered, in this leader's term, a request that was sent at that time.
     *
     * @param givenUp the hand-overs that the request said are given up
     */
    synchronized void heard(GroupMember peer, long inTerm, long sentNanos, int givenUp) {
        if (inTerm == term && givenUp == handoversGivenUp(term)) {
            sentNanosByPeer.merge(peer, sentNanos, (a, b) -> a - b > 0 ? a : b);
            update();
        }
    }

    private void update() {
        boolean isHandingOver = term == handoverTerm && handovers > handoversGivenUp;
        if (!changes.isEmpty() || term < 0 || isHandingOver) {
            granted = false;
            return;
        }
        int needed = (otherVoters.size() + 1) / 2; // besides this one
        if (needed == 0) {
            endNanos = ticker.nanos() + Long.MAX_VALUE / 2;
            granted = true;
            return;
        }
        var ages = new long[otherVoters.size()];
        long now = ticker.nanos();
        int at = 0;
        for (var voter : otherVoters) {
            var sent = sentNanosByPeer.get(voter);
            ages[at++] = sent == null ? Long.MAX_VALUE : now - sent;
        }
        Arrays.sort(ages);
        long age = ages[needed - 1];
        if (age < leaseNanos) {
            endNanos = now - age + leaseNanos;
            granted = true;
        }
    }

    /** Whether this replica, should it lead, is the only one that does. */
    boolean isValid() {
        return granted && ticker.nanos() - endNanos < 0;
    }
}
