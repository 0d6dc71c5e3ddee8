package dev.evenkeel.server.cluster;

import dev.evenkeel.model.Ticker;
import dev.evenkeel.replication.raft.RaftTimings;
import dev.evenkeel.transport.PeerAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one node of a cluster is told.
 *
 * @param id names the node for ever
 * @param peer where other nodes find it
 * @param founders the nodes that the cluster begins with, one for each zone; the same list on every node
 * @param groups for partitions, in a new cluster
 * @param data null keeps everything in memory
 * @param ticker the time of tables and items; leases and elections have the machine's own
 * @param clientHost where clients find it, for others to tell
 */
public record ClusterSettings(
        String id,
        String zone,
        PeerAddress peer,
        String cluster,
        List<Founder> founders,
        int groups,
        @Nullable Path data,
        String clientHost,
        String region,
        int initialPartitions,
        Duration controlPlaneDelay,
        Ticker ticker,
        RaftTimings timings) {

    /** One of the nodes that a cluster begins with. */
    public record Founder(String id, String zone, PeerAddress peer) {}

    public ClusterSettings {
        founders = List.copyOf(founders);
    }

    boolean isFounder() {
        return founder(id).isPresent();
    }

    Optional<Founder> founder(String node) {
        return founders.stream().filter(it -> it.id().equals(node)).findFirst();
    }
}
