package dev.evenkeel.server.cluster;

import dev.evenkeel.metadata.ClusterChange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a node out of groups whose data it has lost, on the node that leads the catalog. What was lost may be a vote or an
 * entry that counted for a majority, so the node must not come back under the old membership. When it is out it begins
 * anew, and autoadmin gives the groups a replica in its zone again.
 *
 * <p>Whether it is a member, the group alone knows: the catalog hears of a change afterwards, and may lack one. So the
 * leader of each group is asked, also of those that the catalog does not have on the node.
 *
 * <p>The remaining members must be able to agree to it: when too many are away, nothing happens, and the node waits.
 */
final class ReplicaRemoval {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaRemoval.class);

    private final CatalogReplica catalog;
    private final Observations observations;
    private final AdminCalls calls;

    ReplicaRemoval(CatalogReplica catalog, Observations observations, AdminCalls calls) {
        this.catalog = catalog;
        this.observations = observations;
        this.calls = calls;
    }

    void removeFromAll(String node) {
        for (var group : catalog.catalog().image().groups()) {
            remove(node, group.id());
        }
    }

    void remove(String node, int groupId) {
        var group = catalog.catalog().image().group(groupId);
        if (group.isEmpty()) {
            return;
        }
        calls.removeMember(observations.leaderOf(groupId), groupId, node);
        if (group.get().replicaOn(node).isEmpty()) {
            return;
        }
        LOG.warn(
                "Node {} has lost its replica of group {}: it has left the group, and is given a new one",
                node,
                groupId);
        var rest = group.get().replicas().stream()
                .filter(replica -> !replica.nodeId().equals(node))
                .toList();
        catalog.catalog()
                .propose(new ClusterChange.SetGroupReplicas(groupId, group.get().version(), rest));
    }
}
