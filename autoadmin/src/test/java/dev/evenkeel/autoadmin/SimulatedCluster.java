package dev.evenkeel.autoadmin;

import dev.evenkeel.autoadmin.Action.CreateGroup;
import dev.evenkeel.autoadmin.Action.MembershipChange;
import dev.evenkeel.autoadmin.Action.TransferLeader;
import dev.evenkeel.metadata.Catalog;
import dev.evenkeel.metadata.CatalogImage;
import dev.evenkeel.metadata.CatalogStateMachine;
import dev.evenkeel.metadata.ClusterChange;
import dev.evenkeel.metadata.GroupDescriptor;
import dev.evenkeel.metadata.NodeDescriptor;
import dev.evenkeel.metadata.NodeState;
import dev.evenkeel.metadata.ReplicaDescriptor;
import dev.evenkeel.metadata.ReplicaKind;
import dev.evenkeel.replication.MemoryLog;
import dev.evenkeel.replication.SoloGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A cluster whose nodes die, come back, join and go, with a real catalog. Time goes in ticks of a second; autoadmin is
 * asked at each, and what it wants takes one to three of them, or fails when the group has no majority then.
 */
final class SimulatedCluster {
    static final AutoadminSettings SETTINGS =
            new AutoadminSettings(Duration.ofSeconds(3), Duration.ofSeconds(60), 100, 2);
    private static final int NODES_A_ZONE_MAX = 4;

    /** A node that hears nothing of another, though that is well. */
    private record Cut(String observer, String node) {}

    final Autoadmin autoadmin = new Autoadmin(SETTINGS);
    private final Random random;
    private final CatalogStateMachine machine = CatalogStateMachine.inMemory();
    private final Catalog catalog = new Catalog(SoloGroup.open(1, new MemoryLog(), machine), machine, new Random(1));
    private final Map<Integer, SimulatedGroup> groups = new TreeMap<>();
    private final Map<String, Integer> deadSince = new HashMap<>();
    private final Map<Cut, Integer> cuts = new HashMap<>();
    private final int zones;
    private int nodesEver;
    private int tick;

    SimulatedCluster(Random random) {
        this.random = random;
        this.zones = random.nextInt(8) == 0 ? random.nextInt(1, 5) : 3;
        for (int i = 0; i < zones; i++) {
            for (int n = random.nextInt(1, 4); n > 0; n--) {
                join("zone-" + i);
            }
        }
        createCatalogGroup();
        autoadmin.bootstrap(view(), random.nextInt(1, 9)).actions().forEach(this::create);
    }

    private void createCatalogGroup() {
        var byZone = new TreeMap<String, ReplicaDescriptor>();
        image().nodes().forEach(node -> byZone.put(node.zone(), new ReplicaDescriptor(node.id(), ReplicaKind.STORAGE)));
        create(new CreateGroup(
                GroupDescriptor.CATALOG, byZone.values().stream().limit(3).toList()));
    }

    private void create(Action action) {
        var create = (CreateGroup) action;
        catalog.propose(new ClusterChange.CreateGroup(create.groupId(), create.replicas()));
        groups.put(create.groupId(), new SimulatedGroup(group(create.groupId()), random, this::isAlive));
    }

    private void join(String zone) {
        var id = "%s-node-%02d".formatted(zone, nodesEver++);
        catalog.propose(new ClusterChange.RegisterNode(
                new NodeDescriptor(id, zone, "localhost", 8000, "localhost", 9000, NodeState.ACTIVE, 1)));
    }

    CatalogImage image() {
        return catalog.image();
    }

    GroupDescriptor group(int id) {
        return image().group(id).orElseThrow();
    }

    SimulatedGroup reality(int id) {
        return Objects.requireNonNull(groups.get(id));
    }

    boolean isAlive(String nodeId) {
        return !deadSince.containsKey(nodeId);
    }

    List<NodeDescriptor> nodes() {
        return image().nodes().stream().filter(node -> !node.hasLeft()).toList();
    }

    List<NodeDescriptor> welcoming() {
        return nodes().stream()
                .filter(node -> isAlive(node.id()) && node.state() == NodeState.ACTIVE)
                .toList();
    }

    Set<String> welcomingZones() {
        var found = new TreeSet<String>();
        welcoming().forEach(node -> found.add(node.zone()));
        return found;
    }

    /** One second goes by; what autoadmin then wants is begun. */
    Plan tick(PlanCheck check) {
        tick++;
        groups.forEach((id, group) -> {
            group.tick(group(id));
            var due = group.takeDue(tick);
            if (due != null) {
                carryOut(due, group);
            }
        });
        var view = view();
        var plan = autoadmin.plan(view);
        check.check(view, plan);
        plan.actions().forEach(action -> reality(action.groupId()).begin(action, tick));
        return plan;
    }

    private void carryOut(Action action, SimulatedGroup group) {
        var before = group(action.groupId());
        if (group.leader() == null || !group.hasLivingMajority(before)) {
            return;
        }
        switch (action) {
            case CreateGroup create -> throw new AssertionError(create);
            case TransferLeader transfer -> {
                if (group.runs(transfer.toNode())) {
                    group.leadBy(transfer.toNode());
                }
            }
            case MembershipChange change -> {
                var after = change.applyTo(before);
                if (group.hasLivingMajority(after)) {
                    catalog.propose(
                            new ClusterChange.SetGroupReplicas(before.id(), before.version(), after.replicas()));
                    group.become(before, after);
                }
            }
        }
    }

