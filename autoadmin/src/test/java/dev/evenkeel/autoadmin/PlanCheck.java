package dev.evenkeel.autoadmin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.autoadmin.Action.AddLogReplica;
import dev.evenkeel.autoadmin.Action.AddStorageReplica;
import dev.evenkeel.autoadmin.Action.ConvertLogReplica;
import dev.evenkeel.autoadmin.Action.CreateGroup;
import dev.evenkeel.autoadmin.Action.MembershipChange;
import dev.evenkeel.autoadmin.Action.PromoteReplica;
import dev.evenkeel.autoadmin.Action.RemoveReplica;
import dev.evenkeel.autoadmin.Action.TransferLeader;
import dev.evenkeel.metadata.GroupDescriptor;
import dev.evenkeel.metadata.NodeDescriptor;
import dev.evenkeel.metadata.NodeState;
import dev.evenkeel.metadata.ReplicaDescriptor;
import dev.evenkeel.metadata.ReplicaKind;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;

/** What must be true of every plan, said again in the plainest words. */
final class PlanCheck {
    private static final Duration BOUND = SimulatedCluster.SETTINGS.unhealthyAfter();

    void check(ClusterView view, Plan plan) {
        assertThat(plan.actions()).extracting(Action::groupId).doesNotHaveDuplicates();
        assertThat(plan.actions().stream().filter(it -> it instanceof TransferLeader))
                .hasSizeLessThanOrEqualTo(1);
        plan.actions().forEach(action -> check(view, action));
        view.groups().values().forEach(group -> checkHealed(view, plan, group));
    }

    private static void check(ClusterView view, Action action) {
        var group = group(view, action);
        var observation = view.observed(action.groupId());
        assertThat(observation.changing())
                .as("one change at a time: %s", action)
                .isFalse();
        assertThat(observation.leader()).as("%s without a leader", action).isNotNull();
        switch (action) {
            case CreateGroup create -> throw new AssertionError(create);
            case TransferLeader transfer -> {
                assertWelcoming(view, transfer.toNode());
                assertThat(group.replicaOn(transfer.toNode()).orElseThrow().kind())
                        .isEqualTo(ReplicaKind.STORAGE);
                assertThat(isFull(view, group, transfer.toNode())).isTrue();
            }
            case MembershipChange change -> {
                checkVotes(view, group, change.applyTo(group));
                checkPurpose(view, group, change);
            }
        }
    }

    /** Zones apart, no weaker quorum, no fewer copies. */
    private static void checkVotes(ClusterView view, GroupDescriptor before, GroupDescriptor after) {
        var zones = new HashSet<String>();
        after.voters()
                .forEach(voter -> assertThat(zones.add(zone(view, voter)))
                        .as("two votes in a zone: %s", after)
                        .isTrue());
        assertThat(spareVotes(view, after))
                .as("from %s to %s", before, after)
                .isPositive()
                .isGreaterThanOrEqualTo(
                        Math.min(spareVotes(view, before), after.voters().size() / 2 + 1));
        assertThat(copies(view, after)).isGreaterThanOrEqualTo(Math.min(2, copies(view, before)));
        assertThat(after.voters().size()).isGreaterThanOrEqualTo(before.voters().size());
    }

    /** Healthy voters beyond those that a majority leaves out; 0 means no quorum. */
    private static long spareVotes(ClusterView view, GroupDescriptor group) {
        int size = group.voters().size();
        long healthy = group.voters().stream()
                .filter(voter -> isHeard(view, voter.nodeId()) && !hasFailed(view, group, voter.nodeId()))
                .count();
        return Math.max(0, healthy - size / 2);
    }

    private static long copies(ClusterView view, GroupDescriptor group) {
        return group.voters().stream()
                .filter(voter -> voter.kind() == ReplicaKind.STORAGE)
                .filter(voter -> isHeard(view, voter.nodeId()) && isFull(view, group, voter.nodeId()))
                .count();
    }

