package dev.evenkeel.metadata;

import dev.evenkeel.metadata.ClusterChange.CreateGroup;
import dev.evenkeel.metadata.ClusterChange.RaiseFeatureLevel;
import dev.evenkeel.metadata.ClusterChange.RegisterNode;
import dev.evenkeel.metadata.ClusterChange.SetGroupReplicas;
import dev.evenkeel.metadata.ClusterChange.SetNodeState;
import dev.evenkeel.metadata.ClusterChange.UpdateNode;

/**
 * From one topology and one change to the next topology: a pure function, the same on every replica. Throws
 * {@link RefusedChangeException} for what the change must not do; what no topology may be, {@link Topology} refuses.
 */
final class ClusterTransition {
    private ClusterTransition() {}

    static Topology apply(Topology topology, ClusterChange change, long version) {
        return switch (change) {
            case RegisterNode register -> register(topology, register.node());
            case UpdateNode update -> update(topology, update.node());
            case SetNodeState set -> setState(topology, set);
            case CreateGroup create -> create(topology, create, version);
            case SetGroupReplicas set -> setReplicas(topology, set, version);
            case RaiseFeatureLevel raise -> raise(topology, raise.level());
        };
    }

    private static Topology register(Topology topology, NodeDescriptor node) {
        var known = topology.node(node.id()).orElse(node);
        refuseIf(known.hasLeft(), "node %s has left; a node that comes anew needs an id of its own", node.id());
        checkZone(known, node);
        refuseIf(
                !known.withState(NodeState.ACTIVE).equals(node),
                "node %s is known with other addresses or another release (peers at %s:%d): is its id used twice?",
                node.id(),
                known.peerHost(),
                known.peerPort());
        return topology.with(known);
    }

    private static Topology update(Topology topology, NodeDescriptor node) {
        var known = present(topology, node.id());
        checkZone(known, node);
        return topology.with(node.withState(known.state()));
    }

    private static void checkZone(NodeDescriptor known, NodeDescriptor node) {
        refuseIf(
                !known.zone().equals(node.zone()),
                "node %s is in zone %s, not %s: another node must have another id",
                node.id(),
                known.zone(),
                node.zone());
    }

    private static Topology setState(Topology topology, SetNodeState set) {
        if (set.state() == NodeState.LEFT) {
            return leave(topology, set.nodeId());
        }
        return topology.with(present(topology, set.nodeId()).withState(set.state()));
    }

    private static Topology leave(Topology topology, String nodeId) {
        var node = known(topology, nodeId);
        for (var group : topology.groups().values()) {
            refuseIf(
                    group.replicaOn(nodeId).isPresent(), "node %s still has a replica of group %d", nodeId, group.id());
        }
        return topology.with(node.withState(NodeState.LEFT));
    }

    private static Topology create(Topology topology, CreateGroup create, long version) {
        var known = topology.group(create.groupId());
        if (known.isEmpty()) {
            return topology.with(new GroupDescriptor(create.groupId(), version, create.replicas()));
        }
        refuseIf(
                !known.get().replicas().equals(create.replicas()),
                "group %d is there already, with other replicas",
                create.groupId());
        return topology;
    }

    private static Topology setReplicas(Topology topology, SetGroupReplicas set, long version) {
        var group = topology.group(set.groupId())
                .orElseThrow(() -> new RefusedChangeException("no group " + set.groupId()));
        refuseIf(
                group.version() != set.expectedVersion(),
                "group %d is at version %d, not %d",
                group.id(),
                group.version(),
                set.expectedVersion());
        return topology.with(new GroupDescriptor(group.id(), version, set.replicas()));
    }

    private static Topology raise(Topology topology, int level) {
        refuseIf(
                level < topology.featureLevel(),
                "the feature level is %d and never goes back, so not to %d",
                topology.featureLevel(),
                level);
        return topology.withFeatureLevel(level);
    }

    /** The node, which must not have left. */
    private static NodeDescriptor present(Topology topology, String nodeId) {
        var node = known(topology, nodeId);
        refuseIf(node.hasLeft(), "node %s has left", nodeId);
        return node;
    }

    private static NodeDescriptor known(Topology topology, String nodeId) {
        return topology.node(nodeId).orElseThrow(() -> new RefusedChangeException("no node " + nodeId));
    }

    private static void refuseIf(boolean broken, String message, Object... arguments) {
        if (broken) {
            throw new RefusedChangeException(message.formatted(arguments));
        }
    }
}
