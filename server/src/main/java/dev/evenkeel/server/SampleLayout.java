package dev.evenkeel.server;

import dev.evenkeel.model.Ticker;
import dev.evenkeel.router.table.TableOptions;
import dev.evenkeel.transport.ClusterAuthority;
import dev.evenkeel.transport.PeerAddress;
import dev.evenkeel.transport.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a new sample cluster is to look like. Its nodes are called after zone and number: a1, b1, c1, then a2 and so on, with
 * ports in this order.
 */
record SampleLayout(
        int zones, int nodesPerZone, int clientPort, int peerPort, int groups, boolean tls, boolean memory) {
    static final int ZONES_MAX = 9;
    static final int NODES_PER_ZONE_MAX = 9;
    private static final int PORT_MAX = 65_535;
    private static final String HOST = "127.0.0.1";
    private static final String CLUSTER = "evenkeel";
    private static final String AUTHORITY = "authority";

    SampleLayout {
        check("--zones", zones, 1, ZONES_MAX);
        check("--nodes-per-zone", nodesPerZone, 1, NODES_PER_ZONE_MAX);
        check("--groups", groups, 1, ClusterConfig.GROUPS_MAX);
        check("--port", clientPort, 1, PORT_MAX - zones * nodesPerZone + 1);
        check("--peer-port", peerPort, 1, PORT_MAX - zones * nodesPerZone + 1);
        if (Math.abs(clientPort - peerPort) < zones * nodesPerZone) {
            throw new StartException("The ports from --port and from --peer-port overlap", null);
        }
    }

    private static void check(String option, int value, int min, int max) {
        if (value < min || value > max) {
            throw new StartException(option + " is to be " + min + " to " + max + ", not " + value, null);
        }
    }

    /** Writes what the nodes need to start, once their ports have been seen to be free. */
    List<SampleNode> write(SampleFolder folder) throws IOException {
        var ports = new PortCheck();
        for (int i = 0; i < zones * nodesPerZone; i++) {
            ports.add(id(i), HOST, clientPort + i, peerPort + i);
        }
        ports.throwIfTaken("; --port and --peer-port choose others");
        Certification certification = certification(folder);
        var nodes = new ArrayList<SampleNode>();
        for (int i = 0; i < zones * nodesPerZone; i++) {
            SampleNode node = folder.newNode(id(i));
            Files.createDirectories(node.folder());
            NodeConfig config = config(i, node, certification.of(node));
            Files.writeString(node.configFile(), new NodeConfigWriter(node.folder()).text(config));
            nodes.add(node);
        }
        return nodes;
    }

    /** Makes what a node proves itself with. */
    private interface Certification {
        @Nullable
        TlsFiles of(SampleNode node) throws IOException;
    }

    private Certification certification(SampleFolder folder) throws IOException {
        if (!tls) {
            return _ -> null;
        }
        Path authorityFolder = folder.path().toAbsolutePath().normalize().resolve(AUTHORITY);
        var authority = ClusterAuthority.create(CLUSTER, authorityFolder, Ticker.system());
        return node -> authority.issue(node.id(), node.folder());
    }

    private NodeConfig config(int i, SampleNode node, @Nullable TlsFiles files) {
        return new NodeConfig(
                id(i),
                zone(i),
                memory ? null : node.folder().resolve("data"),
                new NodeConfig.Client(HOST, clientPort + i),
                new NodeConfig.Peer(peer(i), files),
                cluster(),
                TableOptions.REGION_DEFAULT,
                1,
                Duration.ZERO);
    }

    private ClusterConfig cluster() {
        var seeds = new ArrayList<Seed>();
        for (int i = 0; i < zones; i++) {
            seeds.add(new Seed(id(i), zone(i), peer(i)));
        }
        return new ClusterConfig(CLUSTER, groups, seeds);
    }

    private String id(int i) {
        return letter(i) + Integer.toString(i / zones + 1);
    }

    private String zone(int i) {
        return "zone-" + letter(i);
    }

    private String letter(int i) {
        return String.valueOf((char) ('a' + i % zones));
    }

    private PeerAddress peer(int i) {
        return new PeerAddress(HOST, peerPort + i);
    }
}
