package dev.evenkeel.metadata;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The nodes, the groups and the feature level. Whatever of this kind exists keeps the rules of the cluster:
 *
 * <ul>
 *   <li>replicas are on nodes that are there and have not left;
 *   <li>no two replicas of a group that vote are in one zone, so that losing a zone costs one vote; nor two learners. A
 *       learner may share the zone with the voter whose place it will take;
 *   <li>every node that has not left understands the feature level.
 * </ul>
 *
 * @param nodes by their ids, in the order of these
 * @param groups by their ids, in the order of these
 */
record Topology(Map<String, NodeDescriptor> nodes, Map<Integer, GroupDescriptor> groups, int featureLevel) {
    static final int FIRST_FEATURE_LEVEL = 1;

    /** Of a cluster that no node has registered with; also of a single node, which needs no entry here. */
    static final Topology EMPTY = new Topology(Map.of(), Map.of(), FIRST_FEATURE_LEVEL);

    Topology {
        nodes = Collections.unmodifiableMap(new TreeMap<>(nodes));
        groups = Collections.unmodifiableMap(new TreeMap<>(groups));
        for (var node : nodes.values()) {
            checkLevel(node, featureLevel);
        }
        for (var group : groups.values()) {
            checkZones(group, nodes);
        }
    }

    private static void checkLevel(NodeDescriptor node, int featureLevel) {
        if (!node.hasLeft() && node.featureLevel() < featureLevel) {
            throw new RefusedChangeException("node %s understands feature level %d only, not %d"
                    .formatted(node.id(), node.featureLevel(), featureLevel));
        }
    }

    private static void checkZones(GroupDescriptor group, Map<String, NodeDescriptor> nodes) {
        var voters = new HashMap<String, String>();
        var learners = new HashMap<String, String>();
        for (var replica : group.replicas()) {
            var node = nodes.get(replica.nodeId());
            if (node == null || node.hasLeft()) {
                throw new RefusedChangeException("group %d cannot have a replica on node %s, which %s"
                        .formatted(group.id(), replica.nodeId(), node == null ? "never registered" : "has left"));
            }
            var other = (replica.kind().votes() ? voters : learners).put(node.zone(), node.id());
            if (other != null) {
                throw new RefusedChangeException("group %d cannot have replicas on %s and %s: both are in zone %s"
                        .formatted(group.id(), other, node.id(), node.zone()));
            }
        }
    }

    Optional<NodeDescriptor> node(String id) {
        return Optional.ofNullable(nodes.get(id));
    }

    Optional<GroupDescriptor> group(int id) {
        return Optional.ofNullable(groups.get(id));
    }

    Topology with(NodeDescriptor node) {
        var next = new HashMap<>(nodes);
        next.put(node.id(), node);
        return new Topology(next, groups, featureLevel);
    }

    Topology with(GroupDescriptor group) {
        var next = new HashMap<>(groups);
        next.put(group.id(), group);
        return new Topology(nodes, next, featureLevel);
    }

    Topology withFeatureLevel(int next) {
        return new Topology(nodes, groups, next);
    }
}
