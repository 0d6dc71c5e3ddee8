package dev.evenkeel.autoadmin;

import dev.evenkeel.metadata.CatalogImage;
import dev.evenkeel.metadata.GroupDescriptor;
import dev.evenkeel.metadata.NodeDescriptor;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The cluster at one moment: what the catalog says, and what was observed. Missing observations mean that nothing is
 * known, and then nothing is done.
 *
 * @param nodes by id, in their order; without those that have left
 * @param groups by id, in their order
 */
public record ClusterView(
        Map<String, NodeDescriptor> nodes,
        Map<Integer, GroupDescriptor> groups,
        Map<String, NodeObservation> nodeObservations,
        Map<Integer, GroupObservation> groupObservations) {
    public ClusterView {
        nodes = Collections.unmodifiableMap(new TreeMap<>(nodes));
        groups = Collections.unmodifiableMap(new TreeMap<>(groups));
        nodeObservations = Map.copyOf(nodeObservations);
        groupObservations = Map.copyOf(groupObservations);
    }

    public static ClusterView of(
            CatalogImage image,
            Map<String, NodeObservation> nodeObservations,
            Map<Integer, GroupObservation> groupObservations) {
        var nodes = new TreeMap<String, NodeDescriptor>();
        image.nodes().stream().filter(node -> !node.hasLeft()).forEach(node -> nodes.put(node.id(), node));
        var groups = new TreeMap<Integer, GroupDescriptor>();
        image.groups().forEach(group -> groups.put(group.id(), group));
        return new ClusterView(nodes, groups, nodeObservations, groupObservations);
    }

    GroupObservation observed(int groupId) {
        return groupObservations.getOrDefault(groupId, GroupObservation.NONE);
    }

    /** As it will be when the action has been carried out, and until then: its group is under change. */
    ClusterView after(Action action) {
        return switch (action) {
            case Action.CreateGroup create ->
                with(new GroupDescriptor(create.groupId(), 0, create.replicas()), observed(create.groupId()));
            case Action.TransferLeader transfer ->
                with(group(transfer), observed(transfer.groupId()).ledBy(transfer.toNode()));
            case Action.MembershipChange change -> with(change.applyTo(group(change)), observed(change.groupId()));
        };
    }

    private GroupDescriptor group(Action action) {
        var group = groups.get(action.groupId());
        if (group == null) {
            throw new IllegalArgumentException("no group for " + action);
        }
        return group;
    }

    private ClusterView with(GroupDescriptor group, GroupObservation observation) {
        var nextGroups = new TreeMap<>(groups);
        nextGroups.put(group.id(), group);
        var nextObservations = new TreeMap<>(groupObservations);
        nextObservations.put(group.id(), observation.whileChanging());
        return new ClusterView(nodes, nextGroups, nodeObservations, nextObservations);
    }
}
