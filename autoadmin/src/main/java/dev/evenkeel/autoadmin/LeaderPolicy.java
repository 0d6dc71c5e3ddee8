package dev.evenkeel.autoadmin;

import dev.evenkeel.autoadmin.Action.TransferLeader;
import dev.evenkeel.metadata.GroupDescriptor;
import dev.evenkeel.metadata.ReplicaDescriptor;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides who leads: never on a node that shall go, and as evenly over the nodes as the places of the replicas allow.
 * Leadership goes only to storage replicas that have caught up, and one group at a time.
 *
 * <p>Moving a leader straight from the fullest node to an emptier one is not enough: the node that has room may share no
 * group with the full one, only with a third. So this looks for a chain of groups from a fuller node to one that has two
 * leaders fewer, and hands over the <em>last</em> group of the chain; the next looks find the rest, each chain shorter
 * than before. When no chain is left, no placement of leaders is more even (a known property of such assignments: Harvey,
 * Ladner, Lovász and Tamir, "Semi-matchings for bipartite graphs and load balancing", 2003). Since a difference of one is
 * left alone, nothing goes to and fro.
 */
final class LeaderPolicy {
    private static final int GAIN_MIN = 2;

    private LeaderPolicy() {}

    /** Takes leadership from a replica that is about to go. */
    static Optional<Action> relieve(Situation situation) {
        return situation.groups().stream()
                .filter(situation::canChange)
                .filter(group -> isMisplaced(situation, group))
                .flatMap(group -> successor(situation, group).map(id -> new TransferLeader(group.id(), id)).stream())
                .map(Action.class::cast)
                .findFirst();
    }

    private static boolean isMisplaced(Situation situation, GroupDescriptor group) {
        return group.voters().stream()
                .filter(voter -> situation.isLedBy(group, voter.nodeId()))
                .anyMatch(leader -> situation.isDraining(leader.nodeId()) || isBeingReplaced(situation, group, leader));
    }

    private static boolean isBeingReplaced(Situation situation, GroupDescriptor group, ReplicaDescriptor voter) {
        return situation
                .learnerIn(group, situation.zoneOf(voter))
                .filter(learner -> situation.isCaughtUp(group, learner.nodeId()))
                .filter(learner -> situation.isWelcoming(learner.nodeId()))
                .isPresent();
    }

    /** Who should lead the group next: of those that can, the node with the fewest leaders. */
    static Optional<String> successor(Situation situation, GroupDescriptor group) {
        var leads = leads(situation);
        return successors(situation, group).stream()
                .min(Comparator.comparingInt((String id) -> leads.getOrDefault(id, 0))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static List<String> successors(Situation situation, GroupDescriptor group) {
        return group.voters().stream()
                .filter(voter -> situation.isCaughtUpStorage(group, voter))
                .filter(voter ->
                        situation.learnerIn(group, situation.zoneOf(voter)).isEmpty())
                .map(ReplicaDescriptor::nodeId)
                .filter(id -> situation.mayLead(id) && !situation.isLedBy(group, id))
                .toList();
    }

    /** Evens out how many groups the nodes lead. */
    static Optional<Action> spread(Situation situation) {
        if (!situation.isCalm()) {
            return Optional.empty();
        }
        var leads = leads(situation);
        return situation.nodes().stream()
                .map(node -> node.id())
                .filter(situation::isWelcoming)
                .sorted(Comparator.comparingInt((String id) -> -leads.getOrDefault(id, 0))
                        .thenComparing(Comparator.naturalOrder()))
                .flatMap(id -> lastOfShortestChain(situation, leads, id).stream())
                .findFirst();
    }

    private static Map<String, Integer> leads(Situation situation) {
        var leads = new HashMap<String, Integer>();
        for (var group : situation.groups()) {
            var leader = situation.observed(group).leader();
            if (leader != null && group.id() != GroupDescriptor.CATALOG) {
                leads.merge(leader, 1, Integer::sum);
            }
        }
        return leads;
    }

    private static Optional<Action> lastOfShortestChain(
            Situation situation, Map<String, Integer> leads, String fullest) {
        int enough = leads.getOrDefault(fullest, 0) - GAIN_MIN;
        var reached = new HashSet<>(List.of(fullest));
        var toVisit = new ArrayDeque<>(List.of(fullest));
        while (!toVisit.isEmpty()) {
            for (var transfer : transfersFrom(situation, toVisit.remove())) {
                if (leads.getOrDefault(transfer.toNode(), 0) <= enough) {
                    return Optional.of(transfer);
                }
                if (reached.add(transfer.toNode())) {
                    toVisit.add(transfer.toNode());
                }
            }
        }
        return Optional.empty();
    }

    private static List<TransferLeader> transfersFrom(Situation situation, String nodeId) {
        return situation.groups().stream()
                .filter(group -> group.id() != GroupDescriptor.CATALOG)
                .filter(group -> situation.isLedBy(group, nodeId) && situation.canChange(group))
                .flatMap(group -> successors(situation, group).stream().map(id -> new TransferLeader(group.id(), id)))
                .toList();
    }
}
