package dev.evenkeel.server;

import java.net.URI;

/** Stands in for the node that the commands start, until there is one. */
final class ClusterNode implements AutoCloseable {
    private ClusterNode() {}

    static ClusterNode start(NodeConfig config) {
        throw new StartException("Nodes of a cluster are not available yet, " + config.id() + " neither", null);
    }

    URI endpoint() {
        return URI.create("http://localhost:0");
    }

    boolean isReady() {
        return false;
    }

    @Override
    public void close() {}
}
