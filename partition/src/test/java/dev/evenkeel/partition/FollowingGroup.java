package dev.evenkeel.partition;

import dev.evenkeel.replication.LogTail;
import dev.evenkeel.replication.NotLeaderException;
import dev.evenkeel.replication.Proposal;
import dev.evenkeel.replication.ReplicationGroup;
import java.util.Optional;

/** A replica that follows, and has applied all that there is. */
record FollowingGroup(ReplicationGroup leading) implements ReplicationGroup {

    /** The same partitions as the cluster's, on a replica that follows. */
    static PartitionHost host(Cluster cluster) {
        var machine = new PartitionStateMachine(cluster.store);
        var host = new PartitionHost(
                new FollowingGroup(cluster.group), cluster.store, machine, (_, _) -> Optional.empty());
        host.open(10, Cluster.WITH_GLOBAL, new byte[0], null);
        return host;
    }

    @Override
    public int id() {
        return leading.id();
    }

    @Override
    public long term() {
        return leading.term();
    }

    @Override
    public Proposal propose(byte[] entry, long term) {
        throw new NotLeaderException("a follower", null);
    }

    @Override
    public void readBarrier() {
        throw new NotLeaderException("a follower", null);
    }

    @Override
    public long appliedLsn() {
        return leading.appliedLsn();
    }

    @Override
    public LogTail tail(long afterLsn) {
        return leading.tail(afterLsn);
    }

    @Override
    public LogTail tail() {
        return leading.tail();
    }

    @Override
    public void close() {}
}
