package dev.evenkeel.server.cluster;

import dev.evenkeel.metadata.Catalog;
import dev.evenkeel.metadata.CatalogImage;
import dev.evenkeel.metadata.CatalogStateMachine;
import dev.evenkeel.metadata.GroupDescriptor;
import dev.evenkeel.replication.ReplicationException;
import dev.evenkeel.replication.raft.GroupMember;
import dev.evenkeel.replication.raft.RaftGroup;
import dev.evenkeel.replication.raft.RaftGroupOptions;
import dev.evenkeel.replication.raft.RaftHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** This node's replica of the catalog: a voter's on its members, elsewhere one that follows. */
final class CatalogReplica implements AutoCloseable {
    /** The catalog is small: its log need not be long. */
    private static final long SNAPSHOT_BYTES = 8L << 20;

    private static final Duration RETRY_AFTER = Duration.ofMillis(50);

    private final ClusterSettings settings;
    private final RaftGroup group;
    private final Catalog catalog;
    private volatile boolean closed;

    private CatalogReplica(ClusterSettings settings, RaftGroup group, Catalog catalog) {
        this.settings = settings;
        this.group = group;
        this.catalog = catalog;
    }

    /** @param isFounding whether this node has its place from the beginning, if it is a founder; not when it begins anew */
    static CatalogReplica open(
            ClusterSettings settings,
            boolean isFounding,
            RaftHost raft,
            ClusterStorage storage,
            NodeCaller caller,
            RandomGenerator random) {
        var opened = new AtomicReference<@Nullable RaftGroup>();
        CatalogStateMachine machine = storage.catalog();
        var log = storage.log(GroupDescriptor.CATALOG, GroupMember.Kind.STORAGE, () -> {
            var group = opened.get();
            if (group != null) {
                group.relieveLog();
            }
        });
        boolean isNew = log.lastIndex() == 0;
        var founders = settings.founders().stream()
                .map(founder -> GroupMember.storage(founder.id()))
                .toList();
        var group = raft.open(new RaftGroupOptions(
                GroupDescriptor.CATALOG,
                GroupMember.Kind.STORAGE,
                isFounding && settings.isFounder() ? founders : List.of(),
                log,
                storage.snapshots(GroupDescriptor.CATALOG, GroupMember.Kind.STORAGE),
                machine,
                SNAPSHOT_BYTES,
                true));
        opened.set(group);
        var calls = new CatalogCalls(caller, () -> candidates(settings, group));
        var catalog = new Catalog(group, machine, random, ClusterNode.MACHINE_TIME, calls);
        if (isNew
                && isFounding
                && settings.isFounder()
                && founders.getFirst().node().equals(settings.id())) {
            group.campaign();
        }
        return new CatalogReplica(settings, group, catalog);
    }

    private static List<String> candidates(ClusterSettings settings, RaftGroup group) {
        var nodes = new ArrayList<String>();
        group.leader().ifPresent(nodes::add);
        settings.founders().forEach(founder -> nodes.add(founder.id()));
        return nodes;
    }

    /** Nodes that may lead the catalog, the likeliest first. */
    List<String> candidates() {
        return candidates(settings, group);
    }

    Catalog catalog() {
        return catalog;
    }

    RaftGroup group() {
        return group;
    }

    byte[] answer(byte[] request) {
        return CatalogCalls.answer(request, catalog, group, () -> group.leader().orElse(""));
    }

    /** The newest image; waits for a leader. What is returned when this node is closed meanwhile is of no importance. */
    CatalogImage newest() {
        while (!closed) {
            try {
                return catalog.newest();
            } catch (ReplicationException nobody) {
                LockSupport.parkNanos(this, RETRY_AFTER.toNanos());
            }
        }
        return catalog.image();
    }

    /** Wakes those who wait. */
    void closing() {
        closed = true;
    }

    @Override
    public void close() {
        closed = true;
        group.close();
    }
}
