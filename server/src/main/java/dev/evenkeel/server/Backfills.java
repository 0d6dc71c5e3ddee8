package dev.evenkeel.server;

import dev.evenkeel.partition.PartitionHost;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Global indexes that are being filled, each by a thread of its own. */
final class Backfills implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Backfills.class);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final PartitionHost host;
    private final Map<Integer, Thread> running = new ConcurrentHashMap<>();
    private final Set<Integer> unwanted = ConcurrentHashMap.newKeySet();

    Backfills(PartitionHost host) {
        this.host = host;
    }

    /** @param whenDone called once, unless {@link #stop} came first */
    void start(List<Long> partitionIds, int indexId, Runnable whenDone) {
        var thread =
                Thread.ofVirtual().name("backfill-" + indexId).unstarted(() -> run(partitionIds, indexId, whenDone));
        if (running.putIfAbsent(indexId, thread) == null) {
            thread.start();
        }
    }

    private void run(List<Long> partitionIds, int indexId, Runnable whenDone) {
        try {
            while (!unwanted.contains(indexId) && !hasFilled(partitionIds, indexId)) {
                LockSupport.parkNanos(RETRY_AFTER.toNanos());
            }
            if (!unwanted.contains(indexId)) {
                whenDone.run();
            }
        } finally {
            running.remove(indexId);
        }
    }

    /** Filling it from the beginning again does no harm, so whatever went wrong, it is tried again. */
    private boolean hasFilled(List<Long> partitionIds, int indexId) {
        try {
            host.backfill(partitionIds, indexId, () -> !unwanted.contains(indexId));
            return true;
        } catch (RuntimeException failed) {
            if (!unwanted.contains(indexId)) { // a table dropped under it fails it too, and is no news
                LOG.warn("Index {} could not be filled, tried again in {}", indexId, RETRY_AFTER, failed);
            }
            return false;
        }
    }

    /** Returns when that index is not being filled any more. Ids of indexes are never used again. */
    void stop(int indexId) {
        unwanted.add(indexId);
        Thread thread = running.get(indexId);
        if (thread != null) {
            LockSupport.unpark(thread);
            join(thread);
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true; // whoever drops partitions must not do so under a backfill
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        running.keySet().forEach(this::stop);
    }
}
