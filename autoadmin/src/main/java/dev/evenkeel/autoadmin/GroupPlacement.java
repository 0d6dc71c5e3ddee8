package dev.evenkeel.autoadmin;

import dev.evenkeel.autoadmin.Action.CreateGroup;
import dev.evenkeel.metadata.NodeDescriptor;
import dev.evenkeel.metadata.ReplicaDescriptor;
import dev.evenkeel.metadata.ReplicaKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Places new groups: a storage replica in each of three zones, on the node there that has the fewest, and the leader on
 * the one of these that leads the fewest. With fewer zones a group has as many replicas as there are zones; it gets more
 * when nodes join in others.
 */
final class GroupPlacement {
    static final int REPLICAS_MAX = 3;

    private final Map<String, Integer> leads = new HashMap<>(); // of the groups placed here
    private final List<Action> actions = new ArrayList<>();
    private Situation situation;

    private GroupPlacement(Situation situation) {
        this.situation = situation;
    }

    /** All groups from 1 to {@code count} that are not there yet. */
    static Plan plan(Situation situation, int count) {
        return new GroupPlacement(situation).plan(count);
    }

    private Plan plan(int count) {
        var zones = zones().size();
        if (zones == 0) {
            return new Plan(List.of(), List.of("cannot create groups: there is no healthy node"));
        }
        for (int id = 1; id <= count; id++) {
            place(id);
        }
        return new Plan(actions, zones < REPLICAS_MAX ? List.of(tooFew(zones)) : List.of());
    }

    private String tooFew(int zones) {
        var without = new TreeSet<String>();
        situation.nodes().forEach(node -> without.add(node.zone()));
        without.removeAll(zones());
        return "there are %snodes in %d of %d zones%s: new groups have a replica in each, and losing one stops them"
                .formatted(
                        without.isEmpty() ? "" : "healthy ",
                        zones,
                        REPLICAS_MAX,
                        without.isEmpty() ? "" : ", none in " + String.join(", ", without));
    }

    private void place(int id) {
        if (situation.groups().stream().anyMatch(group -> group.id() == id)) {
            return;
        }
        var nodes = zones().stream()
                .map(zone -> situation.welcoming(zone).getFirst())
                .sorted(Comparator.comparingInt((NodeDescriptor node) -> situation.replicaCount(node.id()))
                        .thenComparing(NodeDescriptor::zone))
                .limit(REPLICAS_MAX)
                .map(NodeDescriptor::id)
                .sorted(Comparator.comparingInt((String node) -> leads.getOrDefault(node, 0))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        leads.merge(nodes.getFirst(), 1, Integer::sum);
        var create = new CreateGroup(
                id,
                nodes.stream()
                        .map(node -> new ReplicaDescriptor(node, ReplicaKind.STORAGE))
                        .toList());
        actions.add(create);
        situation = situation.after(create);
    }

    /** Those with a node that can be given replicas. */
    private TreeSet<String> zones() {
        var zones = new TreeSet<String>();
        situation.nodes().stream()
                .filter(node -> situation.isWelcoming(node.id()))
                .forEach(node -> zones.add(node.zone()));
        return zones;
    }
}
