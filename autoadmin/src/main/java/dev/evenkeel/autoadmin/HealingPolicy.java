package dev.evenkeel.autoadmin;

import dev.evenkeel.autoadmin.Action.AddLogReplica;
import dev.evenkeel.autoadmin.Action.PromoteReplica;
import dev.evenkeel.metadata.GroupDescriptor;
import dev.evenkeel.metadata.ReplicaDescriptor;
import dev.evenkeel.metadata.ReplicaKind;
import java.util.Optional;

/**
 * Gives the vote of an unhealthy node, or of a replica that has failed for as long on a node that is well, to a living
 * one, so that the group has three again within seconds, whatever the size of its data.
 *
 * <p>The new voter is a log replica on a node of the same zone. The dead one loses its vote in the same change; adding
 * first and removing later would make it three of four meanwhile, and two dead ones would stop the group. Its data is not
 * forgotten: it stays as a learner, and if its node comes back before {@link AutoadminSettings#rebuildAfter} it is caught
 * up from its own disk instead of copying everything elsewhere.
 *
 * <p>Without another node in the zone nothing is done. A node of another zone would keep three votes, but two of them in
 * one zone, and the loss of that zone would then stop the group.
 */
final class HealingPolicy {
    private HealingPolicy() {}

    static Optional<Action> next(Situation situation, GroupDescriptor group) {
        return group.voters().stream()
                .filter(voter -> situation.isUnhealthy(group, voter))
                .flatMap(dead -> replace(situation, group, dead).stream())
                .findFirst();
    }

    private static Optional<Action> replace(Situation situation, GroupDescriptor group, ReplicaDescriptor dead) {
        var zone = situation.zoneOf(dead);
        var learner = situation.learnerIn(group, zone).map(ReplicaDescriptor::nodeId);
        var ready = learner.filter(id -> situation.isCaughtUp(group, id));
        if (ready.isPresent()) { // a move was about to end
            return ready.map(id -> new PromoteReplica(group.id(), id, dead.nodeId()));
        }
        if (group.id() == GroupDescriptor.CATALOG) { // a log replica is for data that takes long to copy
            return Filling.ofCatalog(situation, group, zone);
        }
        boolean kept = dead.kind() == ReplicaKind.STORAGE && learner.isEmpty();
        if (dead.kind() == ReplicaKind.STORAGE
                && situation
                        .learnerIn(group, zone)
                        .filter(it -> !situation.isHealthy(group, it))
                        .isPresent()) {
            return Optional.empty(); // that learner must make room first, or the dead one's data would be forgotten
        }
        return situation.spare(group, zone).map(id -> new AddLogReplica(group.id(), id, dead.nodeId(), kept));
    }

    /** Why an unhealthy voter of the group cannot be replaced, if there is one. */
    static Optional<String> obstacle(Situation situation, GroupDescriptor group) {
        return group.voters().stream()
                .filter(voter -> situation.isUnhealthy(group, voter))
                .flatMap(dead -> obstacle(situation, group, situation.zoneOf(dead)).stream())
                .findFirst();
    }

    private static Optional<String> obstacle(Situation situation, GroupDescriptor group, String zone) {
        if (situation.observed(group).leader() == null) {
            return Optional.of("cannot heal group %d: it has no leader".formatted(group.id()));
        }
        boolean hopeless = situation.spare(group, zone).isEmpty()
                && situation
                        .learnerIn(group, zone)
                        .filter(it -> situation.isHealthy(group, it))
                        .isEmpty();
        return hopeless
                ? Optional.of("cannot heal group %d: zone %s has no spare node".formatted(group.id(), zone))
                : Optional.empty();
    }
}
