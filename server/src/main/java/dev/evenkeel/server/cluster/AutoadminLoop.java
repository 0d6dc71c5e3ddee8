package dev.evenkeel.server.cluster;

import dev.evenkeel.autoadmin.Action;
import dev.evenkeel.autoadmin.Autoadmin;
import dev.evenkeel.autoadmin.AutoadminSettings;
import dev.evenkeel.autoadmin.ClusterView;
import dev.evenkeel.autoadmin.GroupObservation;
import dev.evenkeel.autoadmin.NodeObservation;
import dev.evenkeel.autoadmin.Plan;
import dev.evenkeel.autoadmin.ReplicaObservation;
import dev.evenkeel.metadata.Catalog;
import dev.evenkeel.metadata.CatalogImage;
import dev.evenkeel.metadata.ClusterChange;
import dev.evenkeel.metadata.GroupDescriptor;
import dev.evenkeel.metadata.NodeDescriptor;
import dev.evenkeel.metadata.ReplicaDescriptor;
import dev.evenkeel.metadata.ReplicaKind;
import dev.evenkeel.replication.raft.GroupMember;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs {@link Autoadmin} on the node that leads the catalog: looks, decides, has it done. What it knows is in the catalog
 * and in the nodes' reports, so that its loss harms nothing: the next leader looks for itself.
 */
