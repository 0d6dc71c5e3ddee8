package dev.evenkeel.server.cluster;

import dev.evenkeel.metadata.CatalogImage;
import dev.evenkeel.metadata.NodeDescriptor;
import dev.evenkeel.metadata.memds.BatchingChannel;
import dev.evenkeel.metadata.memds.MemdsChannel;
import dev.evenkeel.metadata.memds.MemdsClient;
import dev.evenkeel.metadata.memds.MemdsServer;
import dev.evenkeel.metadata.memds.ServerChoice;
import dev.evenkeel.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The MemDS servers of a cluster as one node sees them: there is one on every node. The node's own is called directly; to
 * each other there are two ways, one for lookups, which share messages, and one for all else.
 */
final class MemdsPeers {
    /** They answer out of memory. One that takes longer is not there, and another one is. */
    private static final Duration LOOKUP_TIMEOUT = Duration.ofMillis(500);

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final String self;
    private final String zone;
    private final Transport transport;
    private final MemdsClient own;
    private final Map<String, MemdsClient> forLookups = new ConcurrentHashMap<>();
    private final Map<String, MemdsClient> forAllElse = new ConcurrentHashMap<>();
    private volatile List<NodeDescriptor> followed = List.of();
    private volatile List<String> others = List.of();
    private volatile ServerChoice choice;

    MemdsPeers(String self, String zone, Transport transport, MemdsServer server) {
        this.self = self;
        this.zone = zone;
        this.transport = transport;
        this.own = new MemdsClient(request -> CompletableFuture.completedFuture(server.handle(request)));
        this.choice = new ServerChoice(List.of(own), List.of());
    }

    /** The catalog has changed. For one thread. */
    void follow(CatalogImage image) {
        var nodes = image.nodes();
        if (nodes.equals(followed)) {
            return;
        }
        var elsewhere = nodes.stream()
                .filter(node -> !node.hasLeft() && !node.id().equals(self))
                .toList();
        var near = new ArrayList<>(List.of(own));
        var far = new ArrayList<MemdsClient>();
        for (var node : elsewhere) {
            (node.zone().equals(zone) ? near : far).add(forLookups(node.id()));
        }
        choice = new ServerChoice(near, far);
        others = elsewhere.stream().map(NodeDescriptor::id).toList();
        followed = nodes;
    }

    /** Whom to ask: those of the own zone first. */
    ServerChoice choice() {
        return choice;
    }

    /** The nodes of all servers but the own. */
    List<String> others() {
        return others;
    }

    private MemdsClient forLookups(String node) {
        return forLookups.computeIfAbsent(
                node, it -> new MemdsClient(new BatchingChannel(channel(it, LOOKUP_TIMEOUT))));
    }

    /** For pushes and repairs. */
    MemdsClient server(String node) {
        return forAllElse.computeIfAbsent(node, it -> new MemdsClient(channel(it, TIMEOUT)));
    }

    private MemdsChannel channel(String node, Duration timeout) {
        return request -> transport.call(node, Services.MEMDS, request, timeout);
    }
}
