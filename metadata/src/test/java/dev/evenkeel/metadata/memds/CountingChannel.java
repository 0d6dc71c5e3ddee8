package dev.evenkeel.metadata.memds;

import java.util.concurrent.CompletableFuture;

/** A direct call to a server, counted. */
final class CountingChannel implements MemdsChannel {
    private final MemdsServer server;
    private int requests;
    private long bytes;

    CountingChannel(MemdsServer server) {
        this.server = server;
    }

    @Override
    public CompletableFuture<byte[]> ask(byte[] request) {
        requests++;
        var answer = server.handle(request);
        bytes += request.length + answer.length;
        return CompletableFuture.completedFuture(answer);
    }

    int requests() {
        return requests;
    }

    /** Of requests and answers. */
    long bytes() {
        return bytes;
    }
}
