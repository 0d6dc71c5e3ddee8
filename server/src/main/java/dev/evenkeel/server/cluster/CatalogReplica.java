package dev.evenkeel.server.cluster;

import dev.evenkeel.metadata.Catalog;
import dev.evenkeel.metadata.CatalogImage;
import dev.evenkeel.metadata.CatalogStateMachine;
import dev.evenkeel.metadata.CorruptCatalogException;
import dev.evenkeel.metadata.GroupDescriptor;
import dev.evenkeel.replication.LeadershipListener;
import dev.evenkeel.replication.ReplicationException;
import dev.evenkeel.replication.raft.GroupMember;
import dev.evenkeel.replication.raft.RaftGroup;
import dev.evenkeel.replication.raft.RaftGroupOptions;
import dev.evenkeel.replication.raft.RaftHost;
import dev.evenkeel.replication.raft.ReplicaCorruptException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's replica of the catalog: a voter's on its members, elsewhere one that follows.
 *
 * <p>One that has failed, as on a full disk, is opened again in its place. One whose log or snapshot is damaged has lost
 * what others count on, so it begins anew, like a node that has lost everything ({@link NodeRebuild}):
 *
 * <pre>
 * closed → marker written → out of the group → wiped → opened without founders → given what it lacks → marker deleted
 * </pre>
 *
 * It is closed before the others let it go, so it acknowledges nothing and gives no vote in between. The image outlives
 * that while the node runs: it is made of committed entries alone, and those that come again are passed over.
 */
