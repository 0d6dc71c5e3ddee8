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
 */
final class LeaderLease {
    private final Ticker ticker;
    private final long leaseNanos;
    private final Map<GroupMember, Long> sentNanosByPeer = new HashMap<>();
    private Collection<GroupMember> otherVoters = List.of();
    private long term = -1;

    /** Changes of members under way. */
    private final Set<Object> changes = new HashSet<>();

    private long revokedTerm = -1;

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

    /** No lease for this term any more: leadership is being handed over. */
    synchronized void revoke(long ofTerm) {
        revokedTerm = Math.max(revokedTerm, ofTerm);
        granted = false;
    }

    synchronized void end() {
        granted = false;
        term = -1;
    }

    /** A peer has answered, in this leader's term, a request that was sent at that time. */
    synchronized void heard(GroupMember peer, long inTerm, long sentNanos) {
        if (inTerm == term) {
            sentNanosByPeer.merge(peer, sentNanos, (a, b) -> a - b > 0 ? a : b);
            update();
        }
    }

    private void update() {
        if (!changes.isEmpty() || term < 0 || revokedTerm >= term) {
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
