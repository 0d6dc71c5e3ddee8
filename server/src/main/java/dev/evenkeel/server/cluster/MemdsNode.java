package dev.evenkeel.server.cluster;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.evenkeel.metadata.Catalog;
import dev.evenkeel.metadata.memds.MemdsServer;
import dev.evenkeel.metadata.memds.PartitionCache;
import dev.evenkeel.transport.Transport;
import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;

/** What a node has of MemDS: a server, what keeps it and tells the others, and a router's cache. */
final class MemdsNode implements AutoCloseable {
    /** A few tens of megabytes at most, and more partitions than a router sees in a while. */
    private static final int PARTITIONS_MAX = 100_000;

    private final MemdsServer server = new MemdsServer();
    private final MemdsPeers peers;
    private final PartitionCache cache;
    private final PartitionRoutes routes;
    private final PartitionPusher pusher;
    private final MemdsRepairs repairs;

    MemdsNode(ClusterSettings settings, Transport transport, Catalog catalog, NodeGroups groups) {
        this.peers = new MemdsPeers(settings.id(), settings.zone(), transport, server);
        this.cache = new PartitionCache(peers::choice, PARTITIONS_MAX);
        this.routes = new PartitionRoutes(catalog, groups, cache);
        this.pusher =
                new PartitionPusher(settings.id(), catalog::image, groups, server, peers, ClusterNode.MACHINE_TIME);
        this.repairs = new MemdsRepairs(server, peers, catalog::image);
        catalog.listen(image -> {
            peers.follow(image);
            pusher.wake();
        });
    }

    PartitionRoutes routes() {
        return routes;
    }

    /** Answers another node. */
    CompletableFuture<byte[]> handle(byte[] request) {
        return CompletableFuture.completedFuture(server.handle(request));
    }

    /** A group may be led from here now. */
    void leads() {
        pusher.wake();
    }

    /**
     * What the server here holds and has been asked by any node, and what this node has looked up: hits and misses of its
     * cache, and the requests to servers that these have made.
     */
    void write(JsonGenerator json) throws IOException {
        var status = server.status();
        json.writeStartObject();
        json.writeNumberField("entries", status.facts());
        json.writeStringField("rootHash", HexFormat.of().toHexDigits(status.rootHash()));
        json.writeBooleanField("synchronised", status.synchronised());
        json.writeNumberField("lookups", server.lookups());
        json.writeNumberField("hits", cache.hits());
        json.writeNumberField("misses", cache.misses());
        json.writeNumberField("refreshes", cache.requests());
        json.writeEndObject();
    }

    MemdsServer server() {
        return server;
    }

    PartitionCache cache() {
        return cache;
    }

    @Override
    public void close() {
        pusher.close();
        repairs.close();
    }
}
