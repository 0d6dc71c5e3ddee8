package dev.evenkeel.metadata.memds;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** A direct call to a server, counted. */
final class CountingChannel implements MemdsChannel {
    private final MemdsServer server;
    private int requests;
    private long bytes;
    private int bytesMax;
    private int statusRequests;

    CountingChannel(MemdsServer server) {
        this.server = server;
    }

    @Override
    public CompletableFuture<byte[]> ask(byte[] request) {
        requests++;
        statusRequests += Arrays.equals(request, Messages.status()) ? 1 : 0;
        var answer = server.handle(request);
        bytes += request.length + answer.length;
        bytesMax = Math.max(bytesMax, answer.length);
        return CompletableFuture.completedFuture(answer);
    }

    int requests() {
        return requests;
    }

    int statusRequests() {
        return statusRequests;
    }

    /** Of the longest answer. */
    int bytesMax() {
        return bytesMax;
    }

    /** Of requests and answers. */
    long bytes() {
        return bytes;
    }
}
