package dev.evenkeel.verify.gameday;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A cluster of three zones, {@code evenkeel node --config FILE} for each node. Every node's file gives the addresses of
 * all others as those of a {@link FaultyProxy} each, so whatever two nodes say to each other can be held up.
 */
public final class ThreeZones {
    private static final List<String> ZONES = List.of("a", "b", "c");

    private final Path root;
    private final int groups;
    private final List<ClusterNode> nodes;
    private final List<ClusterNode> seeds;
    private final Links links;

    private ThreeZones(Path root, int groups, List<ClusterNode> nodes, Links links) {
        this.root = root;
        this.groups = groups;
        this.nodes = nodes;
        this.links = links;
        this.seeds = nodes.subList(0, ZONES.size());
    }

    /**
     * @param root a folder for everything
     * @param nodesPerZone the first of each zone is a seed
     * @param groups replication groups besides the catalog's
     */
    public static ClusterUnderTest in(Path root, int nodesPerZone, int groups) throws IOException {
        var nodes = nodes(root, nodesPerZone);
        var zones = new ThreeZones(root, groups, nodes, Links.between(nodes));
        zones.writeFiles();
        return new ProcessCluster(
                "three zones, %d processes, %d groups".formatted(nodes.size(), groups),
                nodes,
                node -> List.of("node", "--config", zones.file(node).toString()),
                zones.links);
    }

    private static List<ClusterNode> nodes(Path root, int nodesPerZone) throws IOException {
        var ports = Ports.free(2 * ZONES.size() * nodesPerZone);
        var nodes = new ArrayList<ClusterNode>();
        for (int number = 1; number <= nodesPerZone; number++) {
            for (var zone : ZONES) {
                var id = zone + number;
                int next = 2 * nodes.size();
                nodes.add(new ClusterNode(
                        id,
                        "zone-" + zone,
                        ports.get(next),
                        ports.get(next + 1),
                        root.resolve(id).resolve("data")));
            }
        }
        return nodes;
    }

    private Path file(ClusterNode node) {
        return root.resolve(node.id() + ".yaml");
    }

    private void writeFiles() throws IOException {
        Files.createDirectories(root);
        for (var node : nodes) {
            Files.writeString(file(node), yaml(node));
        }
    }

    String yaml(ClusterNode node) {
        var host = node.clientAddress().getAddress().getHostAddress();
        var text = new StringBuilder();
        text.append("node: {id: %s, zone: %s, data: %s}%n".formatted(node.id(), node.zone(), node.data()));
        text.append("client: {host: %s, port: %d}%n".formatted(host, node.clientPort()));
        text.append("peer:%n  host: %s%n  port: %d%n".formatted(host, node.peerPort()));
        text.append(ways(node, host));
        text.append("cluster:%n  name: gameday%n  groups: %d%n  seeds:%n".formatted(groups));
        for (var seed : seeds) {
            text.append("    - {id: %s, zone: %s, host: %s, port: %d}%n"
                    .formatted(seed.id(), seed.zone(), host, port(node, seed)));
        }
        return text.toString();
    }

    /** To the others that are no seeds. */
    private String ways(ClusterNode node, String host) {
        var text = new StringBuilder();
        for (var other : nodes.subList(seeds.size(), nodes.size())) {
            if (!other.equals(node)) {
                text.append("    - {id: %s, host: %s, port: %d}%n".formatted(other.id(), host, port(node, other)));
            }
        }
        return text.isEmpty() ? "" : "  ways:%n".formatted() + text;
    }

    private int port(ClusterNode from, ClusterNode to) {
        return links.find(from, to).map(FaultyProxy::port).orElse(to.peerPort());
    }
}
