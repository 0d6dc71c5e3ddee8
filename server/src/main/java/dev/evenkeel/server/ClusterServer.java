package dev.evenkeel.server;

import dev.evenkeel.api.Operation;
import dev.evenkeel.http.DynamoHandler;
import dev.evenkeel.http.HttpServer;
import dev.evenkeel.metadata.CatalogImage;
import dev.evenkeel.metadata.CorruptCatalogException;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.model.Ticker;
import dev.evenkeel.replication.ReplicationException;
import dev.evenkeel.replication.raft.RaftTimings;
import dev.evenkeel.replication.raft.TransportWire;
import dev.evenkeel.server.cluster.ClusterNode;
import dev.evenkeel.server.cluster.ClusterSettings;
import dev.evenkeel.server.cluster.NodeIdInUseException;
import dev.evenkeel.storage.DataFolderException;
import dev.evenkeel.storage.StorageException;
import dev.evenkeel.transport.NettyTransport;
import dev.evenkeel.transport.PeerAddress;
import dev.evenkeel.transport.TransportOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A node of a cluster as a process: its endpoint for clients, its connections to other nodes, and what is between. */
final class ClusterServer implements AutoCloseable {
    private final HttpServer http;
    private final NettyTransport transport;
    private final ClusterNode node;
    private final String clientHost;

    private ClusterServer(HttpServer http, NettyTransport transport, ClusterNode node, String clientHost) {
        this.http = http;
        this.transport = transport;
        this.node = node;
        this.clientHost = clientHost;
    }

    /**
     * Returns when the node takes part; {@link #isReady} tells when it answers. Requests that come earlier are told to come
     * again.
     *
     * @param file where the configuration stands, for that person
     * @throws StartException with one line for the person who started it
     */
    static ClusterServer start(NodeConfig config, Path file) {
        var opened = new AtomicReference<@Nullable ClusterNode>();
        var handler = new DynamoHandler(config.region(), new Opening(opened::get), new Operators(opened::get));
        HttpServer http =
                Evenkeel.listen(config.client().host(), config.client().port(), handler, "client.port in " + file);
        try {
            var settings = settings(config);
            NettyTransport transport = transport(config, settings, opened::get);
            try {
                var node = ClusterNode.open(
                        settings,
                        http.address().getPort(),
                        transport,
                        new TransportWire(transport, ClusterNode.RAFT_SERVICE),
                        NativeCache.folder());
                opened.set(node);
                return new ClusterServer(http, transport, node, config.client().host());
            } catch (RuntimeException e) {
                transport.close();
                throw e;
            }
        } catch (DataFolderException
                | StorageException
                | ReplicationException
                | CorruptCatalogException
                | NodeIdInUseException
                | UncheckedIOException e) {
            http.close();
            throw new StartException(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            http.close();
            throw e;
        }
    }

    /** Pages and levers of the node, once there is one. */
    private record Operators(Supplier<@Nullable ClusterNode> node) implements DynamoHandler.Pages {
        @Override
        public Optional<byte[]> page(String path) {
            var opened = node.get();
            return opened == null ? Optional.empty() : opened.page(path);
        }

        @Override
        public Optional<byte[]> pull(String path) {
            var opened = node.get();
            if (opened == null) {
                throw starting();
            }
            return opened.pull(path);
        }
    }

    private static ClusterSettings settings(NodeConfig config) {
        return new ClusterSettings(
                config.id(),
                config.zone(),
                config.peer().address(),
                config.cluster().name(),
                config.cluster().seeds().stream()
                        .map(seed -> new ClusterSettings.Founder(seed.id(), seed.zone(), seed.peer()))
                        .toList(),
                config.cluster().groups(),
                config.data(),
                config.client().host(),
                config.region(),
                config.initialPartitions(),
                config.controlPlaneDelay(),
                Ticker.system(),
                RaftTimings.DEFAULT);
    }

    private static NettyTransport transport(
            NodeConfig config, ClusterSettings settings, Supplier<@Nullable ClusterNode> node) {
        var options = TransportOptions.of(
                config.id(),
                settings.cluster(),
                config.peer().address(),
                id -> address(id, config.peer().ways(), settings, node.get()));
        var tls = config.peer().tls();
        try {
            return NettyTransport.start(tls == null ? options : options.withTls(tls));
        } catch (IOException e) {
            throw new StartException(
                    "Cannot listen for other nodes at " + config.peer().address() + ": " + e.getMessage(), e);
        }
    }

    /** As this node was told, which of founders it always is, since that may be a way of its own; else as the catalog has it. */
    private static Optional<PeerAddress> address(
            String id, Map<String, PeerAddress> ways, ClusterSettings settings, @Nullable ClusterNode node) {
        var way = ways.get(id);
        if (way != null) {
            return Optional.of(way);
        }
        var founder = settings.founders().stream()
                .filter(it -> it.id().equals(id))
                .findFirst()
                .map(ClusterSettings.Founder::peer);
        if (founder.isPresent() || node == null) {
            return founder;
        }
        CatalogImage image = node.catalogImage();
        return image.node(id).map(it -> new PeerAddress(it.peerHost(), it.peerPort()));
    }

    /** Answers from the node, once there is one. */
    private record Opening(Supplier<@Nullable ClusterNode> node) implements DynamoHandler.Executor {
        @Override
        public <I, O> O execute(Operation<I, O> operation, I input) {
            var opened = node.get();
            if (opened == null) {
                throw starting();
            }
            return opened.execute(operation, input);
        }
    }

    private static DynamoException starting() {
        return new DynamoException(ErrorCode.SERVICE_UNAVAILABLE, "The node is starting");
    }

    /** Zones that groups do not have a vote in yet, though this node is ready. */
    List<String> missingZones() {
        return node.missingZones();
    }

    CompletionStage<String> halted() {
        return node.halted();
    }

    boolean isReady() {
        return node.isReady();
    }

    URI endpoint() {
        return URI.create("http://" + (clientHost.contains(":") ? "[" + clientHost + "]" : clientHost) + ":"
                + http.address().getPort());
    }

    /** Finishes the requests under way, hands leadership over, leaves. */
    @Override
    public void close() {
        node.handOver(); // first, while requests go on
        http.close();
        node.close();
        transport.close();
    }
}
