package dev.evenkeel.server;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a node of a cluster tells of it ({@code GET /cluster}). What an answer leaves out is empty here: it may be that of an
 * older release.
 *
 * @param node that tells it
 * @param version of the catalog
 * @param healing what the cluster ought to do to be whole again and cannot at this moment, for people
 */
record ClusterStatus(
        String cluster,
        String node,
        long version,
        long tables,
        List<Node> nodes,
        List<Group> groups,
        List<String> healing) {
    private static final int CATALOG_GROUP = 0;

    /** Whether the node that tells it leads the catalog: it alone knows of the healing. */
    boolean isOfCatalogLeader() {
        return groups.stream()
                .anyMatch(group -> group.id() == CATALOG_GROUP && group.leader().equals(node));
    }

    record Node(
            String id,
            String zone,
            String state,
            boolean healthy,
            String client,
            String peer,
            OptionalLong leads,
            OptionalLong replicas) {}

    /** @param leader empty while there is none */
    record Group(long id, String leader, OptionalLong term, List<Replica> replicas) {}

    /**
     * @param kind whether it keeps the state, or only the newest part of the log
     * @param lag by how many entries it is behind the leader
     */
    record Replica(String node, String kind, String state, OptionalLong appliedLsn, OptionalLong lag) {}
}