final class CatalogReplica implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogReplica.class);

    /** The catalog is small: its log need not be long. */
    private static final long SNAPSHOT_BYTES = 8L << 20;

    private static final Duration RETRY_AFTER = Duration.ofMillis(50);

    /** What it takes to be let go by the others, and to be taken in again. */
    interface Membership {
        /**
         * Returns when this node is no member of the catalog's group any more.
         *
         * @throws RuntimeException when the node is closed before
         */
        void leave();

        /** Returns when this node follows the catalog again; autoadmin gives it its vote back. */
        void rejoin();
    }

    private final ClusterSettings settings;
    private final RaftHost raft;
    private final ClusterStorage storage;
    private final Membership membership;
    private final CatalogStateMachine machine;
    private final CatalogGroup group;
    private final Catalog catalog;
    private final AtomicBoolean healing = new AtomicBoolean();
    private volatile int attempts; // to mend what has failed, without success
    private volatile long mendAtNanos;

    /** Held while a replica is opened in the place of another, and while the last one is closed. */
    private final ReentrantLock opening = new ReentrantLock();

    /** Whether this replica has lost its data and has none of its own again. */
    private volatile boolean isBegunAnew;

    private volatile boolean closed;

    private CatalogReplica(
            ClusterSettings settings,
            boolean isBegunAnew,
            RaftHost raft,
            ClusterStorage storage,
            NodeCaller caller,
            Membership membership,
            RandomGenerator random) {
        this.settings = settings;
        this.isBegunAnew = isBegunAnew;
        this.raft = raft;
        this.storage = storage;
        this.membership = membership;
        this.machine = storage.catalog();
        this.group = new CatalogGroup(openGroup(isBegunAnew ? List.of() : founders(settings)));
        this.catalog = new Catalog(
                group, machine, random, ClusterNode.MACHINE_TIME, new CatalogCalls(caller, this::candidates));
    }

    /** @param isRebuilt whether this node has lost all its data, and is out of all groups */
    static CatalogReplica open(
            ClusterSettings settings,
            boolean isRebuilt,
            RaftHost raft,
            ClusterStorage storage,
            NodeCaller caller,
            Membership membership,
            RandomGenerator random) {
        boolean isBegunAnew = isRebuilt || isLeaving(settings);
        if (isBegunAnew && !isRebuilt) {
            begin(storage, membership);
        }
        try {
            return new CatalogReplica(settings, isBegunAnew, raft, storage, caller, membership, random);
        } catch (CorruptCatalogException | ReplicaCorruptException damaged) {
            if (settings.founders().size() == 1) {
                throw damaged;
            }
            LOG.error("This node's replica of the catalog is damaged: it is built anew from the others'", damaged);
            mark(settings, damaged);
            begin(storage, membership);
            return new CatalogReplica(settings, true, raft, storage, caller, membership, random);
        }
    }

    private static boolean isLeaving(ClusterSettings settings) {
        return settings.data() != null && NodeRebuild.isCatalogUnderWay(settings.data());
    }

    private static void mark(ClusterSettings settings, @Nullable Exception reason) {
        var data = settings.data();
        if (data != null) { // else a crash leaves nothing that could be taken for a founder's
            NodeRebuild.beginCatalog(data, reason == null ? "damaged" : String.valueOf(reason.getMessage()));
        }
    }

    private static void begin(ClusterStorage storage, Membership membership) {
        membership.leave();
        storage.drop(GroupDescriptor.CATALOG, GroupMember.Kind.STORAGE);
        LOG.info("This node is out of the catalog's group and begins anew there");
    }

    private static List<GroupMember> founders(ClusterSettings settings) {
        return settings.isFounder()
                ? settings.founders().stream()
                        .map(founder -> GroupMember.storage(founder.id()))
                        .toList()
                : List.of();
    }

    /** @param founders empty when this replica was not there from the beginning, or not any more */
    private RaftGroup openGroup(List<GroupMember> founders) {
        var opened = new AtomicReference<@Nullable RaftGroup>();
        var log = storage.log(GroupDescriptor.CATALOG, GroupMember.Kind.STORAGE, () -> {
            var relieved = opened.get();
            if (relieved != null) {
                relieved.relieveLog();
            }
        });
        boolean isNew = log.lastIndex() == 0;
        var next = raft.open(new RaftGroupOptions(
                GroupDescriptor.CATALOG,
                GroupMember.Kind.STORAGE,
                founders,
                log,
                storage.snapshots(GroupDescriptor.CATALOG, GroupMember.Kind.STORAGE),
                machine,
                SNAPSHOT_BYTES,
                true));
        opened.set(next);
        if (isNew && !founders.isEmpty() && founders.getFirst().node().equals(settings.id())) {
            next.campaign();
        }
        return next;
    }

    // --- healing -----------------------------------------------------------------------------------------------------

    /** Mends a replica that has failed or is damaged, on a thread of its own. Returns at once; to be asked again and again. */
    void heal() {
        var failed = group.current();
        boolean isDue = attempts == 0 || ClusterNode.MACHINE_TIME.nanos() - mendAtNanos >= 0;
        if ((failed.hasFailed() || failed.isDamaged()) && isDue && !closed && healing.compareAndSet(false, true)) {
            Thread.ofVirtual().name("catalog-healing").start(() -> {
                attempt(failed);
                healing.set(false);
            });
        }
    }

    private void attempt(RaftGroup failed) {
        try {
            mend(failed);
            attempts = 0;
        } catch (RuntimeException e) {
            if (attempts == 0) {
                LOG.warn("This node's replica of the catalog cannot be mended yet; tried again until it can", e);
            }
            attempts = Math.min(attempts + 1, ATTEMPTS_COUNTED_MAX);
            mendAtNanos = ClusterNode.MACHINE_TIME.nanos() + (MEND_AGAIN_AFTER.toNanos() << attempts);
        }
    }

    private static final Duration MEND_AGAIN_AFTER = Duration.ofMillis(250);

    /** The pause doubles that often, up to 8 s. */
    private static final int ATTEMPTS_COUNTED_MAX = 5;

    private void mend(RaftGroup failed) {
        failed.close();
        if (failed.isDamaged()) {
            beginAnew();
            return;
        }
        try {
            open(isBegunAnew ? List.of() : founders(settings));
            LOG.info("Opened the failed replica of the catalog again");
        } catch (ReplicaCorruptException damaged) {
            LOG.error("The failed replica of the catalog is damaged", damaged);
            beginAnew();
        }
    }

    private void beginAnew() {
        if (settings.founders().size() == 1) {
            throw new IllegalStateException("the catalog is damaged, and no other node has it");
        }
        LOG.error("This node's replica of the catalog is damaged: it is built anew from the others'");
        mark(settings, null);
        isBegunAnew = true;
        begin(storage, membership);
        open(List.of());
        membership.rejoin();
    }

    private void open(List<GroupMember> founders) {
        opening.lock();
        try {
            if (closed) {
                throw new IllegalStateException("this node is closed");
            }
            group.replace(openGroup(founders));
        } finally {
            opening.unlock();
        }
    }

    /** Whether this replica has lost its data: it is in the group again only when it has been taken in. */
    boolean isBegunAnew() {
        return isBegunAnew;
    }

    /** To be called when the node follows the catalog again. What happens from now on is in its own log again. */
    void begunAnew() {
        while (isBegunAnew && !closed && group.current().status().lastLsn() == 0) {
            LockSupport.parkNanos(this, RETRY_AFTER.toNanos());
        }
        var data = settings.data();
        if (isBegunAnew && !closed && data != null) {
            NodeRebuild.catalogDone(data);
        }
    }

    // --- what others ask ---------------------------------------------------------------------------------------------

    /** Nodes that may lead the catalog, the likeliest first. */
    List<String> candidates() {
        var nodes = new ArrayList<String>();
        group.current().leader().ifPresent(nodes::add);
        settings.founders().forEach(founder -> nodes.add(founder.id()));
        return nodes;
    }

    Catalog catalog() {
        return catalog;
    }

    /** The replica that is open, or was last: it may be another one the next time. */
    RaftGroup group() {
        return group.current();
    }

    /** Tells whether this node leads the catalog, as it is now and from now on, whichever replica is open. */
    void listen(LeadershipListener listener) {
        group.listen(listener);
    }

    byte[] answer(byte[] request) {
        return CatalogCalls.answer(
                request, catalog, group, () -> group.current().leader().orElse(""));
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
        opening.lock();
        try {
            group.close();
        } finally {
            opening.unlock();
        }
    }
}
