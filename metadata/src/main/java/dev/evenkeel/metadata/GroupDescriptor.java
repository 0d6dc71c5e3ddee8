package dev.evenkeel.metadata;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * One replication group and where its replicas are. A node has at most one of them, and one at least is a storage
 * replica, or the data would be nowhere.
 *
 * @param id 0 is the catalog's own group
 * @param version the catalog's version at which the replicas last changed
 * @param replicas when a group is new, the first is meant to lead
 */
public record GroupDescriptor(int id, long version, List<ReplicaDescriptor> replicas) {
    /** The group whose state machine is the catalog. It hosts no partitions. */
    public static final int CATALOG = 0;

    public GroupDescriptor {
        checkId(id);
        replicas = checked(replicas);
    }

    static void checkId(int id) {
        check(id >= CATALOG, "no group " + id);
    }

    /** Those replicas, if a group may have them. */
    static List<ReplicaDescriptor> checked(List<ReplicaDescriptor> replicas) {
        var nodes = new HashSet<String>();
        for (var replica : replicas) {
            check(nodes.add(replica.nodeId()), "two replicas of a group on node " + replica.nodeId());
        }
        boolean stores = replicas.stream().anyMatch(replica -> replica.kind() == ReplicaKind.STORAGE);
        check(stores, "a group needs a storage replica");
        return List.copyOf(replicas);
    }

    public Optional<ReplicaDescriptor> replicaOn(String nodeId) {
        return replicas.stream()
                .filter(replica -> replica.nodeId().equals(nodeId))
                .findFirst();
    }

    /** The replicas whose votes make a majority. */
    public List<ReplicaDescriptor> voters() {
        return replicas.stream().filter(replica -> replica.kind().votes()).toList();
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
