package dev.evenkeel.server.cluster;

import dev.evenkeel.api.Operation;
import dev.evenkeel.http.DynamoHandler;
import dev.evenkeel.metadata.CatalogImage;
import dev.evenkeel.metadata.GroupDescriptor;
import dev.evenkeel.metadata.NodeDescriptor;
import dev.evenkeel.metadata.NodeState;
import dev.evenkeel.metadata.Placement;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.partition.NodeCalls;
import dev.evenkeel.partition.NotSentException;
import dev.evenkeel.partition.PartitionClient;
import dev.evenkeel.partition.PartitionService;
import dev.evenkeel.replication.ReplicationException;
import dev.evenkeel.replication.raft.RaftHost;
import dev.evenkeel.replication.raft.RaftWire;
import dev.evenkeel.router.ControlPlane;
import dev.evenkeel.router.DataPlane;
import dev.evenkeel.router.Router;
import dev.evenkeel.router.table.TableArns;
import dev.evenkeel.router.table.TableOperations;
import dev.evenkeel.router.table.TableOptions;
import dev.evenkeel.router.table.TickerScheduler;
import dev.evenkeel.transport.Transport;
import dev.evenkeel.transport.TransportException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node of a cluster, wired. It answers any request, wherever the partition is led. */
public final class ClusterNode implements DynamoHandler.Executor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterNode.class);

    /** The number under which nodes take Raft's messages. */
    public static final int RAFT_SERVICE = Services.RAFT;

    /** The formats and messages that this release understands. */
    private static final int FEATURE_LEVEL = 1;

    /** A request is tried for longer than an election takes. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final Duration RETRY_AFTER = Duration.ofMillis(50);

    private final ClusterSettings settings;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Observations observations;
    private final CatalogReplica catalog;
    private final NodeGroups groups;
    private final MemdsNode memds;
    private final ClusterPartitions partitions;
    private final CatalogDriver driver;
    private final AdminCalls adminCalls;
    private final Router router;
    private volatile boolean closed;

    private ClusterNode(
            ClusterSettings settings, int clientPort, Transport transport, RaftWire wire, Path nativeCache) {
        this.settings = settings;
        this.observations = new Observations(settings.ticker());
        RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        var caller = new NodeCaller(transport);
        var storage = closing(ClusterStorage.open(settings.data(), nativeCache));
        var raft =
                closing(new RaftHost(settings.cluster(), settings.id(), wire, settings.ticker(), settings.timings()));
        this.catalog = closing(CatalogReplica.open(settings, raft, storage, caller, random));
        this.groups = closing(new NodeGroups(settings.id(), raft, storage, this::catchUp));
        this.memds = closing(new MemdsNode(settings, transport, catalog.catalog(), groups));
        var service = closing(new PartitionService(groups));
        this.adminCalls = new AdminCalls(caller);
        var admin = new AdminService(catalog, groups, observations, threads);
        var client = new PartitionClient(
                settings.id(), settings.zone(), groups, partitionCalls(transport), settings.ticker(), PATIENCE);
        this.partitions = new ClusterPartitions(catalog.catalog(), memds.routes(), client);
        closing(partitions::close);
        var options = tableOptions(settings, clientPort);
        var scheduler = closing(new TickerScheduler(settings.ticker()));
        var tables = new TableOperations(
                catalog.catalog(), partitions, partitions, options, settings.ticker(), random, scheduler, () -> false);
        this.router = router(options, tables);
        this.driver = closing(new CatalogDriver(catalog, settings, observations, adminCalls, threads, tables));
        transport.serve(Services.PARTITION, (_, request) -> service.handle(request));
        transport.serve(
                Services.CATALOG,
                (_, request) -> CompletableFuture.supplyAsync(() -> catalog.answer(request), threads));
        transport.serve(Services.MEMDS, (_, request) -> memds.handle(request));
        transport.serve(Services.ADMIN, (_, request) -> admin.handle(request));
        catalog.catalog().listen(groups::follow);
        driver.start();
        closing(new Reporter(settings, transport, catalog, groups, observations));
    }

    /**
     * Opens what is there and takes part in its cluster; returns before others need to be there.
     *
     * @param clientPort where clients find it
     * @param transport to the other nodes; closed by the caller, after this
     * @param nativeCache where RocksDB's library is unpacked
     */
    public static ClusterNode open(
            ClusterSettings settings, int clientPort, Transport transport, RaftWire wire, Path nativeCache) {
        var node = new ClusterNode(settings, clientPort, transport, wire, nativeCache);
        node.threads.execute(() -> node.join(clientPort));
        return node;
    }

    private <T extends AutoCloseable> T closing(T resource) {
        open.push(resource);
        return resource;
    }

    private static TableOptions tableOptions(ClusterSettings settings, int clientPort) {
        return new TableOptions(
                settings.region(),
                TableOptions.ACCOUNT_DEFAULT,
                settings.clientHost() + ":" + clientPort,
                settings.controlPlaneDelay(),
                Placement.spread(settings.initialPartitions()));
    }

    private Router router(TableOptions options, TableOperations tables) {
        var builder = Router.builder();
        DataPlane.register(builder, catalog.catalog()::image, this::newest, new TableArns(options), partitions);
        ControlPlane.register(builder, tables);
        return builder.build();
    }

    /** As new as can be had: a catalog that nobody leads right now must not make known tables unknown. */
    private CatalogImage newest() {
        try {
            return catalog.catalog().newest();
        } catch (ReplicationException nobody) {
            LOG.debug("The catalog cannot be asked", nobody);
            return catalog.catalog().image();
        }
    }

    private static NodeCalls partitionCalls(Transport transport) {
        return (node, request, timeout) -> transport
                .call(node, Services.PARTITION, request, timeout)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(translated(failure)));
    }

    private static Throwable translated(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof TransportException refused && refused.surelyNotExecuted()
                ? new NotSentException(String.valueOf(refused.getMessage()), refused)
                : cause;
    }

    /** For a replica that begins to lead: it must follow the catalog as it is by now. */
    private void catchUp() {
        groups.awaitCatalog(catalog.newest().version());
        memds.leads();
    }

    /** Tries until the node is in the catalog. */
    private void join(int clientPort) {
        var self = new NodeDescriptor(
                settings.id(),
                settings.zone(),
                settings.clientHost(),
                clientPort,
                settings.peer().host(),
                settings.peer().port(),
                NodeState.ACTIVE,
                FEATURE_LEVEL);
        while (!closed) {
            try {
                if (settings.isFounder()) {
                    AdminService.register(catalog, self);
                } else {
                    joinThroughAny(self);
                }
                return;
            } catch (RuntimeException e) {
                LOG.debug("Not in the cluster yet", e);
                LockSupport.parkNanos(this, RETRY_AFTER.toNanos());
            }
        }
    }

    private void joinThroughAny(NodeDescriptor self) {
        RuntimeException failure = new IllegalStateException("no founders are known");
        for (var founder : settings.founders()) {
            try {
                adminCalls.join(founder.id(), self);
                return;
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        throw failure;
    }

    /** Whether requests can be answered here: the node is in the catalog, there are groups, and those here have leaders. */
    public boolean isReady() {
        var image = catalog.catalog().image();
        return image.node(settings.id()).isPresent()
                && image.groups().stream().anyMatch(group -> group.id() != GroupDescriptor.CATALOG)
                && image.groups().stream()
                        .filter(group -> group.id() != GroupDescriptor.CATALOG
                                && group.replicaOn(settings.id()).isPresent())
                        .allMatch(group -> groups.leader(group.id()).isPresent());
    }

    @Override
    public <I, O> O execute(Operation<I, O> operation, I input) {
        try {
            return router.execute(operation, input);
        } catch (ReplicationException failed) { // of the catalog
            throw new DynamoException(
                    ErrorCode.SERVICE_UNAVAILABLE, "The catalog cannot be changed now: " + failed.getMessage());
        }
    }

    /** The cluster as JSON, under {@code /cluster}; what the replicas here hold, under {@code /cluster/digest}. */
    public Optional<byte[]> page(String path) {
        return switch (path) {
            case "/cluster" ->
                Optional.of(
                        new ClusterStatus(settings, catalog.catalog().image(), observations, driver.obstacles(), memds)
                                .json());
            case "/cluster/digest" -> Optional.of(ReplicaDigests.json(settings.id(), groups.all()));
            default -> Optional.empty();
        };
    }

    /** Returns when the global indexes have every write that was answered before the call, or about that late. */
    public void awaitIndexes(Duration atMost) {
        partitions.awaitIndexes(atMost);
    }

    /** The newest image of the catalog that this node has. */
    public CatalogImage catalogImage() {
        return catalog.catalog().image();
    }

    MemdsNode memds() {
        return memds;
    }

    /** Gives up leadership, so that nobody has to wait for a lease to end; requests are answered meanwhile. */
    public void handOver() {
        groups.handOver();
        catalog.group().handOver();
    }

    /** Gives up leadership first; requests must have ended. */
    @Override
    public void close() {
        closed = true;
        catalog.closing();
        handOver();
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                LOG.warn("Something could not be closed in order", e);
            }
        }
        threads.close();
    }
}