final class AutoadminLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AutoadminLoop.class);

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    /** Requests are not counted yet: nodes are balanced by the number of their replicas. */
    private static final double NO_LOAD = 0;

    /** In which a group has replicas, if there are nodes. */
    private static final int ZONES = 3;

    /** A new leader first listens for a while: who has not reported yet need not be dead. */
    private static final Duration LISTEN_FIRST = Duration.ofSeconds(3);

    private final Catalog catalog;
    private final ClusterSettings settings;
    private final Observations observations;
    private final AdminCalls calls;
    private final ExecutorService threads;
    private final Autoadmin autoadmin;
    private final Set<Integer> changing = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Integer> strayRounds = new HashMap<>(); // the loop's
    private volatile List<String> obstacles = List.of();
    private final FoundersWait foundersWait = new FoundersWait(ClusterNode.MACHINE_TIME); // the loop's
    private final long begunNanos = ClusterNode.MACHINE_TIME.nanos();
    private volatile boolean stopped;
    private @Nullable Thread thread;

    AutoadminLoop(
            Catalog catalog,
            ClusterSettings settings,
            AutoadminSettings bounds,
            Observations observations,
            AdminCalls calls,
            ExecutorService threads) {
        this.catalog = catalog;
        this.settings = settings;
        this.observations = observations;
        this.calls = calls;
        this.threads = threads;
        this.autoadmin = new Autoadmin(bounds);
    }

    void start() {
        thread = Thread.ofVirtual().name("autoadmin").start(this::run);
    }

    private void run() {
        while (!stopped) {
            try {
                if (bootstrapped() && ClusterNode.MACHINE_TIME.nanos() - begunNanos > LISTEN_FIRST.toNanos()) {
                    look();
                }
            } catch (RuntimeException e) {
                LOG.warn("Autoadmin could not do its work, and tries again", e);
            }
            Rhythm.awaitNext(this, LOOK_EVERY);
        }
    }

    /** Makes the groups that a cluster begins with; false while founders are missing. */
    private boolean bootstrapped() {
        var image = catalog.image();
        boolean complete = settings.founders().stream()
                .allMatch(founder -> image.node(founder.id()).isPresent());
        if (image.group(GroupDescriptor.CATALOG).isEmpty() && complete) {
            catalog.propose(new ClusterChange.CreateGroup(
                    GroupDescriptor.CATALOG,
                    settings.founders().stream()
                            .map(founder -> new ReplicaDescriptor(founder.id(), ReplicaKind.STORAGE))
                            .toList()));
        }
        foundersWait.look(complete);
        boolean hasGroups = !image.hostingGroups().isEmpty();
        if (!hasGroups && complete) {
            makeGroups(autoadmin.bootstrap(view(catalog.image()), settings.groups()));
        }
        return hasGroups;
    }

    private void makeGroups(Plan plan) {
        if ((allReport() && plan.obstacles().isEmpty()) || foundersWait.isOver() || isInFewerZones()) {
            obstacles = plan.obstacles();
            plan.actions().forEach(this::carryOut);
        }
    }

    /** Whether the founders themselves are in fewer zones than a group can have replicas: nobody is waited for then. */
    private boolean isInFewerZones() {
        return allReport()
                && settings.founders().stream()
                                .map(ClusterSettings.Founder::zone)
                                .distinct()
                                .count()
                        < ZONES;
    }

    /**
     * A founder that is just starting has registered, but not reported yet, or others have not heard it yet and would call it
     * unhealthy: it is to have its replicas all the same.
     */
    private boolean allReport() {
        var ids = settings.founders().stream().map(ClusterSettings.Founder::id).collect(Collectors.toSet());
        return ids.stream()
                .allMatch(id ->
                        observations.of(id).filter(report -> hears(report, ids)).isPresent());
    }

    private static boolean hears(NodeReport report, Set<String> nodes) {
        return nodes.stream()
                .allMatch(node -> node.equals(report.node()) || report.silence().containsKey(node));
    }

    private void look() {
        var image = catalog.image();
        FeatureLevels.next(image.nodes(), image.featureLevel())
                .ifPresent(level -> catalog.propose(new ClusterChange.RaiseFeatureLevel(level)));
        reconcile(image);
        var plan = autoadmin.plan(view(catalog.image()));
        obstacles = plan.obstacles();
        for (var action : plan.actions()) {
            if (changing.add(action.groupId())) {
                threads.execute(() -> {
                    try {
                        LOG.info("Autoadmin: {}", action);
                        carryOut(action);
                    } catch (RuntimeException e) {
                        LOG.warn("Autoadmin: {} failed: {}", action, e.getMessage());
                    } finally {
                        changing.remove(action.groupId());
                    }
                });
            }
        }
    }

    List<String> obstacles() {
        return obstacles;
    }

    // --- looking -----------------------------------------------------------------------------------------------------

    private ClusterView view(CatalogImage image) {
        var reports = observations.recent();
        var nodes = new HashMap<String, NodeObservation>();
        for (var node : image.nodes()) {
            nodes.put(node.id(), new NodeObservation(silence(node, reports), NO_LOAD, mayLead(node)));
        }
        var groups = new HashMap<Integer, GroupObservation>();
        for (var group : image.groups()) {
            groups.put(group.id(), observed(group, reports));
        }
        return ClusterView.of(image, nodes, groups);
    }

    private boolean mayLead(NodeDescriptor node) {
        return observations.of(node.id()).filter(NodeReport::mayLead).isPresent();
    }

    private Map<String, Duration> silence(NodeDescriptor node, List<NodeReport> reports) {
        var silence = new HashMap<String, Duration>();
        for (var report : reports) {
            if (!report.node().equals(node.id())) {
                var since = report.silence().get(node.id());
                silence.put(
                        report.node(),
                        since == null ? Duration.ofDays(1) : since.plus(observations.age(report.node())));
            }
        }
        return silence;
    }

    private GroupObservation observed(GroupDescriptor group, List<NodeReport> reports) {
        ReplicaReport leader = null;
        String leaderNode = null;
        var replicas = new HashMap<String, ReplicaObservation>();
        for (var report : reports) {
            for (var replica : report.replicas()) {
                if (replica.groupId() != group.id()) {
                    continue;
                }
                if (replica.leads() && (leader == null || replica.term() > leader.term())) {
                    leader = replica;
                    leaderNode = report.node();
                }
                if (isTheCatalogs(group, report.node(), replica)) {
                    replicas.put(report.node(), observed(report.node(), replica));
                }
            }
        }
        boolean isChanging = changing.contains(group.id()) || leader == null || !isAsInCatalog(group, leader);
        return new GroupObservation(leaderNode, leader == null ? 0 : leader.committedLsn(), isChanging, replicas);
    }

    private ReplicaObservation observed(String node, ReplicaReport replica) {
        var failedFor = observations.failedFor(node, replica);
        return failedFor.isZero()
                ? ReplicaObservation.running(replica.appliedLsn(), false, replica.bytes())
                : ReplicaObservation.failed(failedFor);
    }

    /** Of a node with two replicas of a group, the one that the catalog means. */
    private static boolean isTheCatalogs(GroupDescriptor group, String node, ReplicaReport replica) {
        return group.replicaOn(node).map(it -> Members.kind(it.kind())).orElse(GroupMember.Kind.STORAGE)
                == replica.kind();
    }

    private static boolean isAsInCatalog(GroupDescriptor group, ReplicaReport leader) {
        var wanted = new HashSet<>(Members.voters(group.replicas()));
        return wanted.equals(new HashSet<>(leader.members()))
                && (group.id() == GroupDescriptor.CATALOG
                        || new HashSet<>(Members.learners(group.replicas())).equals(new HashSet<>(leader.learners())));
    }

    /**
     * The group itself is the truth about its members. When it has others than the catalog says, and nobody is changing
     * them, whoever did was lost before telling the catalog.
     */
    private void reconcile(CatalogImage image) {
        var reports = observations.recent();
        for (var group : image.groups()) {
            var leader = reports.stream()
                    .flatMap(report -> report.replicas().stream())
                    .filter(replica -> replica.groupId() == group.id() && replica.leads())
                    .reduce((a, b) -> a.term() >= b.term() ? a : b);
            boolean isStray = leader.isPresent()
                    && !changing.contains(group.id())
                    && !leader.get().members().isEmpty()
                    && !isAsInCatalog(group, leader.get());
            int rounds = isStray ? strayRounds.merge(group.id(), 1, Integer::sum) : 0;
            if (!isStray) {
                strayRounds.remove(group.id());
            } else if (rounds >= STRAY_ROUNDS_MAX) {
                strayRounds.remove(group.id());
                catalog.propose(new ClusterChange.SetGroupReplicas(
                        group.id(), group.version(), replicas(group.id(), leader.get())));
            }
        }
    }

    /** Reports lag behind the catalog; what stays so for a few seconds is so. */
    private static final int STRAY_ROUNDS_MAX = 10;

    private static List<ReplicaDescriptor> replicas(int groupId, ReplicaReport leader) {
        var replicas = new ArrayList<ReplicaDescriptor>();
        for (var member : leader.members()) {
            replicas.add(new ReplicaDescriptor(
                    member.node(), member.kind() == GroupMember.Kind.LOG ? ReplicaKind.LOG : ReplicaKind.STORAGE));
        }
        if (groupId != GroupDescriptor.CATALOG) {
            leader.learners().forEach(node -> replicas.add(new ReplicaDescriptor(node, ReplicaKind.LEARNER)));
        }
        return replicas;
    }

    // --- doing -------------------------------------------------------------------------------------------------------

    private void carryOut(Action action) {
        switch (action) {
            case Action.CreateGroup create ->
                catalog.propose(new ClusterChange.CreateGroup(create.groupId(), create.replicas()));
            case Action.TransferLeader transfer ->
                calls.transfer(observations.leaderOf(transfer.groupId()), transfer.groupId(), transfer.toNode());
            case Action.MembershipChange change -> change(change);
        }
    }

    private void change(Action.MembershipChange change) {
        var group = catalog.image()
                .group(change.groupId())
                .orElseThrow(() -> new IllegalStateException("group " + change.groupId() + " is gone"));
        var next = change.applyTo(group).replicas();
        for (var replica : next) {
            var kind = Members.kind(replica.kind());
            boolean isThere = group.replicaOn(replica.nodeId())
                    .filter(it -> Members.kind(it.kind()) == kind)
                    .isPresent();
            if (!isThere && group.id() != GroupDescriptor.CATALOG) {
                calls.open(replica.nodeId(), group.id(), kind);
            }
        }
        calls.change(
                observations.leaderOf(group.id()),
                group.id(),
                Members.voters(next),
                group.id() == GroupDescriptor.CATALOG ? followers(Members.voters(next)) : Members.learners(next));
        catalog.propose(new ClusterChange.SetGroupReplicas(group.id(), group.version(), next));
    }

    /** All nodes follow the catalog. */
    private List<String> followers(List<GroupMember> voters) {
        return catalog.image().nodes().stream()
                .filter(node -> !node.hasLeft())
                .map(NodeDescriptor::id)
                .filter(node -> voters.stream().noneMatch(voter -> voter.node().equals(node)))
                .toList();
    }

    @Override
    public void close() {
        stopped = true;
        var running = thread;
        if (running != null) {
            LockSupport.unpark(running);
        }
    }
}
