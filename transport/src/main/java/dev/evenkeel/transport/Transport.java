package dev.evenkeel.transport;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * One node's way to the others. A node is named by its id, a service by a small number.
 *
 * <p>Calls from one thread to one node reach its handlers in the order in which they were made, as long as the connection
 * lasts; answers come in any order. A call is carried out at most once: nothing is sent again. Whether one that failed was
 * carried out, {@link TransportException#surelyNotExecuted()} tells.
 *
 * <p>Safe for any thread.
 */
public interface Transport extends AutoCloseable {

    /** The largest number of a service. */
    int SERVICE_MAX = 0xFFFF;

    /** This node's id. */
    String self();

    /**
     * Takes the requests to a service, from now on.
     *
     * @throws IllegalStateException when the service has a handler
     */
    void serve(int service, RequestHandler handler);

    /**
     * Asks a node. Never throws for network trouble: the future then fails with a {@link TransportException}. The future
     * is completed on a thread that other calls need too: what is attached to it must not block, or be attached with one
     * of the {@code Async} methods. Waiting for it is fine, except in a handler.
     *
     * @param request not to be changed afterwards, not even when the call has failed
     * @param timeout counts from now and includes connecting; it may strike a few milliseconds late
     * @throws IllegalArgumentException when the request is longer than this transport carries
     */
    CompletableFuture<byte[]> call(String node, int service, byte[] request, Duration timeout);

    /** Whether a call to the node would be sent at once. Says nothing before the first call, which connects. */
    boolean isConnected(String node);

    /** Fails the calls under way, serves nothing more, and lets go of every connection. */
    @Override
    void close();
}
