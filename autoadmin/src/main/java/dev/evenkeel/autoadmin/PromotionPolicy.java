package dev.evenkeel.autoadmin;

import dev.evenkeel.autoadmin.Action.PromoteReplica;
import dev.evenkeel.metadata.GroupDescriptor;
import dev.evenkeel.metadata.ReplicaDescriptor;
import java.util.Optional;

/**
 * Gives a learner that has caught up the vote of its zone: that of a log replica whose time is over, or of a storage
 * replica that moves. A leader hands over first.
 */
final class PromotionPolicy {
    private PromotionPolicy() {}

    static Optional<Action> next(Situation situation, GroupDescriptor group) {
        return situation.learners(group).stream()
                .filter(learner -> situation.isCaughtUp(group, learner.nodeId()))
                .flatMap(learner -> promote(situation, group, learner).stream())
                .findFirst();
    }

    private static Optional<Action> promote(Situation situation, GroupDescriptor group, ReplicaDescriptor learner) {
        var voter = situation.voterIn(group, situation.zoneOf(learner));
        boolean isBetter = situation.isWelcoming(learner.nodeId())
                || voter.filter(it -> situation.isCaughtUpStorage(group, it)).isEmpty();
        boolean mustWait = voter.filter(it -> Filling.mustHandOverFirst(situation, group, it.nodeId()))
                .isPresent();
        return isBetter && !mustWait
                ? Optional.of(new PromoteReplica(
                        group.id(),
                        learner.nodeId(),
                        voter.map(ReplicaDescriptor::nodeId).orElse(null)))
                : Optional.empty();
    }
}
