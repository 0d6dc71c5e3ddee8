package dev.evenkeel.autoadmin;

import dev.evenkeel.metadata.GroupDescriptor;
import dev.evenkeel.metadata.NodeDescriptor;
import dev.evenkeel.metadata.NodeState;
import dev.evenkeel.metadata.ReplicaDescriptor;
import dev.evenkeel.metadata.ReplicaKind;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** A view with the judgements that all policies share. Immutable. */
final class Situation {
    private final ClusterView view;
    private final AutoadminSettings settings;
    private final HealthPolicy judge;
    private final Map<String, Health> health;
    private final Map<String, Integer> replicaCounts;
    private final Set<String> failing = new HashSet<>(); // nodes with a replica that has failed for long

    Situation(ClusterView view, AutoadminSettings settings) {
        this.view = view;
        this.settings = settings;
        this.judge = new HealthPolicy(view);
        this.health = new HashMap<>();
        view.nodes().keySet().forEach(id -> health.put(id, judge.of(id, settings.unhealthyAfter())));
        this.replicaCounts = new HashMap<>();
        for (var group : groups()) {
            group.replicas().forEach(it -> replicaCounts.merge(it.nodeId(), 1, Integer::sum));
            observed(group).replicas().keySet().stream()
                    .filter(id -> hasFailed(group, id, settings.unhealthyAfter()))
                    .forEach(failing::add);
        }
    }

    Situation after(Action action) {
        return new Situation(view.after(action), settings);
    }

    // groups

    List<GroupDescriptor> groups() {
        return List.copyOf(view.groups().values());
    }

    GroupObservation observed(GroupDescriptor group) {
        return view.observed(group.id());
    }

    boolean isLedBy(GroupDescriptor group, String nodeId) {
        return nodeId.equals(observed(group).leader());
    }

    /**
     * Whether the group can change now: a storage replica that is well leads it, most of its voters are healthy, and no
     * other change is under way. A log replica that leads is about to hand over.
     */
    boolean canChange(GroupDescriptor group) {
        return !observed(group).changing()
                && hasHealthyMajority(group)
                && group.voters().stream()
                        .anyMatch(voter -> isLedBy(group, voter.nodeId()) && isCaughtUpStorage(group, voter));
    }

    boolean hasHealthyMajority(GroupDescriptor group) {
        var voters = group.voters();
        return 2 * voters.stream().filter(voter -> isHealthy(group, voter)).count() > voters.size();
    }

    /** Whether no change is under way anywhere, so that what is seen is what is. */
    boolean isCalm() {
        return groups().stream().noneMatch(group -> observed(group).changing());
    }

    /** Whether every voter is a storage replica that has everything: nothing is to be healed. */
    boolean isWhole(GroupDescriptor group) {
        return group.voters().stream().allMatch(voter -> isCaughtUpStorage(group, voter));
    }

    boolean isCaughtUpStorage(GroupDescriptor group, ReplicaDescriptor replica) {
        return replica.kind() == ReplicaKind.STORAGE && isCaughtUp(group, replica.nodeId());
    }

    /** Whether the node is well and has the group's data, but for the newest entries. */
    boolean isCaughtUp(GroupDescriptor group, String nodeId) {
        var observation = observed(group);
        var replica = observation.replicas().get(nodeId);
        return replica != null
                && isHealthy(nodeId)
                && replica.isRunning()
                && !replica.installing()
                && observation.committedLsn() - replica.appliedLsn() <= settings.lagMax();
    }

    /** The one replica that votes for that zone. */
    Optional<ReplicaDescriptor> voterIn(GroupDescriptor group, String zone) {
        return group.voters().stream()
                .filter(replica -> zoneOf(replica).equals(zone))
                .findFirst();
    }

    Optional<ReplicaDescriptor> learnerIn(GroupDescriptor group, String zone) {
        return learners(group).stream()
                .filter(replica -> zoneOf(replica).equals(zone))
                .findFirst();
    }

    List<ReplicaDescriptor> learners(GroupDescriptor group) {
        return group.replicas().stream()
                .filter(replica -> replica.kind() == ReplicaKind.LEARNER)
                .toList();
    }

    /** How many groups copy data now, or may begin to. What no leader fills is not counted: it could wait for ever. */
    long fills() {
        return groups().stream()
                .filter(group -> observed(group).leader() != null)
                .filter(group -> observed(group).changing() || isFilling(group))
                .count();
    }

