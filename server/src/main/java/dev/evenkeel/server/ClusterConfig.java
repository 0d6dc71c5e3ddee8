package dev.evenkeel.server;

import java.util.List;

/**
 * What all nodes of a cluster are told alike.
 *
 * @param name of the cluster; nodes of differently named ones do not talk to each other
 * @param groups how many replication groups for partitions a new cluster begins with
 * @param seeds the founding nodes, one per zone; a node that joins later asks them where the others are
 */
record ClusterConfig(String name, int groups, List<Seed> seeds) {
    static final int GROUPS_DEFAULT = 3;

    /** Tables and partitions cost nothing beside the groups, a group does: more than this is a mistake. */
    static final int GROUPS_MAX = 128;

    ClusterConfig {
        seeds = List.copyOf(seeds);
    }
}
