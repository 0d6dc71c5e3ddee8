package dev.evenkeel.server.cluster;

import dev.evenkeel.metadata.CatalogImage;
import dev.evenkeel.metadata.PartitionDescriptor;
import dev.evenkeel.metadata.memds.DroppedTable;
import dev.evenkeel.metadata.memds.Fact;
import dev.evenkeel.metadata.memds.GroupMember;
import dev.evenkeel.metadata.memds.GroupMembership;
import dev.evenkeel.metadata.memds.MemdsServer;
import dev.evenkeel.metadata.memds.PartitionPush;
import dev.evenkeel.metadata.memds.PlacedPartition;
import dev.evenkeel.model.Ticker;
import dev.evenkeel.replication.raft.RaftGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells all MemDS servers of the groups that this node leads: who is in them, that it leads, and their partitions. The
 * leader is the authority on its group; MemDS only repeats what leaders have said.
 *
 * <p>What has changed is told at once, and everything now and then, so a push that got lost does not matter for long;
 * servers compare themselves with each other besides. Waits for no server: the next one must hear in time as well.
 */
final class PartitionPusher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionPusher.class);

    /** A change of members wakes nobody: it is seen when the catalog tells of it, or by looking. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private static final Duration TELL_ALL_EVERY = Duration.ofMinutes(1);

    /** A server takes this many in within a millisecond or two, for which its other callers wait. */
    private static final int FACTS_MAX = 256;

    /** Between the pushes of a long story: servers that keep up set the pace, and one that does not cannot stop it. */
    private static final Duration PACE_MAX = Duration.ofMillis(100);

    /**
     * A membership's version is the leader's term, and how often members have changed in it. This many bits are for the
     * latter; the former has all the others.
     */
    private static final int CHANGE_BITS = 20;

    /**
     * Of all partitions: an id has the same borders and group for ever in this release. A change that moves or cuts one
     * must raise it.
     */
    private static final long PARTITION_VERSION = 1;

    private record Told(GroupMembership membership, Set<PlacedPartition> partitions) {}

    private final String self;
    private final Supplier<CatalogImage> catalog;
    private final NodeGroups groups;
    private final MemdsServer server;
    private final MemdsPeers peers;
    private final Ticker ticker;

    // the thread's own
    private final Map<Integer, Told> told = new HashMap<>();
    private CatalogImage seen = CatalogImage.EMPTY;
    private Map<Integer, Set<PlacedPartition>> partitions = Map.of();
    private Set<Integer> tables = Set.of();
    private long allToldNanos;

    private final Thread thread;
    private volatile boolean closed;

    PartitionPusher(
            String self,
            Supplier<CatalogImage> catalog,
            NodeGroups groups,
            MemdsServer server,
            MemdsPeers peers,
            Ticker ticker) {
        this.self = self;
        this.catalog = catalog;
        this.groups = groups;
        this.server = server;
        this.peers = peers;
        this.ticker = ticker;
        this.allToldNanos = ticker.nanos();
        this.thread = Thread.ofVirtual().name("partition-pusher").start(this::run);
    }

    /** Something may have changed; returns at once. */
    void wake() {
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!closed) {
            try {
                look();
            } catch (RuntimeException e) {
                LOG.warn("MemDS could not be told of the groups that this node leads; tried again", e);
            }
            Rhythm.awaitNext(this, LOOK_EVERY);
        }
    }

    private void look() {
        follow(catalog.get());
        boolean everything = ticker.nanos() - allToldNanos >= TELL_ALL_EVERY.toNanos();
        if (everything) {
            allToldNanos = ticker.nanos();
        }
        var news = new ArrayList<Fact>(); // members and leaders of all groups before anybody's partitions
        var more = new ArrayList<Fact>();
        for (var hosted : groups.all()) {
            membership(hosted.group()).ifPresent(membership -> compare(membership, everything, news, more));
        }
        news.addAll(more);
        tell(news);
    }

    private void follow(CatalogImage image) {
        if (image == seen) {
            return;
        }
        var next = new HashMap<Integer, Set<PlacedPartition>>();
        var nextTables = new HashSet<Integer>();
        for (var table : image.tables()) {
            nextTables.add(table.id());
            image.partitions(table.id()).forEach(partition -> place(partition, next));
            for (var index : table.globalIndexes()) {
                nextTables.add(index.id());
                image.partitions(index.id()).forEach(partition -> place(partition, next));
            }
        }
        forget(nextTables);
        partitions = next;
        tables = nextTables;
        seen = image;
    }

    private static void place(PartitionDescriptor partition, Map<Integer, Set<PlacedPartition>> byGroup) {
        byGroup.computeIfAbsent(partition.groupId(), _ -> new HashSet<>())
                .add(new PlacedPartition(partition, PARTITION_VERSION));
    }

    /** Every node hears from the catalog which tables have gone, so nobody needs to be told. */
    private void forget(Set<Integer> nextTables) {
        var gone = new ArrayList<Fact>();
        for (int table : tables) {
            if (!nextTables.contains(table)) {
                gone.add(new DroppedTable(table));
            }
        }
        server.apply(new PartitionPush(gone));
    }

    /** Empty when this replica does not lead. */
    private Optional<GroupMembership> membership(RaftGroup group) {
        var status = group.status();
        var members = status.members().stream()
                .map(member -> new GroupMember(member.node(), role(member)))
                .toList();
        boolean leads = status.leads()
                && members.stream().anyMatch(member -> member.node().equals(self))
                // asked after the term: a replica that sees a higher one forgets first that it leads
                && group.leader().filter(self::equals).isPresent();
        return leads
                ? Optional.of(
                        new GroupMembership(group.id(), version(group.id(), status.term(), members), members, self))
                : Optional.empty();
    }

    private static GroupMember.Role role(dev.evenkeel.replication.raft.GroupMember member) {
        return switch (member.kind()) {
            case STORAGE -> GroupMember.Role.STORAGE;
            case LOG -> GroupMember.Role.LOG;
        };
    }

    private long version(int groupId, long term, List<GroupMember> members) {
        long first = term << CHANGE_BITS;
        var before = told.get(groupId);
        if (before == null || before.membership.version() < first) {
            return first;
        }
        long last = before.membership.version();
        return before.membership.members().equals(members) ? last : last + 1;
    }

    private void compare(GroupMembership membership, boolean everything, List<Fact> news, List<Fact> more) {
        var here = partitions.getOrDefault(membership.groupId(), Set.of());
        var before = told.put(membership.groupId(), new Told(membership, here));
        if (everything || before == null) {
            news.add(membership);
            more.addAll(here);
            return;
        }
        if (!before.membership.equals(membership)) {
            news.add(membership);
        }
        if (here != before.partitions) { // a catalog that has not changed is not looked through twice a second
            here.stream()
                    .filter(partition -> !before.partitions.contains(partition))
                    .forEach(more::add);
        }
    }

    private void tell(List<Fact> facts) {
        for (int from = 0; from < facts.size() && !closed; from += FACTS_MAX) {
            var told = tell(new PartitionPush(facts.subList(from, Math.min(from + FACTS_MAX, facts.size()))));
            if (facts.size() > FACTS_MAX) {
                pace(told);
            }
        }
    }

    private CompletableFuture<Void> tell(PartitionPush push) {
        server.apply(push);
        return CompletableFuture.allOf(peers.others().stream()
                .map(node -> peers.server(node).push(push).exceptionally(failure -> notTold(node, failure)))
                .toArray(CompletableFuture<?>[]::new));
    }

    @SuppressWarnings("NullAway") // a Void has no other value
    private static Void notTold(String node, Throwable failure) {
        LOG.debug("The MemDS server on {} has not been told; it will be repaired", node, failure);
        return null;
    }

    private static void pace(CompletableFuture<Void> told) {
        var unused = told.completeOnTimeout(null, PACE_MAX.toNanos(), TimeUnit.NANOSECONDS)
                .join();
    }

    @Override
    public void close() {
        closed = true;
        wake();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
