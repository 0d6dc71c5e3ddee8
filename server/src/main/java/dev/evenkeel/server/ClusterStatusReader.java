package dev.evenkeel.server;

import java.io.IOException;

/** Reads a {@link ClusterStatus} from JSON. */
final class ClusterStatusReader {
    private ClusterStatusReader() {}

    static ClusterStatus read(String json) throws IOException {
        var tree = JsonTree.parse(json);
        return new ClusterStatus(
                tree.text("cluster"),
                tree.text("node"),
                tree.number("version").orElse(0),
                tree.number("tables").orElse(0),
                tree.objects("nodes", ClusterStatusReader::node),
                tree.objects("groups", ClusterStatusReader::group),
                tree.texts("healing"));
    }

    private static ClusterStatus.Node node(JsonTree tree) {
        return new ClusterStatus.Node(
                tree.text("id"),
                tree.text("zone"),
                tree.text("state"),
                tree.isTrue("healthy"),
                tree.text("client"),
                tree.text("peer"),
                tree.number("leads"),
                tree.number("replicas"));
    }

    private static ClusterStatus.Group group(JsonTree tree) {
        return new ClusterStatus.Group(
                tree.number("id").orElse(0),
                tree.text("leader"),
                tree.number("term"),
                tree.objects("replicas", ClusterStatusReader::replica));
    }

    private static ClusterStatus.Replica replica(JsonTree tree) {
        return new ClusterStatus.Replica(
                tree.text("node"),
                tree.text("kind"),
                tree.text("state"),
                tree.number("appliedLsn"),
                tree.number("lag"));
    }
}
