package dev.evenkeel.server.cluster;

import dev.evenkeel.metadata.CatalogImage;
import dev.evenkeel.metadata.GroupDescriptor;
import dev.evenkeel.metadata.PartitionDescriptor;
import dev.evenkeel.metadata.ReplicaKind;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.partition.HostedGroups;
import dev.evenkeel.partition.IndexTargets;
import dev.evenkeel.partition.PartitionHost;
import dev.evenkeel.replication.raft.GroupMember;
import dev.evenkeel.replication.raft.RaftHost;
import dev.evenkeel.replication.raft.ReplicaCorruptException;
import dev.evenkeel.storage.StorageCorruptException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replicas on this node, as the catalog says: opens and closes them, and keeps their partitions and schemas the
 * catalog's. One thread does so, behind the catalog; {@link #awaitCatalog} waits for it.
 */
final class NodeGroups implements HostedGroups, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeGroups.class);

    /** One replica on this node. */
    private record Place(int groupId, GroupMember.Kind kind) {}

    private final String self;
    private final boolean mayFound;
    private final RaftHost raft;
    private final ClusterStorage storage;
    private final HostedGroup.Transactions transactions;
    private final Runnable catchUp;
    private final IntConsumer leave;
    private final Map<Place, HostedGroup> groups = new ConcurrentHashMap<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable CatalogImage wanted; // under the lock
    private long followedVersion; // under the lock
    private boolean closed; // under the lock
    /** Damaged replicas that are not opened again before this node has left their groups. */
    private final Set<Place> rebuilding = ConcurrentHashMap.newKeySet();

    /** Replicas opened before the catalog knows of them, for a change of members that is under way. */
    private final Set<Place> awaited = ConcurrentHashMap.newKeySet();

    /** Replicas that ought to be open and cannot be, and why. */
    private final Map<Place, String> unopened = new ConcurrentHashMap<>();

    private final ReentrantLock opening = new ReentrantLock();
    private volatile CatalogImage image = CatalogImage.EMPTY;

    /** Whether something could not be opened or closed as the catalog says. */
    private volatile boolean isBehind;

    private final Map<Long, TableSchema> schemas = new HashMap<>(); // of open partitions; the following thread's
    private final Thread thread;

    /**
     * @param mayFound whether a group that is new here may be new altogether; not on a node that has lost its data
     * @param transactions for the partitions here
     * @param catchUp makes sure that this node's catalog is as new as the call; for a replica that begins to lead
     * @param leave returns when this node is no member of that group any more, whose data it has lost; throws when the node
     *     is closed before
     */
    NodeGroups(
            String self,
            boolean mayFound,
            RaftHost raft,
            ClusterStorage storage,
            HostedGroup.Transactions transactions,
            Runnable catchUp,
            IntConsumer leave) {
        this.mayFound = mayFound;
        this.leave = leave;
        this.self = self;
        this.raft = raft;
        this.storage = storage;
        this.transactions = transactions;
        this.catchUp = catchUp;
        this.thread = Thread.ofVirtual().name("catalog-follower").start(this::run);
    }

    /** The catalog has changed; returns at once. */
    void follow(CatalogImage next) {
        lock.lock();
        try {
            wanted = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Does what the newest image says once more: something may be possible now. */
    private void again() {
        lock.lock();
        try {
            if (wanted == null) {
                wanted = image;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        for (var next = next(); next != null; next = next()) {
            try {
                followGroups(next);
                followPartitions(next);
                followed(next.version());
                isBehind = false;
            } catch (RuntimeException e) {
                if (!isBehind) {
                    LOG.error("This node cannot follow the catalog; it tries until it can", e);
                }
                isBehind = true;
            }
        }
    }

    private @Nullable CatalogImage next() {
        lock.lock();
        try {
            while (wanted == null && !closed) {
                changed.awaitUninterruptibly();
            }
            var next = closed ? null : wanted;
            wanted = null;
            if (next != null) {
                image = next;
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void followed(long version) {
        lock.lock();
        try {
            followedVersion = version;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void awaitCatalog(long version) {
        lock.lock();
        try {
            while (followedVersion < version && !closed) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    // --- replicas ----------------------------------------------------------------------------------------------------

    private void followGroups(CatalogImage next) {
        var here = new HashSet<Place>();
        for (var group : next.groups()) {
            if (group.id() != GroupDescriptor.CATALOG) {
                group.replicaOn(self).ifPresent(replica -> {
                    var place = new Place(group.id(), Members.kind(replica.kind()));
                    here.add(place);
                    awaited.remove(place);
                    openOrNote(group, place);
                });
            }
        }
        for (var place : groups.keySet()) {
            if (!here.contains(place) && !awaited.contains(place)) {
                close(place);
            }
        }
        unopened.keySet().retainAll(here);
    }

    /** One replica that cannot be opened keeps neither the others nor their partitions from it; it is tried again. */
    private void openOrNote(GroupDescriptor group, Place place) {
        try {
            open(group, place);
            unopened.remove(place);
        } catch (RuntimeException e) {
            if (unopened.put(place, reason(e)) == null) {
                LOG.error(
                        "The {} replica of group {} cannot be opened; it is tried until it can",
                        place.kind,
                        place.groupId,
                        e);
            }
        }
    }

    private static String reason(RuntimeException e) {
        return "it cannot be opened: " + (e.getMessage() == null ? e : e.getMessage());
    }

    boolean isUnopened(int groupId) {
        return unopened.keySet().stream().anyMatch(place -> place.groupId == groupId);
    }

    /** What {@link #all} lacks. */
    List<ReplicaReport> unopened() {
        return unopened.entrySet().stream()
                .map(failed -> ReplicaReport.failed(failed.getKey().groupId, failed.getKey().kind, failed.getValue()))
                .toList();
    }

    private void open(GroupDescriptor group, Place place) {
        var founders = group.replicas().stream()
                .filter(replica -> replica.kind() == ReplicaKind.STORAGE)
                .map(replica -> GroupMember.storage(replica.nodeId()))
                .toList();
        boolean isFounder = mayFound && founders.contains(new GroupMember(self, place.kind));
        boolean leadsFirst = isFounder && founders.getFirst().node().equals(self);
        open(place, isFounder ? founders : List.of(), leadsFirst);
    }

    private void open(Place place, List<GroupMember> founders, boolean leadsFirst) {
        opening.lock();
        try {
            if (groups.containsKey(place) || rebuilding.contains(place)) {
                return;
            }
            var opened = HostedGroup.open(
                    place.groupId, place.kind, founders, raft, storage, indexTargets(), transactions, catchUp);
            groups.put(place, opened);
            LOG.info("Opened a {} replica of group {}", place.kind, place.groupId);
            if (leadsFirst && opened.group().status().lastLsn() == 0) {
                opened.group().campaign();
            }
        } catch (StorageCorruptException | ReplicaCorruptException e) { // the node's other replicas go on
            LOG.error("The replica of group {} cannot be opened", place.groupId, e);
            if (rebuilding.add(place)) {
                rebuildLater(place, null);
            }
        } finally {
            opening.unlock();
        }
    }

    /** For a change of members that the catalog will tell of when it is done. */
    void openForChange(int groupId, GroupMember.Kind kind) {
        var place = new Place(groupId, kind);
        awaited.add(place);
        open(place, List.of(), false);
        again(); // so that its partitions are opened
    }

    /** Opens replicas again that have failed, as on a full disk: there may be room by now. For one thread. */
    void reopenFailed() {
        for (var place : List.copyOf(groups.keySet())) {
            var group = groups.get(place);
            if (group == null) {
                continue;
            }
            if (group.isDamaged()) {
                if (rebuilding.add(place)) {
                    rebuildLater(place, group);
                }
            } else if (group.group().hasFailed()) {
                reopen(place, group);
            }
        }
        if (isBehind || !unopened.isEmpty()) {
            again();
        }
    }

    private void reopen(Place place, HostedGroup failed) {
        opening.lock();
        try {
            if (!groups.remove(place, failed)) {
                return;
            }
            failed.close();
        } finally {
            opening.unlock();
        }
        try {
            open(place, List.of(), false);
        } catch (RuntimeException e) {
            LOG.warn("The {} replica of group {} cannot be opened again yet", place.kind, place.groupId, e);
        } finally {
            again(); // opens what could not be opened now, and its partitions
        }
    }

    /** On a thread of its own: to be let go may take long, and this node has to go on saying how it is. */
    private void rebuildLater(Place place, @Nullable HostedGroup damaged) {
        Thread.ofVirtual().name("rebuild").start(() -> rebuild(place, damaged));
    }

    /** Bytes of this replica are not what was written. What is right is on the other replicas. */
    private void rebuild(Place place, @Nullable HostedGroup damaged) {
        LOG.error("The {} replica of group {} is damaged and is built anew", place.kind, place.groupId);
        try {
            if (damaged != null) {
                groups.remove(place, damaged);
                damaged.close();
            }
            leave.accept(place.groupId);
            storage.drop(place.groupId, place.kind);
        } catch (RuntimeException e) {
            LOG.warn("The {} replica of group {} could not be built anew", place.kind, place.groupId, e);
        } finally {
            rebuilding.remove(place);
        }
        again();
    }

    private void close(Place place) {
        var closing = groups.remove(place);
        if (closing == null) {
            return;
        }
        LOG.info("The {} replica of group {} leaves this node", place.kind, place.groupId);
        closing.close();
        storage.drop(place.groupId, place.kind);
    }

    private IndexTargets indexTargets() {
        return (indexId, position) -> {
            var current = image;
            return current.tableOfIndex(indexId).isEmpty()
                    ? Optional.empty()
                    : Optional.of(current.partitionOf(indexId, position).id());
        };
    }

    // --- partitions --------------------------------------------------------------------------------------------------

    private void followPartitions(CatalogImage next) {
        var here = new HashMap<Long, TableSchema>();
        for (var table : next.tables()) {
            follow(next.partitions(table.id()), table.schema(), here);
            for (var index : table.globalIndexes()) {
                follow(next.partitions(index.id()), index.hiddenTable(), here);
            }
        }
        for (long id : List.copyOf(schemas.keySet())) {
            if (!here.containsKey(id)) {
                schemas.remove(id);
                groups.values().forEach(group -> forget(group, id));
            }
        }
    }

    private static void forget(HostedGroup group, long partitionId) {
        var host = group.host();
        if (host != null) {
            host.forget(partitionId);
        }
    }

    private void follow(List<PartitionDescriptor> partitions, TableSchema schema, Map<Long, TableSchema> here) {
        for (var partition : partitions) {
            var host = host(partition.groupId()).orElse(null);
            if (host == null) {
                continue;
            }
            here.put(partition.id(), schema);
            var before = schemas.put(partition.id(), schema);
            if (host.replica(partition.id()).isEmpty()) {
                host.open(partition.id(), schema, partition.from(), partition.to());
            } else if (!schema.equals(before)) {
                host.replaceSchema(List.of(partition.id()), schema);
            }
        }
    }

    // --- what others ask ---------------------------------------------------------------------------------------------

    @Override
    public Optional<PartitionHost> host(int groupId) {
        var group = groups.get(new Place(groupId, GroupMember.Kind.STORAGE));
        return group == null ? Optional.empty() : Optional.ofNullable(group.host());
    }

    @Override
    public Optional<String> leader(int groupId) {
        return firstOf(groupId, group -> group.group().leader());
    }

    private <T> Optional<T> firstOf(int groupId, Function<HostedGroup, Optional<T>> of) {
        for (var kind : GroupMember.Kind.values()) {
            var group = groups.get(new Place(groupId, kind));
            if (group != null) {
                var found = of.apply(group);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** The replica of that group that leads it from here. */
    Optional<HostedGroup> leading(int groupId) {
        return firstOf(groupId, group -> group.group().leads() ? Optional.of(group) : Optional.empty());
    }

    List<HostedGroup> all() {
        return new ArrayList<>(groups.values());
    }

    /** Gives up all leadership, so that nobody has to wait for a lease to end; requests go on meanwhile. */
    void handOver() {
        var threads = new ArrayList<Thread>();
        for (var group : all()) {
            threads.add(Thread.ofVirtual().start(group.group()::handOver));
        }
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (var place : List.copyOf(groups.keySet())) {
            var group = groups.remove(place);
            if (group != null) {
                group.close();
            }
        }
    }
}
