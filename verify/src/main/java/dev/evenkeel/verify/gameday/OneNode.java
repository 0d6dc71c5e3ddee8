package dev.evenkeel.verify.gameday;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code evenkeel dev} on a folder: one process, which must come back with everything it acknowledged. */
public final class OneNode {
    private static final String PARTITIONS = "3";

    private OneNode() {}

    /** @param root a folder for everything */
    public static ClusterUnderTest in(Path root) throws IOException {
        var ports = Ports.free(1);
        var node = new ClusterNode(
                "dev", "local", ports.getFirst(), 0, root.resolve("dev").resolve("data"));
        return new ProcessCluster("one process, evenkeel dev", List.of(node), OneNode::arguments, Links.none());
    }

    private static List<String> arguments(ClusterNode node) {
        return List.of(
                "dev",
                "--host",
                node.clientAddress().getHostString(),
                "--port",
                Integer.toString(node.clientPort()),
                "--data",
                node.data().toString(),
                "--initial-partitions",
                PARTITIONS);
    }
}
