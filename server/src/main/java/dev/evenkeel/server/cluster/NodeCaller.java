package dev.evenkeel.server.cluster;

import dev.evenkeel.transport.Transport;
import dev.evenkeel.transport.TransportException;
import java.time.Duration;
import java.util.concurrent.CompletionException;

/** Calls to other nodes by threads that wait for the answer. */
final class NodeCaller {
    private final Transport transport;

    NodeCaller(Transport transport) {
        this.transport = transport;
    }

    String self() {
        return transport.self();
    }

    /** @throws TransportException when there is no answer */
    byte[] call(String node, int service, byte[] request, Duration timeout) {
        try {
            return transport.call(node, service, request, timeout).join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof TransportException cause ? cause : failed;
        }
    }
}
