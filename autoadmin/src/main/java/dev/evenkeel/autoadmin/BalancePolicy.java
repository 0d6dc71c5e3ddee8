package dev.evenkeel.autoadmin;

import dev.evenkeel.autoadmin.Action.AddStorageReplica;
import dev.evenkeel.metadata.GroupDescriptor;
import dev.evenkeel.metadata.NodeDescriptor;
import dev.evenkeel.metadata.ReplicaDescriptor;
import dev.evenkeel.metadata.ReplicaKind;
import java.util.Comparator;
import java.util.Optional;

/**
 * Evens out how many replicas the nodes of a zone have; this is how a node that joins gets some. One move at a time, from
 * the fullest node to the emptiest, and only when that has two fewer: the difference then shrinks with every move, and
 * with one fewer nothing could be won, so a balanced zone stays as it is.
 *
 * <p>What moves is the smallest replica, one that does not lead if there is one. The catalog's replicas stay where they
 * are: they weigh nothing.
 */
final class BalancePolicy {
    private static final int GAIN_MIN = 2;

    private BalancePolicy() {}

    static Optional<Action> next(Situation situation) {
        boolean quiet = situation.isCalm()
                && situation.mayFill()
                && situation.groups().stream()
                        .allMatch(group -> situation.learners(group).isEmpty());
        return quiet
                ? situation.nodes().stream()
                        .map(NodeDescriptor::zone)
                        .distinct()
                        .sorted()
                        .flatMap(zone -> next(situation, zone).stream())
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<Action> next(Situation situation, String zone) {
        var nodes = situation.welcoming(zone);
        if (nodes.isEmpty()) {
            return Optional.empty();
        }
        var from = nodes.getLast().id();
        var to = nodes.getFirst().id();
        return situation.replicaCount(from) - situation.replicaCount(to) < GAIN_MIN
                ? Optional.empty()
                : cheapest(situation, from).map(group -> new AddStorageReplica(group.id(), to));
    }

    private static Optional<GroupDescriptor> cheapest(Situation situation, String from) {
        return situation.groups().stream()
                .filter(group -> group.id() != GroupDescriptor.CATALOG)
                .filter(group ->
                        group.replicaOn(from).filter(BalancePolicy::isStorage).isPresent())
                .filter(group -> situation.canChange(group) && situation.isWhole(group))
                .min(Comparator.comparing((GroupDescriptor group) -> situation.isLedBy(group, from))
                        .thenComparingLong(group -> bytes(situation, group, from))
                        .thenComparingInt(GroupDescriptor::id));
    }

    private static boolean isStorage(ReplicaDescriptor replica) {
        return replica.kind() == ReplicaKind.STORAGE;
    }

    private static long bytes(Situation situation, GroupDescriptor group, String nodeId) {
        var replica = situation.observed(group).replicas().get(nodeId);
        return replica == null ? 0 : replica.bytes();
    }
}
