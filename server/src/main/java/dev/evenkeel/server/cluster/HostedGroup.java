package dev.evenkeel.server.cluster;

import dev.evenkeel.model.Ticker;
import dev.evenkeel.partition.IndexTargets;
import dev.evenkeel.partition.PartitionHost;
import dev.evenkeel.partition.PartitionStateMachine;
import dev.evenkeel.partition.TransactionGroups;
import dev.evenkeel.replication.LeadershipListener;
import dev.evenkeel.replication.raft.GroupMember;
import dev.evenkeel.replication.raft.RaftGroup;
import dev.evenkeel.replication.raft.RaftGroupOptions;
import dev.evenkeel.replication.raft.RaftHost;
import dev.evenkeel.storage.OrderedStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One replica of a group for partitions on this node. */
final class HostedGroup implements AutoCloseable {
    /**
     * A log replica gives up nothing: it may be the only one that has what a storage replica lacks, and has no state to
     * give instead. It begins where the leader's snapshot ends, and is there for minutes.
     */
    private static final long KEEPS_ITS_LOG = Long.MAX_VALUE;

    /**
     * What partitions need for transactions.
     *
     * @param ticker of items and client tokens
     * @param groups all groups, wherever they are led
     */
    record Transactions(Ticker ticker, TransactionGroups groups) {}

    private final RaftGroup group;
    private final @Nullable WatchedStore store; // null in a log replica
    private final @Nullable PartitionHost host;

    private HostedGroup(RaftGroup group, @Nullable WatchedStore store, @Nullable PartitionHost host) {
        this.group = group;
        this.store = store;
        this.host = host;
    }

    /**
     * @param founders of a group that is new; empty for a replica that joins one
     * @param catchUp returns when the partitions of a host are as the catalog has them at that moment
     */
    static HostedGroup open(
            int groupId,
            GroupMember.Kind kind,
            List<GroupMember> founders,
            RaftHost raft,
            ClusterStorage storage,
            IndexTargets targets,
            Transactions transactions,
            Runnable catchUp) {
        var opened = new AtomicReference<@Nullable RaftGroup>();
        Runnable relieve = () -> {
            var group = opened.get();
            if (group != null && kind == GroupMember.Kind.STORAGE) {
                group.relieveLog();
            }
        };
        var store = kind == GroupMember.Kind.LOG ? null : new WatchedStore(storage.store(groupId));
        var machine = store == null ? null : new PartitionStateMachine(store);
        RaftGroup group;
        try {
            group = raft.open(new RaftGroupOptions(
                    groupId,
                    kind,
                    founders,
                    storage.log(groupId, kind, relieve),
                    storage.snapshots(groupId, kind),
                    machine,
                    kind == GroupMember.Kind.LOG ? KEEPS_ITS_LOG : RaftGroupOptions.SNAPSHOT_BYTES_DEFAULT,
                    false));
        } catch (RuntimeException e) {
            if (store != null) {
                store.close();
            }
            throw e;
        }
        opened.set(group);
        if (store == null || machine == null) {
            return new HostedGroup(group, null, null);
        }
        var host = new PartitionHost(
                group, store, machine, targets, transactions.ticker(), ClusterNode.MACHINE_TIME, transactions.groups());
        group.listen(new LeadershipListener() {
            @Override
            public void lead() {
                catchUp.run();
                host.lead();
            }

            @Override
            public void follow() {
                host.follow();
            }
        });
        return new HostedGroup(group, store, host);
    }

    RaftGroup group() {
        return group;
    }

    /** Null in a log replica. */
    @Nullable
    PartitionHost host() {
        return host;
    }

    @Nullable
    OrderedStore store() {
        return store;
    }

    /** Whether bytes of this replica are not what was written: it must be built anew. */
    boolean isDamaged() {
        return group.isDamaged() || (store != null && store.isDamaged());
    }

    /** Hands leadership over first. */
    @Override
    public void close() {
        if (host != null) {
            host.follow();
        }
        group.close();
        if (host != null) {
            host.close();
        }
        if (store != null) {
            store.close();
        }
    }
}
