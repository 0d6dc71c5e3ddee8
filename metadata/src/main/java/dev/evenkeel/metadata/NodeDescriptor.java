package dev.evenkeel.metadata;

/**
 * One node of the cluster, as it registered.
 *
 * @param zone never changes: replicas were placed by it
 * @param clientHost where the DynamoDB API answers
 * @param peerHost where other nodes connect to
 * @param featureLevel the highest level of formats and messages that this node's release understands
 */
public record NodeDescriptor(
        String id,
        String zone,
        String clientHost,
        int clientPort,
        String peerHost,
        int peerPort,
        NodeState state,
        int featureLevel) {
    private static final int PORT_MAX = 65_535;

    public NodeDescriptor {
        checkText(id, "id");
        checkText(zone, "zone");
        checkText(clientHost, "client host");
        checkPort(clientPort);
        checkText(peerHost, "peer host");
        checkPort(peerPort);
        if (featureLevel < Topology.FIRST_FEATURE_LEVEL) {
            throw new IllegalArgumentException("no feature level " + featureLevel);
        }
    }

    public boolean hasLeft() {
        return state == NodeState.LEFT;
    }

    NodeDescriptor withState(NodeState next) {
        return new NodeDescriptor(id, zone, clientHost, clientPort, peerHost, peerPort, next, featureLevel);
    }

    private static void checkText(String text, String what) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a node needs a " + what);
        }
    }

    private static void checkPort(int port) {
        if (port < 1 || port > PORT_MAX) {
            throw new IllegalArgumentException("no port " + port);
        }
    }
}
