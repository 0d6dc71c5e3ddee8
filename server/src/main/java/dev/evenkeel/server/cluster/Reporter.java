package dev.evenkeel.server.cluster;

import dev.evenkeel.metadata.CatalogImage;
import dev.evenkeel.metadata.GroupDescriptor;
import dev.evenkeel.metadata.NodeDescriptor;
import dev.evenkeel.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells all nodes twice a second how this one is, and at once when it hears a new one: a cluster starts when all are heard. */
final class Reporter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);
    private static final Duration EVERY = Duration.ofMillis(500);

    private final ClusterSettings settings;
    private final Transport transport;
    private final Supplier<CatalogImage> catalog;
    private final CatalogReplica catalogReplica;
    private final NodeGroups groups;
    private final Observations observations;
    private final BooleanSupplier mayLead;
    private final Supplier<List<String>> obstacles;
    private final Thread thread;
    private volatile Thread reopening = Thread.ofVirtual().unstarted(() -> {}); // the latest
    private volatile boolean stopped;

    Reporter(
            ClusterSettings settings,
            Transport transport,
            CatalogReplica catalogReplica,
            NodeGroups groups,
            Observations observations,
            BooleanSupplier mayLead,
            Supplier<List<String>> obstacles) {
        this.mayLead = mayLead;
        this.obstacles = obstacles;
        this.settings = settings;
        this.transport = transport;
        this.catalogReplica = catalogReplica;
        this.catalog = catalogReplica.catalog()::image;
        this.groups = groups;
        this.observations = observations;
        this.thread = Thread.ofVirtual().name("reporter").start(this::run);
        observations.whenOneIsNew(() -> LockSupport.unpark(thread));
    }

    private void run() {
        while (!stopped) {
            attempt("report", () -> tell(report()));
            reopenFailed();
            attempt("mend its replica of the catalog", catalogReplica::heal);
            Rhythm.awaitNext(this, EVERY);
        }
    }

    /** Beside this thread, since a replica that has failed may be long in closing, and others must go on hearing this node. */
    private void reopenFailed() {
        if (!reopening.isAlive()) {
            reopening = Thread.ofVirtual()
                    .name("reopening")
                    .start(() -> attempt("open its failed replicas again", groups::reopenFailed));
        }
    }

    /** Neither may keep the other from being done. */
    private static void attempt(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("This node could not {}", what, e);
        }
    }

    private NodeReport report() {
        var replicas = new ArrayList<ReplicaReport>();
        var own = catalogReplica.group();
        replicas.add(ReplicaReport.of(own.status(), own.leads() ? own.learners() : List.of(), 0));
        for (var hosted : groups.all()) {
            var group = hosted.group();
            var store = hosted.store();
            long bytes = store == null ? 0 : store.approximateBytes(new byte[0], null);
            replicas.add(ReplicaReport.of(group.status(), group.leads() ? group.learners() : List.of(), bytes));
        }
        replicas.addAll(groups.unopened());
        var silence = observations.silence();
        silence.remove(settings.id());
        return new NodeReport(
                settings.id(), silence, catalog.get().version(), replicas, mayLead.getAsBoolean(), obstacles.get());
    }

    /** Besides; returns when it is sent. */
    void tellNow() {
        attempt("report", () -> tell(report()));
    }

    private void tell(NodeReport report) {
        observations.heard(report);
        var request = AdminCalls.report(report);
        for (var node : others()) {
            transport.call(node, Services.ADMIN, request, EVERY.multipliedBy(2)).exceptionally(_ -> new byte[0]);
        }
    }

    private Set<String> others() {
        var nodes = new LinkedHashSet<String>();
        catalog.get().nodes().stream()
                .filter(node -> !node.hasLeft())
                .map(NodeDescriptor::id)
                .forEach(nodes::add);
        if (catalog.get().group(GroupDescriptor.CATALOG).isEmpty()) {
            settings.founders().forEach(founder -> nodes.add(founder.id()));
        }
        nodes.remove(settings.id());
        return nodes;
    }

    @Override
    public void close() {
        stopped = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
            reopening.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