    private boolean isFilling(GroupDescriptor group) {
        return group.replicas().stream()
                .filter(replica -> replica.kind() != ReplicaKind.LOG && isHealthy(group, replica))
                .anyMatch(replica -> !isCaughtUp(group, replica.nodeId()));
    }

    boolean mayFill() {
        return fills() < settings.fillsMax();
    }

    // nodes

    List<NodeDescriptor> nodes() {
        return List.copyOf(view.nodes().values());
    }

    Health health(String nodeId) {
        return health.getOrDefault(nodeId, Health.SUSPECT);
    }

    boolean isHealthy(String nodeId) {
        return health(nodeId) == Health.HEALTHY;
    }

    /** Whether its node is, and the replica itself has not failed for long. */
    boolean isHealthy(GroupDescriptor group, ReplicaDescriptor replica) {
        return isHealthy(replica.nodeId()) && !hasFailed(group, replica.nodeId(), settings.unhealthyAfter());
    }

    /** Its vote is a dead one: as far as the group is concerned, a replica that does not run is like a node that is away. */
    boolean isUnhealthy(GroupDescriptor group, ReplicaDescriptor replica) {
        return health(replica.nodeId()) == Health.UNHEALTHY
                || hasFailed(group, replica.nodeId(), settings.unhealthyAfter());
    }

    private boolean hasFailed(GroupDescriptor group, String nodeId, Duration bound) {
        var replica = observed(group).replicas().get(nodeId);
        return replica != null && replica.failedFor().compareTo(bound) > 0;
    }

    /** Whether the node has been away for so long that it is not waited for; one that shall go is not waited for at all. */
    boolean isGivenUp(GroupDescriptor group, ReplicaDescriptor replica) {
        return isUnhealthy(group, replica)
                && (isDraining(replica.nodeId())
                        || judge.isSilent(replica.nodeId(), settings.rebuildAfter())
                        || hasFailed(group, replica.nodeId(), settings.rebuildAfter()));
    }

    boolean isDraining(String nodeId) {
        return node(nodeId).state() == NodeState.DRAINING;
    }

    /** Whether the node may be given replicas and leaders. What has failed one of its replicas may fail others. */
    boolean isWelcoming(String nodeId) {
        return isHealthy(nodeId) && node(nodeId).state() == NodeState.ACTIVE && !failing.contains(nodeId);
    }

    /** Whether it takes the lead of a group: one that would not makes the group wait for as long as an election takes. */
    boolean mayLead(String nodeId) {
        var observation = view.nodeObservations().get(nodeId);
        return isWelcoming(nodeId) && observation != null && observation.mayLead();
    }

    String zoneOf(ReplicaDescriptor replica) {
        return node(replica.nodeId()).zone();
    }

    int replicaCount(String nodeId) {
        return replicaCounts.getOrDefault(nodeId, 0);
    }

    /** The nodes of the zone that may be given replicas, those with the fewest first, then those with the least load. */
    List<NodeDescriptor> welcoming(String zone) {
        return nodes().stream()
                .filter(node -> node.zone().equals(zone) && isWelcoming(node.id()))
                .sorted(Comparator.comparingInt((NodeDescriptor node) -> replicaCount(node.id()))
                        .thenComparingDouble(node -> load(node.id()))
                        .thenComparing(NodeDescriptor::id))
                .toList();
    }

    /** The node of the zone that should be given the next replica of the group, if one can be. */
    Optional<String> spare(GroupDescriptor group, String zone) {
        return spare(group, zone, _ -> true);
    }

    Optional<String> spare(GroupDescriptor group, String zone, Predicate<String> fit) {
        return welcoming(zone).stream()
                .map(NodeDescriptor::id)
                .filter(id -> group.replicaOn(id).isEmpty() && fit.test(id))
                .findFirst();
    }

    private double load(String nodeId) {
        var observation = view.nodeObservations().get(nodeId);
        return observation == null ? 0 : observation.load();
    }

    private NodeDescriptor node(String nodeId) {
        var node = view.nodes().get(nodeId);
        if (node == null) {
            throw new IllegalArgumentException("a replica is on node " + nodeId + ", which is not there");
        }
        return node;
    }
}
