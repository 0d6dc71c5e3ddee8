package dev.evenkeel.autoadmin;

import dev.evenkeel.autoadmin.Action.AddLogReplica;
import dev.evenkeel.metadata.GroupDescriptor;
import dev.evenkeel.metadata.ReplicaDescriptor;
import dev.evenkeel.metadata.ReplicaKind;
import java.util.Optional;

/**
 * Moves replicas off nodes that shall go, to other nodes of the same zone: leadership first, then a learner is filled,
 * then it takes the vote. An unhealthy node is the business of {@link HealingPolicy}.
 */
final class DrainPolicy {
    private DrainPolicy() {}

    static Optional<Action> next(Situation situation, GroupDescriptor group) {
        return group.voters().stream()
                .filter(voter -> isLeaving(situation, group, voter))
                .flatMap(voter -> move(situation, group, voter).stream())
                .findFirst();
    }

    private static boolean isLeaving(Situation situation, GroupDescriptor group, ReplicaDescriptor voter) {
        return situation.isDraining(voter.nodeId()) && situation.isHealthy(group, voter);
    }

    private static Optional<Action> move(Situation situation, GroupDescriptor group, ReplicaDescriptor voter) {
        var zone = situation.zoneOf(voter);
        var learner = situation.learnerIn(group, zone);
        if (learner.isEmpty()) {
            boolean leads = situation.isLedBy(group, voter.nodeId());
            return leads && LeaderPolicy.successor(situation, group).isPresent()
                    ? Optional.empty()
                    : Filling.begin(situation, group, zone);
        }
        // the zone's data may come back yet, but its vote need not wait for that here
        boolean waits = voter.kind() == ReplicaKind.LOG && situation.isUnhealthy(group, learner.get());
        return waits
                ? situation.spare(group, zone).map(id -> new AddLogReplica(group.id(), id, voter.nodeId(), false))
                : Optional.empty();
    }

    /** Why the group's replica cannot leave its node, if one shall and cannot. */
    static Optional<String> obstacle(Situation situation, GroupDescriptor group) {
        return group.voters().stream()
                .filter(voter -> isLeaving(situation, group, voter))
                .filter(voter -> isStuck(situation, group, situation.zoneOf(voter)))
                .map(voter -> "cannot drain node %s: zone %s has no other node for its replica of group %d"
                        .formatted(voter.nodeId(), situation.zoneOf(voter), group.id()))
                .findFirst();
    }

    private static boolean isStuck(Situation situation, GroupDescriptor group, String zone) {
        return situation.learnerIn(group, zone).isEmpty()
                && situation.spare(group, zone).isEmpty();
    }
}
