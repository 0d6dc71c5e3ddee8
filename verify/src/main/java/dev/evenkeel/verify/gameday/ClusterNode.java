package dev.evenkeel.verify.gameday;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** One process of the cluster under test, at the loopback address. Its ports stay the same from life to life. */
public record ClusterNode(String id, String zone, int clientPort, int peerPort, Path data) {
    InetSocketAddress clientAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), clientPort);
    }

    @Override
    public String toString() {
        return id;
    }
}
