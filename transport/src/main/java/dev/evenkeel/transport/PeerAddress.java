package dev.evenkeel.transport;

/**
 * Where a node listens for other nodes.
 *
 * @param host address or name
 * @param port 0 takes a free one when listening
 */
public record PeerAddress(String host, int port) {
    private static final int PORT_MAX = 65_535;

    public PeerAddress {
        if (host.isBlank()) {
            throw new IllegalArgumentException("an address needs a host");
        }
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and " + PORT_MAX);
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
