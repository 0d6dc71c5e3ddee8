package dev.evenkeel.metadata;

import java.util.List;

/**
 * A change of the cluster itself, made by nodes, by autoadmin and by operators. Refused with
 * {@link RefusedChangeException} when it would break a rule that {@link CatalogImage} keeps.
 */
public sealed interface ClusterChange extends CatalogChange {

    /**
     * A node joins. Does nothing when the node is known with the same zone, addresses and feature level, whatever its
     * state: it may be told again after a restart. Refused when anything of it differs, for then two processes may bear
     * one id; a node that has moved says so with {@link UpdateNode}. The id of a node that has left stays taken: its
     * disk may still be somewhere, and must not be believed.
     *
     * @param node ACTIVE
     */
    record RegisterNode(NodeDescriptor node) implements ClusterChange {
        public RegisterNode {
            if (node.state() != NodeState.ACTIVE) {
                throw new IllegalArgumentException("a node joins ACTIVE, not " + node.state());
            }
        }
    }

    /** A known node has other addresses, or another release. Its zone is for ever, and its state is not touched. */
    record UpdateNode(NodeDescriptor node) implements ClusterChange {}

    /** LEFT is refused while the node has replicas, and is final. */
    record SetNodeState(String nodeId, NodeState state) implements ClusterChange {}

    /** A new group. Does nothing when it is there with the same replicas; refused when it is there with others. */
    record CreateGroup(int groupId, List<ReplicaDescriptor> replicas) implements ClusterChange {
        public CreateGroup {
            GroupDescriptor.checkId(groupId);
            replicas = GroupDescriptor.checked(replicas);
        }
    }

    /**
     * All the replicas the group shall have.
     *
     * @param expectedVersion {@link GroupDescriptor#version()} as the proposer saw it; refused when it has changed since
     */
    record SetGroupReplicas(int groupId, long expectedVersion, List<ReplicaDescriptor> replicas)
            implements ClusterChange {
        public SetGroupReplicas {
            replicas = GroupDescriptor.checked(replicas);
        }
    }

    /**
     * From now on nodes may write what this level brought. Refused while a node that has not left does not understand
     * it; never goes back.
     */
    record RaiseFeatureLevel(int level) implements ClusterChange {}
}
