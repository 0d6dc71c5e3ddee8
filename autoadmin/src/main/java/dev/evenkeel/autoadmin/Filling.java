package dev.evenkeel.autoadmin;

import dev.evenkeel.autoadmin.Action.AddStorageReplica;
import dev.evenkeel.autoadmin.Action.PromoteReplica;
import dev.evenkeel.metadata.GroupDescriptor;
import dev.evenkeel.metadata.ReplicaDescriptor;
import java.util.Optional;

/** How a storage replica comes to another node of a zone. */
final class Filling {
    private Filling() {}

    /** The first step: a learner on the best node, if one can be filled now. */
    static Optional<Action> begin(Situation situation, GroupDescriptor group, String zone) {
        if (group.id() == GroupDescriptor.CATALOG) {
            return ofCatalog(situation, group, zone);
        }
        return situation.mayFill()
                ? situation.spare(group, zone).map(id -> new AddStorageReplica(group.id(), id))
                : Optional.empty();
    }

    /** Every node follows the catalog's group, so one that has caught up gets the vote at once. */
    static Optional<Action> ofCatalog(Situation situation, GroupDescriptor group, String zone) {
        var voter = situation.voterIn(group, zone).map(ReplicaDescriptor::nodeId);
        if (voter.isPresent() && mustHandOverFirst(situation, group, voter.get())) {
            return Optional.empty();
        }
        return situation
                .spare(group, zone, id -> situation.isCaughtUp(group, id))
                .map(id -> new PromoteReplica(group.id(), id, voter.orElse(null)));
    }

    /** A leader is replaced only when nobody else could lead: when it is the only voter. */
    static boolean mustHandOverFirst(Situation situation, GroupDescriptor group, String voter) {
        return situation.isLedBy(group, voter) && group.voters().size() > 1;
    }
}
