package dev.evenkeel.server.cluster;

import dev.evenkeel.api.Operation;
import dev.evenkeel.http.DynamoHandler;
import dev.evenkeel.model.Ticker;
import dev.evenkeel.replication.raft.DirectNetwork;
import dev.evenkeel.replication.raft.RaftTimings;
import dev.evenkeel.transport.LocalNetwork;
import dev.evenkeel.transport.PeerAddress;
import dev.evenkeel.transport.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cluster of three zones in one process: the same nodes, joined by direct calls. Requests are answered by the nodes in
 * turn, as behind a load balancer.
 */
public final class ThreeZones implements DynamoHandler.Executor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ThreeZones.class);
    private static final int ZONES = 3;

    /** Names are unique in the process, so that several such clusters do not meet. */
    private static final AtomicInteger CLUSTERS = new AtomicInteger();

    private static final Duration START_MAX = Duration.ofSeconds(30);
    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    /** Nodes have addresses that nobody connects to. */
    private static final int NO_PORT = 1;

    private final List<ClusterNode> nodes = new ArrayList<>();
    private final List<Transport> transports = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();

    private ThreeZones() {}

    /** What such a cluster is to be like; see {@link ClusterSettings}. */
    public record Options(
            @Nullable Path data, String region, int initialPartitions, Duration controlPlaneDelay, Ticker ticker) {}

    /** Returns when it answers. */
    public static ThreeZones open(Options options, String host, int clientPort, Path nativeCache) {
        var zones = new ThreeZones();
        var calls = new LocalNetwork();
        var raft = new DirectNetwork();
        var cluster =
                options.data() == null ? "zones" + CLUSTERS.incrementAndGet() : ZonesFolder.clusterName(options.data());
        var founders = new ArrayList<ClusterSettings.Founder>();
        for (int i = 0; i < ZONES; i++) {
            char letter = (char) ('a' + i);
            founders.add(new ClusterSettings.Founder(
                    cluster + "-" + letter, "zone-" + letter, new PeerAddress(host, NO_PORT)));
        }
        try {
            zones.open(founders, founder -> {
                var transport = calls.node(founder.id());
                zones.transports.add(transport);
                var settings = settings(options, host, cluster, founders, founder);
                var wire = raft.wire(founder.id());
                return life -> ClusterNode.open(settings, clientPort, transport, wire, nativeCache, life);
            });
            return zones;
        } catch (RuntimeException e) {
            zones.close();
            throw e;
        }
    }

    private interface Opening {
        ClusterNode open(NodeLife life);
    }

    /**
     * All at once, since one that has lost data waits for the others.
     *
     * @throws RuntimeException the first failure; those nodes that have been opened are then in {@link #nodes}
     */
    private void open(List<ClusterSettings.Founder> founders, Function<ClusterSettings.Founder, Opening> how) {
        long begunNanos = ClusterNode.MACHINE_TIME.nanos();
        var life = founders.stream().map(_ -> new NodeLife()).toList();
        var opened = new ArrayList<CompletableFuture<ClusterNode>>();
        for (var founder : founders) {
            var opening = how.apply(founder);
            var own = life.get(opened.size());
            opened.add(CompletableFuture.supplyAsync(() -> opening.open(own), Thread::startVirtualThread));
        }
        try {
            await(() -> areOpen(opened), begunNanos);
        } catch (RuntimeException e) {
            life.forEach(NodeLife::end);
            transports.forEach(Transport::close); // for whoever waits for another node's answer
            throw e;
        } finally {
            for (var node : opened) {
                var open = node.exceptionally(_ -> null).join();
                if (open != null) {
                    nodes.add(open);
                }
            }
        }
        await(() -> nodes.stream().allMatch(ClusterNode::isReady), begunNanos);
        var missing = nodes.getFirst().missingZones();
        if (!missing.isEmpty()) {
            LOG.warn("Not all groups have a replica in {} yet", String.join(", ", missing));
        }
    }

    /** @throws RuntimeException the failure of the one that cannot be opened */
    private static boolean areOpen(List<CompletableFuture<ClusterNode>> opened) {
        for (var node : opened) {
            if (node.isCompletedExceptionally()) {
                throw node.exceptionNow() instanceof RuntimeException failure
                        ? failure
                        : new IllegalStateException(node.exceptionNow());
            }
        }
        return opened.stream().allMatch(CompletableFuture::isDone);
    }

    private static ClusterSettings settings(
            Options options,
            String host,
            String cluster,
            List<ClusterSettings.Founder> founders,
            ClusterSettings.Founder self) {
        var data = options.data();
        return new ClusterSettings(
                self.id(),
                self.zone(),
                self.peer(),
                cluster,
                founders,
                1, // on a laptop one group is enough, and groups cost
                data == null ? null : data.resolve(self.zone()),
                host,
                options.region(),
                options.initialPartitions(),
                options.controlPlaneDelay(),
                options.ticker(),
                RaftTimings.DEFAULT);
    }

    private static void await(BooleanSupplier condition, long begunNanos) {
        while (!condition.getAsBoolean()) {
            if (ClusterNode.MACHINE_TIME.nanos() - begunNanos > START_MAX.toNanos()) {
                throw new IllegalStateException("the three zones have not come together within " + START_MAX.toSeconds()
                        + " s; the log says why");
            }
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }

    @Override
    public <I, O> O execute(Operation<I, O> operation, I input) {
        return nodes.get(Math.floorMod(turn.getAndIncrement(), ZONES)).execute(operation, input);
    }

    public Optional<byte[]> page(String path) {
        return nodes.getFirst().page(path);
    }

    /**
     * Returns when the items whose time has come by now are removed where they are led.
     *
     * @throws IllegalStateException when that takes longer
     */
    public void awaitExpiry(Duration atMost) {
        if (!nodes.getFirst().expireItems(atMost)) {
            throw new IllegalStateException("what has expired is not gone within " + atMost);
        }
    }

    /**
     * Returns when whichever node is asked shows, in tables and global indexes, every write that was answered before the
     * call.
     *
     * @throws IllegalStateException when that takes longer
     */
    public void awaitIndexes(Duration atMost) {
        long begunNanos = ClusterNode.MACHINE_TIME.nanos();
        boolean isInTime = nodes.getFirst().awaitIndexes(atMost);
        var wanted = furthest();
        nodes.forEach(ClusterNode::announceCommits);
        while (isInTime && !nodes.stream().allMatch(node -> isAsFar(node.appliedLsns(), wanted))) {
            LockSupport.parkNanos(POLL_NANOS);
            isInTime = ClusterNode.MACHINE_TIME.nanos() - begunNanos < atMost.toNanos();
        }
        if (!isInTime) {
            throw new IllegalStateException("the indexes have not caught up within " + atMost);
        }
    }

    private Map<Integer, Long> furthest() {
        var furthest = new HashMap<Integer, Long>();
        nodes.forEach(node -> node.appliedLsns().forEach((group, lsn) -> furthest.merge(group, lsn, Math::max)));
        return furthest;
    }

    private static boolean isAsFar(Map<Integer, Long> lsns, Map<Integer, Long> wanted) {
        return wanted.entrySet().stream().allMatch(group -> lsns.getOrDefault(group.getKey(), 0L) >= group.getValue());
    }

    @Override
    public void close() {
        for (var node : nodes) {
            node.close();
        }
        for (var transport : transports) {
            transport.close();
        }
    }
}