    ClusterView view() {
        var nodeObservations = new HashMap<String, NodeObservation>();
        for (var node : nodes()) {
            var silence = new HashMap<String, Duration>();
            nodes().stream()
                    .map(NodeDescriptor::id)
                    .filter(observer -> !observer.equals(node.id()) && isAlive(observer))
                    .forEach(observer -> silence.put(observer, silence(observer, node.id())));
            nodeObservations.put(node.id(), new NodeObservation(silence, random.nextInt(10), true));
        }
        var living =
                nodes().stream().map(NodeDescriptor::id).filter(this::isAlive).toList();
        var groupObservations = new HashMap<Integer, GroupObservation>();
        groups.forEach((id, group) ->
                groupObservations.put(id, group.observe(id == GroupDescriptor.CATALOG ? living : List.of(), tick)));
        return ClusterView.of(image(), nodeObservations, groupObservations);
    }

    private Duration silence(String observer, String nodeId) {
        int since = Math.min(deadSince.getOrDefault(nodeId, tick), cuts.getOrDefault(new Cut(observer, nodeId), tick));
        return Duration.ofSeconds(tick - since).plusMillis(random.nextInt(500));
    }

    // faults and operators

    void disturb() {
        var nodes = nodes();
        var node = nodes.get(random.nextInt(nodes.size()));
        switch (random.nextInt(60)) {
            case 0, 1 -> deadSince.putIfAbsent(node.id(), tick);
            case 2, 3, 4 -> deadSince.remove(node.id());
            case 5 -> joinOrKillZone(node.zone());
            case 6 -> setState(node, NodeState.DRAINING);
            case 7, 8 -> setState(node, NodeState.ACTIVE);
            case 9, 10 -> leaveIfEmpty(node);
            case 11, 12 -> cut(nodes.get(random.nextInt(nodes.size())).id(), node.id());
            case 13 -> cuts.clear();
            case 14 -> groups.values().forEach(group -> group.fail(node.id(), tick)); // its disk is full
            case 15 -> reality(random.nextInt(groups.size())).fail(node.id(), tick);
            case 16, 17, 18 -> groups.values().forEach(group -> group.mend(node.id()));
            default -> {}
        }
    }

    private void joinOrKillZone(String zone) {
        var inZone = nodes().stream().filter(node -> node.zone().equals(zone)).toList();
        if (random.nextInt(4) == 0) {
            inZone.forEach(node -> deadSince.putIfAbsent(node.id(), tick));
        } else if (inZone.size() < NODES_A_ZONE_MAX) {
            join(random.nextInt(5) == 0 ? "zone-" + random.nextInt(4) : zone);
        }
    }

    private void setState(NodeDescriptor node, NodeState state) {
        catalog.propose(new ClusterChange.SetNodeState(node.id(), state));
    }

    private void leaveIfEmpty(NodeDescriptor node) {
        boolean used = image().groups().stream()
                        .anyMatch(group -> group.replicaOn(node.id()).isPresent())
                || groups.values().stream()
                        .map(SimulatedGroup::pending)
                        .anyMatch(action -> String.valueOf(action).contains(node.id()));
        if (node.state() == NodeState.DRAINING && !used) {
            setState(node, NodeState.LEFT);
            deadSince.remove(node.id());
        }
    }

    /** Of one observer at a time for each node: more would be a majority in a small cluster. */
    private void cut(String observer, String nodeId) {
        if (cuts.keySet().stream().noneMatch(cut -> cut.node().equals(nodeId))) {
            cuts.put(new Cut(observer, nodeId), tick);
        }
    }

    /** Faults end; enough comes back for every group to be healed, the rest stays dead or draining. */
    void calmDown() {
        cuts.clear();
        groups.values().forEach(SimulatedGroup::mendAll);
        for (var zone : zonesInUse()) {
            if (!welcomingZones().contains(zone)) {
                var node = nodes().stream()
                        .filter(it -> it.zone().equals(zone))
                        .findFirst()
                        .orElseThrow();
                deadSince.remove(node.id());
                setState(node, NodeState.ACTIVE);
            }
        }
        groups.forEach((id, group) -> reviveMajority(group(id), group));
        if (nodes().stream().filter(node -> isAlive(node.id())).count() < 2) {
            deadSince.clear(); // a death that only one could see would never be believed
        }
    }

    private Set<String> zonesInUse() {
        var found = new HashSet<String>();
        nodes().forEach(node -> found.add(node.zone()));
        return found;
    }

    private void reviveMajority(GroupDescriptor descriptor, SimulatedGroup group) {
        for (var voter : new ArrayList<>(descriptor.voters())) {
            boolean enough = group.hasLivingMajority(descriptor)
                    && descriptor.voters().stream()
                            .anyMatch(it -> it.kind() == ReplicaKind.STORAGE
                                    && isAlive(it.nodeId())
                                    && group.isComplete(it.nodeId()));
            if (!enough) {
                deadSince.remove(voter.nodeId());
            }
        }
    }

    /** Nodes and groups, for the message of a failure. */
    @Override
    public String toString() {
        var text = new StringBuilder("at tick ").append(tick).append('\n');
        nodes().forEach(node ->
                text.append("%s %s %s\n".formatted(node.id(), node.state(), isAlive(node.id()) ? "alive" : "dead")));
        groups.forEach((id, group) -> text.append("%s\n  %s\n".formatted(group(id), group)));
        return text.toString();
    }
}
