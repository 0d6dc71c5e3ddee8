package dev.evenkeel.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Tells which ports nodes could not listen at before they try: a process of its own would only tell its log. */
final class PortCheck {
    private final List<String> taken = new ArrayList<>();

    void add(NodeConfig config) {
        check(config.id(), "clients", config.client().host(), config.client().port());
        var peer = config.peer().address();
        check(config.id(), "other nodes", peer.host(), peer.port());
    }

    void add(String node, String host, int clientPort, int peerPort) {
        check(node, "clients", host, clientPort);
        check(node, "other nodes", host, peerPort);
    }

    private void check(String node, String whom, String host, int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            // it was free, and is again
        } catch (IOException e) {
            taken.add("port %d of %s, where %s listens for %s (%s)".formatted(port, host, node, whom, e.getMessage()));
        }
    }

    /** @param advice what to do about it */
    void throwIfTaken(String advice) {
        if (!taken.isEmpty()) {
            throw new StartException("Not free: " + String.join(", ", taken) + advice, null);
        }
    }
}
