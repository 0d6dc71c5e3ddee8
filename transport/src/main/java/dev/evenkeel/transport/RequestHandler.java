package dev.evenkeel.transport;

import java.util.concurrent.CompletableFuture;

/** Answers the requests to one service of a node. */
@FunctionalInterface
public interface RequestHandler {

    /**
     * Called in the order in which the other node made its calls, one at a time per calling node. It runs on a thread
     * that other requests need too, so it must not block: whatever waits completes the future later, from another thread.
     *
     * @param fromNode the calling node's id; proven by its certificate where there is TLS
     * @param request read only: where no network is between the nodes, it is the caller's own array
     * @return the answer, not changed afterwards, or a failure whose message goes back to the caller
     */
    CompletableFuture<byte[]> handle(String fromNode, byte[] request);
}
