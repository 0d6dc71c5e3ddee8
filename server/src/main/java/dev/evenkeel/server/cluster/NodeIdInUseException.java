package dev.evenkeel.server.cluster;

/** Another process of the cluster runs under the id of a node that is to begin with nothing. */
public final class NodeIdInUseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NodeIdInUseException(String id) {
        super("Another process runs as node " + id + ", and this one has no data: give it an id of its own");
    }
}
