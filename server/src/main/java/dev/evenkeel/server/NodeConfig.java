package dev.evenkeel.server;

import dev.evenkeel.transport.PeerAddress;
import dev.evenkeel.transport.TlsFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a node of a cluster is told in its file, see {@link NodeConfigReader}.
 *
 * @param id names the node for ever: its votes and its data are kept under it
 * @param zone where it stands; a group never has two replicas in one zone
 * @param data where everything is kept; null keeps it in memory
 * @param initialPartitions of new tables and global indexes
 * @param controlPlaneDelay what CREATING, UPDATING and DELETING last
 */
record NodeConfig(
        String id,
        String zone,
        @Nullable Path data,
        Client client,
        Peer peer,
        ClusterConfig cluster,
        String region,
        int initialPartitions,
        Duration controlPlaneDelay) {

    /**
     * Where it answers clients.
     *
     * @param port 0 takes a free one
     */
    record Client(String host, int port) {}

    /**
     * Where it answers other nodes, which find it under the same address.
     *
     * @param tls what nodes prove themselves with; null does without, which is for loopback alone
     * @param ways where this node finds others that are no seeds, by their ids; the rest where they say themselves
     */
    record Peer(PeerAddress address, @Nullable TlsFiles tls, Map<String, PeerAddress> ways) {
        Peer {
            ways = Map.copyOf(ways);
        }

        Peer(PeerAddress address, @Nullable TlsFiles tls) {
            this(address, tls, Map.of());
        }
    }

    /** @throws StartException with everything that is wrong in the file, one a line */
    static NodeConfig read(Path file) {
        return NodeConfigReader.read(file);
    }
}