    private static void checkPurpose(ClusterView view, GroupDescriptor group, MembershipChange change) {
        switch (change) {
            case AddLogReplica add -> {
                assertWelcoming(view, add.nodeId());
                var replaced = group.replicaOn(add.inPlaceOf()).orElseThrow();
                assertThat(zone(view, replaced)).isEqualTo(zone(view, add.nodeId()));
                boolean movesLog = replaced.kind() == ReplicaKind.LOG
                        && node(view, add.inPlaceOf()).state() == NodeState.DRAINING;
                assertThat(isSilent(view, add.inPlaceOf()) || hasFailed(view, group, add.inPlaceOf()) || movesLog)
                        .as("%s though most hear it", add)
                        .isTrue();
            }
            case AddStorageReplica add -> assertWelcoming(view, add.nodeId());
            case ConvertLogReplica convert -> assertWelcoming(view, convert.nodeId());
            case PromoteReplica promote ->
                assertThat(isHeard(view, promote.nodeId()) && isFull(view, group, promote.nodeId()))
                        .as("%s before it has caught up", promote)
                        .isTrue();
            case RemoveReplica remove ->
                assertThat(group.replicaOn(remove.nodeId()).orElseThrow().kind())
                        .isEqualTo(ReplicaKind.LEARNER);
        }
    }

    /** A dead voter is replaced in the same tick whenever that is possible. */
    private static void checkHealed(ClusterView view, Plan plan, GroupDescriptor group) {
        var observation = view.observed(group.id());
        boolean changes = plan.actions().stream().anyMatch(action -> action.groupId() == group.id());
        var leader = observation.leader();
        if (changes
                || observation.changing()
                || leader == null
                || !isHeard(view, leader)
                || !isFull(view, group, leader)
                || group.voters().stream().noneMatch(voter -> voter.nodeId().equals(leader)) // just replaced
                || spareVotes(view, group) == 0) {
            return;
        }
        for (var voter : group.voters()) {
            boolean isDead = isSilent(view, voter.nodeId()) || hasFailed(view, group, voter.nodeId());
            assertThat(isDead && hasSpare(view, group, zone(view, voter)))
                    .as("%s is not healed: %s", group, view)
                    .isFalse();
        }
    }

    private static boolean hasSpare(ClusterView view, GroupDescriptor group, String zone) {
        return view.nodes().values().stream()
                .anyMatch(node -> node.zone().equals(zone)
                        && node.state() == NodeState.ACTIVE
                        && isHeard(view, node.id())
                        && !hasFailedReplicas(view, node.id())
                        && group.replicaOn(node.id()).isEmpty()
                        && (group.id() != GroupDescriptor.CATALOG || isFull(view, group, node.id())));
    }

    private static void assertWelcoming(ClusterView view, String nodeId) {
        assertThat(isHeard(view, nodeId)
                        && node(view, nodeId).state() == NodeState.ACTIVE
                        && !hasFailedReplicas(view, nodeId))
                .as("%s is no place for anything new", nodeId)
                .isTrue();
    }

    private static boolean isFull(ClusterView view, GroupDescriptor group, String nodeId) {
        var observation = view.observed(group.id());
        var replica = observation.replicas().get(nodeId);
        return replica != null
                && replica.failedFor().isZero()
                && !replica.installing()
                && observation.committedLsn() - replica.appliedLsn() <= 100;
    }

    private static boolean hasFailed(ClusterView view, GroupDescriptor group, String nodeId) {
        var replica = view.observed(group.id()).replicas().get(nodeId);
        return replica != null && replica.failedFor().compareTo(BOUND) > 0;
    }

    private static boolean hasFailedReplicas(ClusterView view, String nodeId) {
        return view.groups().values().stream().anyMatch(group -> hasFailed(view, group, nodeId));
    }

    private static boolean isHeard(ClusterView view, String nodeId) {
        return view.nodes().size() == 1 || count(view, nodeId, false) > count(view, nodeId, true);
    }

    private static boolean isSilent(ClusterView view, String nodeId) {
        return count(view, nodeId, true) > 1 && count(view, nodeId, true) > count(view, nodeId, false);
    }

    private static int count(ClusterView view, String nodeId, boolean silent) {
        int count = 0;
        for (var age : Objects.requireNonNull(view.nodeObservations().get(nodeId))
                .silence()
                .values()) {
            count += age.compareTo(BOUND) > 0 == silent ? 1 : 0;
        }
        return count;
    }

    private static String zone(ClusterView view, ReplicaDescriptor replica) {
        return zone(view, replica.nodeId());
    }

    private static String zone(ClusterView view, String nodeId) {
        return node(view, nodeId).zone();
    }

    private static NodeDescriptor node(ClusterView view, String nodeId) {
        return Objects.requireNonNull(view.nodes().get(nodeId));
    }

    private static GroupDescriptor group(ClusterView view, Action action) {
        return Objects.requireNonNull(view.groups().get(action.groupId()));
    }
}
