package dev.evenkeel.server.cluster;

import dev.evenkeel.metadata.ClusterChange;
import dev.evenkeel.metadata.GroupDescriptor;
import dev.evenkeel.metadata.ReplicaDescriptor;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a node out of groups whose data it has lost, on the node that leads the catalog. What was lost may be a vote or an
 * entry that counted for a majority, so the node must not come back under the old membership. When it is out it begins
 * anew, and autoadmin gives the groups a replica in its zone again.
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
        if (group.isEmpty() || !isThere(node, group.get())) {
            return;
        }
        LOG.warn(
                "Node {} has lost its replica of group {}: it leaves the group, and is given a new one", node, groupId);
        var rest = group.get().replicas().stream()
                .filter(replica -> !replica.nodeId().equals(node))
                .toList();
        calls.change(observations.leaderOf(groupId), groupId, Members.voters(rest), learners(node, groupId, rest));
        catalog.catalog()
                .propose(new ClusterChange.SetGroupReplicas(groupId, group.get().version(), rest));
    }

    /** The catalog's followers are not in the catalog; who is just about to be made a voter of it may not be yet, either. */
    private boolean isThere(String node, GroupDescriptor group) {
        if (group.replicaOn(node).isPresent()) {
            return true;
        }
        var own = catalog.group();
        return group.id() == GroupDescriptor.CATALOG
                && (own.learners().contains(node)
                        || own.status().members().stream()
                                .anyMatch(member -> member.node().equals(node)));
    }

    private List<String> learners(String without, int groupId, List<ReplicaDescriptor> replicas) {
        if (groupId == GroupDescriptor.CATALOG) {
            return catalog.group().learners().stream()
                    .filter(node -> !node.equals(without))
                    .toList();
        }
        return Members.learners(replicas);
    }
}
