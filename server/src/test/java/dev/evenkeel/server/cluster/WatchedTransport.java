package dev.evenkeel.server.cluster;

import dev.evenkeel.transport.RequestHandler;
import dev.evenkeel.transport.Transport;
import dev.evenkeel.transport.TransportException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A node's transport that remembers whom requests to partitions went to, and can keep MemDS's news from leaving. */
final class WatchedTransport implements Transport {
    /** The second byte of a message to MemDS. */
    private static final int LOOKUP = 1;

    private static final int LOOKUPS = 5;

    private final Transport transport;
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private volatile boolean newsCut;
    private volatile boolean memdsCut;

    WatchedTransport(Transport transport) {
        this.transport = transport;
    }

    /** The nodes that requests to partitions went to since the last call. */
    List<String> asked() {
        var nodes = List.copyOf(asked);
        asked.clear();
        return nodes;
    }

    /** Lookups still get through; pushes and repairs do not. */
    void cutNews() {
        newsCut = true;
    }

    /** Nothing for MemDS gets through. */
    void cutMemds() {
        memdsCut = true;
    }

    void mend() {
        newsCut = false;
        memdsCut = false;
    }

    @Override
    public String self() {
        return transport.self();
    }

    @Override
    public void serve(int service, RequestHandler handler) {
        transport.serve(service, handler);
    }

    @Override
    public CompletableFuture<byte[]> call(String node, int service, byte[] request, Duration timeout) {
        if (service == Services.PARTITION) {
            asked.add(node);
        }
        if (service == Services.MEMDS && (memdsCut || newsCut && !isLookup(request))) {
            return CompletableFuture.failedFuture(
                    new TransportException(TransportException.Kind.NOT_CONNECTED, node, "cut by the test"));
        }
        return transport.call(node, service, request, timeout);
    }

    private static boolean isLookup(byte[] request) {
        return request[1] == LOOKUP || request[1] == LOOKUPS;
    }

    @Override
    public boolean isConnected(String node) {
        return transport.isConnected(node);
    }

    @Override
    public void close() {
        transport.close();
    }
}
