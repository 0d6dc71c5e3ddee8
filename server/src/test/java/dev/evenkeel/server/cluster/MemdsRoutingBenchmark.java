package dev.evenkeel.server.cluster;

import dev.evenkeel.metadata.PartitionDescriptor;
import dev.evenkeel.metadata.memds.BatchingChannel;
import dev.evenkeel.metadata.memds.GroupMember;
import dev.evenkeel.metadata.memds.GroupMembership;
import dev.evenkeel.metadata.memds.MemdsChannel;
import dev.evenkeel.metadata.memds.MemdsClient;
import dev.evenkeel.metadata.memds.MemdsServer;
import dev.evenkeel.metadata.memds.PartitionCache;
import dev.evenkeel.metadata.memds.PartitionPush;
import dev.evenkeel.metadata.memds.ServerChoice;
import dev.evenkeel.model.Ticker;
import dev.evenkeel.transport.NettyTransport;
import dev.evenkeel.transport.PeerAddress;
import dev.evenkeel.transport.Transport;
import dev.evenkeel.transport.TransportOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the constant question to MemDS costs: CPU time of the whole process, both ends of every connection in it, for
 * 10,000 requests that go to one node, with a lookup each that goes to another, and without. Arguments: requests
 * (200,000), how many at a time (64), rounds (3).
 */
final class MemdsRoutingBenchmark {
    private static final int PARTITIONS = 1_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final int requests;
    private final int clients;
    private final Transport router;
    private final MemdsServer server = server();

    private MemdsRoutingBenchmark(int requests, int clients, Transport router, Transport leader, Transport memds) {
        this.requests = requests;
        this.clients = clients;
        this.router = router;
        leader.serve(Services.PARTITION, (_, request) -> CompletableFuture.completedFuture(request));
        memds.serve(Services.MEMDS, (_, request) -> CompletableFuture.completedFuture(server.handle(request)));
    }

    public static void main(String[] arguments) throws IOException {
        int requests = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200_000;
        int clients = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 64;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        try (var leader = node("leader", Map.of());
                var memds = node("memds", Map.of());
                var router = node("router", Map.of("leader", leader.address(), "memds", memds.address()))) {
            var benchmark = new MemdsRoutingBenchmark(requests, clients, router, leader, memds);
            for (int round = 0; round < rounds; round++) {
                benchmark.round();
            }
        }
    }

    private static NettyTransport node(String id, Map<String, PeerAddress> others) throws IOException {
        return NettyTransport.start(TransportOptions.of(
                id, "bench", new PeerAddress("localhost", 0), other -> Optional.ofNullable(others.get(other))));
    }

    private void round() {
        measure("no lookups", null);
        measure("own server", request -> CompletableFuture.completedFuture(server.handle(request)));
        measure("another server, a message each", this::send);
        measure("another server, batched", new BatchingChannel(this::send));
    }

    private CompletableFuture<byte[]> send(byte[] request) {
        return router.call("memds", Services.MEMDS, request, TIMEOUT);
    }

    /** @param channel null for no lookups */
    private void measure(String what, @Nullable MemdsChannel channel) {
        var choice = new ServerChoice(channel == null ? List.of() : List.of(new MemdsClient(channel)), List.of());
        var cache = new PartitionCache(() -> choice, PARTITIONS);
        long lookups = server.lookups();
        long wall = Ticker.system().nanos();
        long cpu = cpuNanos();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, clients)
                    .forEach(client -> threads.execute(() -> requests(client, channel != null, cache)));
        }
        cpu = cpuNanos() - cpu;
        wall = Ticker.system().nanos() - wall;
        System.out.printf(
                "%-32s %6.1f ms of CPU for 10,000 requests, %,8.0f requests/s, %.3f lookups each%n",
                what,
                cpu / 1e6 / (requests / 10_000.0),
                requests * 1e9 / wall,
                (server.lookups() - lookups) / (double) requests);
    }

    private void requests(int client, boolean looks, PartitionCache cache) {
        var request = new byte[200];
        for (int i = client; i < requests; i += clients) {
            if (looks) {
                var unused = cache.lookup(1, position(i % PARTITIONS));
            }
            router.call("leader", Services.PARTITION, request, TIMEOUT).join();
        }
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static byte[] position(int partition) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(partition).array();
    }

    @SuppressWarnings("NullAway") // the last partition has no end
    private static MemdsServer server() {
        var server = new MemdsServer();
        var members = List.of(
                new GroupMember("node-a", GroupMember.Role.STORAGE),
                new GroupMember("node-b", GroupMember.Role.STORAGE),
                new GroupMember("node-c", GroupMember.Role.STORAGE));
        var group = new GroupMembership(1, 1, members, "node-a");
        for (int i = 0; i < PARTITIONS; i++) {
            var to = i + 1 == PARTITIONS ? null : position(i + 1);
            server.apply(PartitionPush.of(new PartitionDescriptor(i, 1, position(i), to, 1), 1, group));
        }
        server.markSynchronised();
        return server;
    }
}
