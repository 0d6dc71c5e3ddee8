package dev.evenkeel.server.cluster;

import dev.evenkeel.model.Ticker;
import dev.evenkeel.replication.raft.DirectNetwork;
import dev.evenkeel.replication.raft.RaftTimings;
import dev.evenkeel.transport.LocalNetwork;
import dev.evenkeel.transport.PeerAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Nodes of a cluster in this process, in memory; links between them can be cut. A node is called zone letter and number. */
final class TestNodes implements AutoCloseable {
    static final RaftTimings TIMINGS = new RaftTimings(
            Duration.ofMillis(900), Duration.ofMillis(200), Duration.ofMillis(150), Duration.ofMillis(700));

    private static final AtomicInteger CLUSTERS = new AtomicInteger();
    private static final int CLIENT_PORT = 1;
    private static final Path NATIVE_CACHE = Path.of(System.getProperty("java.io.tmpdir"), "evenkeel-native");

    private final String cluster = "test" + CLUSTERS.incrementAndGet();
    private final LocalNetwork calls = new LocalNetwork();
    private final DirectNetwork raft = new DirectNetwork();
    private final Map<String, ClusterNode> nodes = new ConcurrentSkipListMap<>();
    private final Map<String, WatchedTransport> transports = new ConcurrentSkipListMap<>();
    private final List<ClusterSettings.Founder> founders = new ArrayList<>();
    private final int groups;
    private final @Nullable Path data;

    TestNodes(int groups) {
        this(groups, null);
    }

    /** @param data a folder for the folders of all nodes; null keeps them in memory */
    TestNodes(int groups, @Nullable Path data) {
        this.groups = groups;
        this.data = data;
    }

    Path folder(String name) {
        return Objects.requireNonNull(data).resolve(name);
    }

    String id(String node) {
        return cluster + "-" + node;
    }

    private static String zone(String node) {
        return "zone-" + node.charAt(0);
    }

    void found(String... names) {
        for (var name : names) {
            founders.add(new ClusterSettings.Founder(id(name), zone(name), new PeerAddress("localhost", 1)));
        }
        var starts = Stream.of(names) // at once, since new nodes ask each other whether their cluster is
                .map(name -> CompletableFuture.runAsync(() -> start(name), Thread::startVirtualThread))
                .toList();
        starts.forEach(CompletableFuture::join);
        until(() -> nodes.values().stream().allMatch(ClusterNode::isReady));
    }

    ClusterNode start(String name) {
        return start(name, _ -> {});
    }

    /** @param before the node is there; what its transport is to do from the beginning */
    ClusterNode start(String name, Consumer<WatchedTransport> before) {
        var settings = new ClusterSettings(
                id(name),
                zone(name),
                new PeerAddress("localhost", 1),
                cluster,
                founders,
                groups,
                data == null ? null : folder(name),
                "localhost",
                "us-east-1",
                1,
                Duration.ZERO,
                Ticker.system(),
                TIMINGS);
        var transport = new WatchedTransport(calls.node(id(name)));
        transports.put(name, transport);
        before.accept(transport);
        var node = ClusterNode.open(settings, CLIENT_PORT, transport, raft.wire(id(name)), NATIVE_CACHE);
        nodes.put(name, node);
        return node;
    }

    ClusterNode node(String name) {
        return Objects.requireNonNull(nodes.get(name));
    }

    WatchedTransport transport(String name) {
        return Objects.requireNonNull(transports.get(name));
    }

    Collection<String> names() {
        return List.copyOf(nodes.keySet());
    }

    /** Ends a node in order; it may be started again. What it had in memory is lost. */
    void stop(String name) {
        node(name).close();
        transport(name).close();
        raft.remove(id(name));
        nodes.remove(name);
    }

    /** Nothing gets to the node or from it. */
    void isolate(String name) {
        for (var other : nodes.keySet()) {
            if (!other.equals(name)) {
                calls.cut(id(name), id(other));
                raft.cut(id(name), id(other));
                raft.cut(id(other), id(name));
            }
        }
    }

    void heal() {
        calls.heal();
        raft.healAll();
    }

    /** Ends when it holds, or with the test's timeout. */
    static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (Thread.interrupted()) {
                throw new IllegalStateException("interrupted while waiting");
            }
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
    }

    @Override
    public void close() {
        nodes.values().forEach(ClusterNode::close);
    }
}
