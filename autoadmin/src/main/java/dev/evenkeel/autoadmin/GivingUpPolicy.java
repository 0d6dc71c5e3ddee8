package dev.evenkeel.autoadmin;

import dev.evenkeel.autoadmin.Action.RemoveReplica;
import dev.evenkeel.metadata.GroupDescriptor;
import dev.evenkeel.metadata.ReplicaDescriptor;
import dev.evenkeel.metadata.ReplicaKind;
import java.util.Optional;

/**
 * Removes learners that have become useless: what was being filled on a node that died or shall go, and what waited for a
 * node to come back for too long.
 */
final class GivingUpPolicy {
    private GivingUpPolicy() {}

    static Optional<Action> next(Situation situation, GroupDescriptor group) {
        return situation.learners(group).stream()
                .filter(learner -> isUseless(situation, group, learner))
                .map(learner -> (Action) new RemoveReplica(group.id(), learner.nodeId()))
                .findFirst();
    }

    private static boolean isUseless(Situation situation, GroupDescriptor group, ReplicaDescriptor learner) {
        var voter = situation.voterIn(group, situation.zoneOf(learner));
        if (situation.isUnhealthy(group, learner)) {
            boolean awaited = voter.filter(it -> it.kind() == ReplicaKind.LOG).isPresent();
            return !awaited || situation.isGivenUp(group, learner);
        }
        return situation.isDraining(learner.nodeId())
                && voter.filter(it -> situation.isCaughtUpStorage(group, it)).isPresent();
    }
}
