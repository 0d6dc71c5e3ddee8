/**
 * A node of a cluster: replicas of replication groups as the catalog says, requests answered wherever they arrive, and on
 * one node, the one that leads the catalog, the cluster's own administration. {@link
 * dev.evenkeel.server.cluster.ClusterNode} is the face and where everything is wired.
 */
@NullMarked
package dev.evenkeel.server.cluster;

import org.jspecify.annotations.NullMarked;
