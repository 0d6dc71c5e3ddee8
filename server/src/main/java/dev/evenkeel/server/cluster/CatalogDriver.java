package dev.evenkeel.server.cluster;

import dev.evenkeel.autoadmin.AutoadminSettings;
import dev.evenkeel.replication.LeadershipListener;
import dev.evenkeel.router.table.TableOperations;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** What the node does that leads the catalog: carries on with tables, and runs autoadmin. */
final class CatalogDriver implements LeadershipListener, AutoCloseable {
    private final CatalogReplica catalog;
    private final ClusterSettings settings;
    private final Observations observations;
    private final AdminCalls calls;
    private final ExecutorService threads;
    private final TableOperations tables;
    private final Semaphore changes = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    /** Null while another node leads. */
    private volatile @Nullable AutoadminLoop autoadmin;

    CatalogDriver(
            CatalogReplica catalog,
            ClusterSettings settings,
            Observations observations,
            AdminCalls calls,
            ExecutorService threads,
            TableOperations tables) {
        this.catalog = catalog;
        this.settings = settings;
        this.observations = observations;
        this.calls = calls;
        this.threads = threads;
        this.tables = tables;
        this.thread = Thread.ofVirtual().name("catalog-driver").start(this::run);
    }

    void start() {
        catalog.catalog().listen(_ -> changes.release());
        catalog.listen(this);
    }

    private void run() {
        while (!closed) {
            changes.acquireUninterruptibly();
            changes.drainPermits();
            if (!closed && catalog.group().leads()) {
                tables.carryOn();
            }
        }
    }

    @Override
    public void lead() {
        var loop =
                new AutoadminLoop(catalog.catalog(), settings, AutoadminSettings.DEFAULT, observations, calls, threads);
        autoadmin = loop;
        loop.start();
        tables.resume();
    }

    @Override
    public void follow() {
        var loop = autoadmin;
        autoadmin = null;
        if (loop != null) {
            loop.close();
        }
    }

    /** What ought to be done and cannot; known only where the catalog is led. */
    List<String> obstacles() {
        var loop = autoadmin;
        return loop == null ? List.of() : loop.obstacles();
    }

    @Override
    public void close() {
        closed = true;
        follow();
        changes.release();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
