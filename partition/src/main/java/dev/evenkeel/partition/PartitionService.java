package dev.evenkeel.partition;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers other nodes' requests to the partitions here; the other end is {@link PartitionClient}. Each request has a virtual
 * thread, which may wait for the log. Safe for any thread.
 */
public final class PartitionService implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PartitionService.class);

    private final HostedGroups hosted;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("partition-request-", 0).factory());

    public PartitionService(HostedGroups hosted) {
        this.hosted = hosted;
    }

    /** The answer to a request; fails only when the request cannot be read, which leaves it undone. */
    public CompletableFuture<byte[]> handle(byte[] request) {
        try {
            return CompletableFuture.supplyAsync(() -> answer(request), threads);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.completedFuture(refusal(Request.decode(request)));
        }
    }

    /** Whoever asks must know that nothing was done. */
    private static <T> byte[] refusal(Request<T> request) {
        return Answer.encode(request, new Answer.NotHere<>("the node is being stopped"));
    }

    private byte[] answer(byte[] bytes) {
        try {
            return answer(Request.decode(bytes));
        } catch (RuntimeException failed) {
            log.warn("A request of another node could not be answered", failed);
            throw failed;
        }
    }

    private <T> byte[] answer(Request<T> request) {
        return Answer.encode(request, Answer.here(request, hosted));
    }

    /** Takes no more requests, and returns when those under way are answered. */
    @Override
    public void close() {
        threads.close();
    }
}
