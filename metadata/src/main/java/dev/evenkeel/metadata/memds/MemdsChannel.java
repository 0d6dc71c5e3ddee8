package dev.evenkeel.metadata.memds;

import java.util.concurrent.CompletableFuture;

/** Carries requests to one MemDS server. */
@FunctionalInterface
public interface MemdsChannel {

    /** The answer, or a failure when there is none in time. Never throws for trouble on the way. */
    CompletableFuture<byte[]> ask(byte[] request);
}
