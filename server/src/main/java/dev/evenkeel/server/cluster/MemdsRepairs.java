package dev.evenkeel.server.cluster;

import dev.evenkeel.metadata.CatalogImage;
import dev.evenkeel.metadata.memds.MemdsServer;
import dev.evenkeel.metadata.memds.Repair;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this node's MemDS server like the others. One that starts is filled from a peer before it answers lookups. Later it
 * compares root hashes with one peer after the other, which costs next to nothing while they are equal and brings what a
 * lost push has left out when they are not.
 *
 * <p>When a cluster starts, no server has anything to give. Then the one is ready that has been told of every partition in
 * the catalog.
 */
final class MemdsRepairs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MemdsRepairs.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration EVERY_UNTIL_READY = Duration.ofMillis(100);

    private final MemdsServer server;
    private final MemdsPeers peers;
    private final Supplier<CatalogImage> catalog;
    private final Thread thread;
    private int turn; // the thread's own
    private volatile boolean closed;

    MemdsRepairs(MemdsServer server, MemdsPeers peers, Supplier<CatalogImage> catalog) {
        this.server = server;
        this.peers = peers;
        this.catalog = catalog;
        this.thread = Thread.ofVirtual().name("memds-repairs").start(this::run);
    }

    private void run() {
        while (!closed) {
            boolean ready = isReady();
            if (ready) {
                peers.choice().tryAgain();
                repairFromOne();
            } else {
                makeReady();
            }
            Rhythm.awaitNext(this, ready ? EVERY : EVERY_UNTIL_READY);
        }
    }

    private boolean isReady() {
        return server.status().synchronised();
    }

    private void repairFromOne() {
        var others = peers.others();
        if (!others.isEmpty()) {
            repairFrom(others.get(Math.floorMod(turn++, others.size())));
        }
    }

    private void makeReady() {
        for (var node : peers.others()) {
            if (closed || isReady()) {
                return;
            }
            repairFrom(node);
        }
        if (!isReady() && knowsAllOf(catalog.get())) {
            server.markSynchronised();
        }
    }

    private void repairFrom(String node) {
        try {
            var report = Repair.run(server, peers.server(node));
            if (report.news() > 0) {
                LOG.debug("The MemDS server on {} knew {} facts more", node, report.news());
            }
        } catch (RuntimeException failed) {
            LOG.debug("The MemDS server on {} has not helped", node, failed);
        }
    }

    /** False for a catalog that is new: who has none yet cannot tell what there is. */
    private boolean knowsAllOf(CatalogImage image) {
        return !image.hostingGroups().isEmpty()
                && image.tables().stream()
                        .allMatch(table -> knowsAllOf(image, table.id())
                                && table.globalIndexes().stream().allMatch(index -> knowsAllOf(image, index.id())));
    }

    private boolean knowsAllOf(CatalogImage image, int tableId) {
        return image.partitions(tableId).stream().allMatch(partition -> server.knows(tableId, partition.from()));
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
