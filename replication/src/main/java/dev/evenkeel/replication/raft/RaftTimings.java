package dev.evenkeel.replication.raft;

import java.time.Duration;

/**
 * How long things take in a group.
 *
 * <p>A follower that hears nothing for {@code electionTimeout} (and up to {@code electionSpread} more, by chance) asks its
 * peers whether they miss the leader, too. A leader that has been heard serves strong reads for {@code lease}, counted
 * from when it sent what was heard. Voters keep {@code electionTimeout} on their own clocks from when they heard it, which
 * is later; so clocks may differ in speed by as much as the lease is shorter.
 */
public record RaftTimings(Duration electionTimeout, Duration electionSpread, Duration heartbeat, Duration lease) {

    /**
     * Leader lost to writes again in about two seconds. On a busy machine a second was too short: leaders stepped down
     * for nothing.
     */
    public static final RaftTimings DEFAULT = new RaftTimings(
            Duration.ofMillis(1500), Duration.ofMillis(300), Duration.ofMillis(250), Duration.ofMillis(1200));

    public RaftTimings {
        if (heartbeat.multipliedBy(3).compareTo(electionTimeout) > 0) {
            throw new IllegalArgumentException("two heartbeats may be lost before a follower gives its leader up");
        }
        if (lease.multipliedBy(10).compareTo(electionTimeout.multipliedBy(9)) > 0) {
            throw new IllegalArgumentException("the lease must end well before a voter forgets the leader");
        }
    }

    int electionTimeoutMillis() {
        return (int) electionTimeout.toMillis();
    }

    /** The engine takes the heartbeat as a fraction of the election timeout. */
    int heartbeatFactor() {
        return (int) Math.max(1, electionTimeout.toNanos() / heartbeat.toNanos());
    }
}
