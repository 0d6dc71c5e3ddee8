package dev.evenkeel.autoadmin;

import dev.evenkeel.metadata.GroupDescriptor;
import dev.evenkeel.metadata.NodeDescriptor;
import java.util.Comparator;
import java.util.Optional;

/**
 * Brings a group that began in fewer than three zones into more, when there are nodes in them. Only groups that are
 * whole: while one is being healed, its zone may be the one that is missing.
 */
final class ExtensionPolicy {
    private ExtensionPolicy() {}

    static Optional<Action> next(Situation situation, GroupDescriptor group) {
        boolean complete = group.voters().size() >= GroupPlacement.REPLICAS_MAX;
        if (complete || !situation.learners(group).isEmpty() || !situation.isWhole(group)) {
            return Optional.empty();
        }
        return emptiestOtherZone(situation, group).flatMap(zone -> Filling.begin(situation, group, zone));
    }

    private static Optional<String> emptiestOtherZone(Situation situation, GroupDescriptor group) {
        return situation.nodes().stream()
                .filter(node -> situation.isWelcoming(node.id()))
                .filter(node -> situation.voterIn(group, node.zone()).isEmpty())
                .min(Comparator.comparingInt((NodeDescriptor node) -> situation.replicaCount(node.id()))
                        .thenComparing(NodeDescriptor::id))
                .map(NodeDescriptor::zone);
    }
}
