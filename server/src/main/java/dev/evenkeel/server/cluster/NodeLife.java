package dev.evenkeel.server.cluster;

import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node has opened, and whether it is to go on: from before the node is there, since opening one may wait for other
 * nodes, and whatever was opened must be closed when it fails. Ended from any thread.
 */
final class NodeLife implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeLife.class);

    private final Deque<AutoCloseable> open = new ConcurrentLinkedDeque<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Closes it with the rest, before those that were there already. */
    <T extends AutoCloseable> T closing(T resource) {
        open.push(resource);
        return resource;
    }

    /** Has everything that waits for other nodes give up. */
    void end() {
        ended.countDown();
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** Returns at the end, or after that time. */
    void awaitEnd(Duration atMost) {
        try {
            boolean _ = ended.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** The latest first; one that fails does not keep the others open. */
    @Override
    public void close() {
        end();
        for (var next = open.poll(); next != null; next = open.poll()) {
            try {
                next.close();
            } catch (Exception e) {
                LOG.warn("Something could not be closed in order", e);
            }
        }
    }
}
