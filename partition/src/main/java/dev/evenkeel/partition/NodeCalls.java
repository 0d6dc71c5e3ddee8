package dev.evenkeel.partition;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The way to the {@link PartitionService} of another node. The wiring implements it over the transport. */
@FunctionalInterface
public interface NodeCalls {

    /**
     * Sends a request. The future ends within the timeout, with the answer or a failure: {@link NotSentException} when the
     * request was surely not executed, any other when nobody can tell.
     */
    CompletableFuture<byte[]> call(String node, byte[] request, Duration timeout);
}
