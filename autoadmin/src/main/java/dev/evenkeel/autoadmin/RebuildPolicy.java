package dev.evenkeel.autoadmin;

import dev.evenkeel.autoadmin.Action.ConvertLogReplica;
import dev.evenkeel.metadata.GroupDescriptor;
import dev.evenkeel.metadata.ReplicaDescriptor;
import dev.evenkeel.metadata.ReplicaKind;
import java.util.Optional;

/**
 * Replaces a log replica by a storage replica once nothing is left to wait for: as long as the zone has a learner, it is
 * either being filled already or may come back with its data.
 *
 * <p>Where possible the storage replica is filled on another node, beside the log replica that votes meanwhile. In a zone
 * without another node the log replica itself is turned into one; it restarts for that, so all other voters must be well.
 */
final class RebuildPolicy {
    private RebuildPolicy() {}

    static Optional<Action> next(Situation situation, GroupDescriptor group) {
        return group.voters().stream()
                .filter(voter -> voter.kind() == ReplicaKind.LOG)
                .filter(log -> situation.learnerIn(group, situation.zoneOf(log)).isEmpty())
                .flatMap(log -> rebuild(situation, group, log).stream())
                .findFirst();
    }

    private static Optional<Action> rebuild(Situation situation, GroupDescriptor group, ReplicaDescriptor log) {
        var elsewhere = situation.spare(group, situation.zoneOf(log));
        if (elsewhere.isPresent()) {
            return Filling.begin(situation, group, situation.zoneOf(log));
        }
        boolean possible = situation.mayFill()
                && situation.isWelcoming(log.nodeId())
                && group.voters().stream().allMatch(voter -> situation.isHealthy(group, voter));
        return possible ? Optional.of(new ConvertLogReplica(group.id(), log.nodeId())) : Optional.empty();
    }
}
