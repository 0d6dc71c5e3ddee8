package dev.evenkeel.server.cluster;

import dev.evenkeel.api.Operation;
import dev.evenkeel.http.DynamoHandler;
import dev.evenkeel.metadata.CatalogImage;
import dev.evenkeel.metadata.ClusterChange;
import dev.evenkeel.metadata.GroupDescriptor;
import dev.evenkeel.metadata.NodeDescriptor;
import dev.evenkeel.metadata.NodeState;
import dev.evenkeel.metadata.Placement;
import dev.evenkeel.metadata.RefusedChangeException;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.model.Ticker;
import dev.evenkeel.partition.NodeCalls;
import dev.evenkeel.partition.NotSentException;
import dev.evenkeel.partition.PartitionClient;
import dev.evenkeel.partition.PartitionService;
import dev.evenkeel.partition.TransactionGroup;
import dev.evenkeel.replication.LogCorruptException;
import dev.evenkeel.replication.ReplicationException;
import dev.evenkeel.replication.raft.RaftGroup;
import dev.evenkeel.replication.raft.RaftHost;
import dev.evenkeel.replication.raft.RaftWire;
import dev.evenkeel.router.ControlPlane;
import dev.evenkeel.router.DataPlane;
import dev.evenkeel.router.Router;
import dev.evenkeel.router.stream.StreamOperations;
import dev.evenkeel.router.stream.StreamUpkeep;
import dev.evenkeel.router.table.TableArns;
import dev.evenkeel.router.table.TableOperations;
import dev.evenkeel.router.table.TableOptions;
import dev.evenkeel.router.table.TickerScheduler;
import dev.evenkeel.router.transaction.TransactionCoordinator;
import dev.evenkeel.storage.StorageCorruptException;
import dev.evenkeel.transport.Transport;
import dev.evenkeel.transport.TransportException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node of a cluster, wired. It answers any request, wherever the partition is led. */
public final class ClusterNode implements DynamoHandler.Executor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterNode.class);

    /** The number under which nodes take Raft's messages. */
    public static final int RAFT_SERVICE = Services.RAFT;

    /** The formats and messages that this release understands. */
    private static final int FEATURE_LEVEL = 1;

    /** Leases, elections and patience; tables and their items have the time of the settings, which a test may move. */
    static final Ticker MACHINE_TIME = Ticker.system();

    /** Of a group, each in another zone. */
    private static final int REPLICAS_MAX = 3;

    /** A request is tried for longer than an election takes. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final ClusterSettings settings;
    private final NodeLife life;
    private final ExecutorService threads;
    private final Observations observations;
    private final CatalogReplica catalog;
    private final NodeGroups groups;
    private final MemdsNode memds;
    private final ClusterPartitions partitions;
    private final CatalogDriver driver;
    private final AdminCalls adminCalls;

    /** Whether this node has lost its data and begins anew. */
    private final boolean isRebuilt;

    private final Router router;
    private final long begunNanos = MACHINE_TIME.nanos();
    private final Reporter reporter;
    private volatile boolean stopping;
    private final CompletionStage<String> halted;

    private ClusterNode(
            ClusterSettings settings,
            int clientPort,
            Transport transport,
            RaftWire wire,
            Path nativeCache,
            NodeLife life) {
        this.settings = settings;
        this.life = life;
        this.threads = closing(Executors.newVirtualThreadPerTaskExecutor());
        this.observations = new Observations(MACHINE_TIME);
        RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        var caller = new NodeCaller(transport);
        this.adminCalls = new AdminCalls(caller);
        var storage = closing(openStorage(settings, nativeCache));
        this.halted = storage.halted();
        var door = new AdminDoor(storage.isNew(), observations);
        transport.serve(Services.ADMIN, (_, request) -> door.handle(request));
        this.isRebuilt = hasLostItsData(storage);
        if (isRebuilt) {
            leaveAll();
        }
        var raft = closing(new RaftHost(settings.cluster(), settings.id(), wire, MACHINE_TIME, settings.timings()));
        this.catalog = closing(CatalogReplica.open(
                settings, isRebuilt, raft, storage, caller, new CatalogMembership(clientPort), random));
        var transactions = new HostedGroup.Transactions(settings.ticker(), this::transactionGroup);
        this.groups = closing(
                new NodeGroups(settings.id(), !isRebuilt, raft, storage, transactions, this::catchUp, this::leave));
        this.memds = closing(new MemdsNode(settings, transport, catalog.catalog(), groups));
        var service = closing(new PartitionService(groups));
        var removal = new ReplicaRemoval(catalog, observations, adminCalls);
        var admin = new AdminService(catalog, groups, observations, removal, threads);
        var client = new PartitionClient(
                settings.id(), settings.zone(), groups, partitionCalls(transport), MACHINE_TIME, PATIENCE);
        this.partitions = new ClusterPartitions(catalog.catalog(), memds.routes(), client);
        closing(partitions::close);
        var options = tableOptions(settings, clientPort);
        var scheduler = closing(new TickerScheduler(settings.ticker()));
        var tables = new TableOperations(
                catalog.catalog(), partitions, partitions, options, settings.ticker(), random, scheduler, () -> false);
        this.router = router(options, tables, random);
        closing(new StreamUpkeep(
                catalog.catalog(),
                partitions::streams,
                settings.ticker(),
                () -> catalog.group().leads()));
        this.driver = closing(new CatalogDriver(catalog, settings, observations, adminCalls, threads, tables));
        transport.serve(Services.PARTITION, (_, request) -> service.handle(request));
        transport.serve(
                Services.CATALOG,
                (_, request) -> CompletableFuture.supplyAsync(() -> catalog.answer(request), threads));
        transport.serve(Services.MEMDS, (_, request) -> memds.handle(request));
        door.open(catalog.catalog()::image, admin);
        catalog.catalog().listen(groups::follow);
        driver.start();
        this.reporter = closing(
                new Reporter(settings, transport, catalog, groups, observations, this::mayLead, driver::obstacles));
    }

    /** A voter keeps its promises of before a restart for an election timeout, and so does not stand for election. */
    private boolean mayLead() {
        return !stopping
                && MACHINE_TIME.nanos() - begunNanos
                        > 2 * settings.timings().electionTimeout().toNanos();
    }

    /**
     * Opens what is there and takes part in its cluster; returns before others need to be there, except that a node which
     * finds nothing waits until they have told it whether it is new; see {@link FirstStart}. What was opened is closed
     * again when it fails.
     *
     * @param clientPort where clients find it
     * @param transport to the other nodes; closed by the caller, after this
     * @param nativeCache where RocksDB's library is unpacked
     */
    public static ClusterNode open(
            ClusterSettings settings, int clientPort, Transport transport, RaftWire wire, Path nativeCache) {
        return open(settings, clientPort, transport, wire, nativeCache, new NodeLife());
    }

    /**
     * A node that has lost data waits here for the others to let it go.
     *
     * @param life whose end makes this give up; closed when the node cannot be opened
     */
    static ClusterNode open(
            ClusterSettings settings,
            int clientPort,
            Transport transport,
            RaftWire wire,
            Path nativeCache,
            NodeLife life) {
        try {
            var node = new ClusterNode(settings, clientPort, transport, wire, nativeCache, life);
            node.threads.execute(() -> node.join(clientPort));
            return node;
        } catch (RuntimeException e) {
            life.close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T closing(T resource) {
        return life.closing(resource);
    }

    /** Also when that was known at an earlier start and not mended; always with a marker, where there is a folder. */
    private boolean hasLostItsData(ClusterStorage storage) {
        var data = settings.data();
        if (data != null && NodeRebuild.isUnderWay(data)) {
            return true;
        }
        if (!storage.isNew() || !new FirstStart(settings, adminCalls, threads, life).hasLostItsData()) {
            return false;
        }
        if (data != null) {
            LOG.error(
                    "There is no data in {}, though this node was in the cluster: it is built anew from the others",
                    data);
            NodeRebuild.beginWithNothing(data);
        }
        return true;
    }

    private static ClusterStorage openStorage(ClusterSettings settings, Path nativeCache) {
        var data = settings.data();
        if (data != null) {
            NodeRebuild.goOn(data, settings.ticker().now());
        }
        try {
            return ClusterStorage.open(data, nativeCache);
        } catch (LogCorruptException | StorageCorruptException damaged) {
            if (data == null || settings.founders().size() == 1) {
                throw damaged;
            }
            LOG.error("This node's data is damaged: it is moved aside, and built anew from the other nodes", damaged);
            NodeRebuild.begin(
                    data,
                    String.valueOf(damaged.getMessage()),
                    settings.ticker().now());
            return ClusterStorage.open(data, nativeCache);
        }
    }

    private static TableOptions tableOptions(ClusterSettings settings, int clientPort) {
        return new TableOptions(
                settings.region(),
                TableOptions.ACCOUNT_DEFAULT,
                settings.clientHost() + ":" + clientPort,
                settings.controlPlaneDelay(),
                Placement.spread(settings.initialPartitions()));
    }

    private Router router(TableOptions options, TableOperations tables, RandomGenerator random) {
        var builder = Router.builder();
        var catalogHere = catalog.catalog();
        var arns = new TableArns(options);
        DataPlane.register(builder, catalogHere::image, catalogHere::newestKnown, arns, partitions);
        var coordinator = new TransactionCoordinator(
                this::transactionGroup,
                () -> catalogHere.image().hostingGroups().stream()
                        .map(GroupDescriptor::id)
                        .toList(),
                settings.ticker(),
                random);
        DataPlane.registerTransactions(
                builder, catalogHere::image, catalogHere::newestKnown, arns, partitions, coordinator);
        ControlPlane.register(builder, tables);
        new StreamOperations(
                        catalogHere::image,
                        catalogHere::newestKnown,
                        partitions::streams,
                        settings.ticker(),
                        settings.region())
                .register(builder);
        return builder.build();
    }

    private TransactionGroup transactionGroup(int groupId) {
        return partitions.transactions(groupId);
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

    private void leave(int groupId) {
        leave(groupId, catalog::candidates);
    }

    private void leaveAll() {
        leave(AdminCalls.ALL_GROUPS, this::otherFounders);
        LOG.info("This node is out of all groups and begins anew");
    }

    private List<String> otherFounders() {
        return settings.founders().stream()
                .map(ClusterSettings.Founder::id)
                .filter(node -> !node.equals(settings.id()))
                .toList();
    }

    /** The catalog's group, of which the others ask each other: it is there to be asked when this node's replica is not. */
    private final class CatalogMembership implements CatalogReplica.Membership {
        private final int clientPort;

        CatalogMembership(int clientPort) {
            this.clientPort = clientPort;
        }

        @Override
        public void leave() {
            ClusterNode.this.leave(GroupDescriptor.CATALOG, ClusterNode.this::otherFounders);
        }

        @Override
        public void rejoin() {
            join(clientPort);
        }
    }

    /**
     * Tries until this node is no member of that group any more.
     *
     * @throws IllegalStateException when the node is closed before: what it has lost still counts
     */
    private void leave(int groupId, Supplier<List<String>> candidates) {
        var attempts = new Attempts(
                groupId == AdminCalls.ALL_GROUPS
                        ? "To be let go from all groups, whose data is lost here,"
                        : "To be let go from group %d, whose data is lost here,".formatted(groupId),
                life,
                MACHINE_TIME);
        while (!life.hasEnded()) {
            RuntimeException failure = new IllegalStateException("no other node is known");
            for (var node : candidates.get()) {
                try {
                    adminCalls.remove(node, settings.id(), groupId);
                    return;
                } catch (RuntimeException e) {
                    failure = withReasonOf(node, e, failure);
                }
            }
            attempts.failed(failure);
        }
        throw new IllegalStateException("this node was closed before group " + groupId + " let it go");
    }

    /** What several nodes say, in one. */
    private static RuntimeException withReasonOf(String node, RuntimeException reason, RuntimeException before) {
        boolean isFirst = before.getCause() == null;
        return new IllegalStateException(
                (isFirst ? "" : before.getMessage() + "; ") + node + " (" + reason.getMessage() + ")", reason);
    }

    /** Tries until the node is in the catalog, and follows it. */
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
        var attempts = new Attempts("To join the cluster", life, MACHINE_TIME);
        while (!life.hasEnded()) {
            try {
                if (settings.isFounder() && !catalog.isBegunAnew()) {
                    AdminService.register(catalog, self);
                } else {
                    joinThroughAny(self);
                    begunAnew();
                }
                return;
            } catch (RuntimeException e) {
                attempts.failed(e);
            }
        }
    }

    /** What happens to this node from now on is in its own log again. */
    private void begunAnew() {
        catalog.begunAnew();
        var data = settings.data();
        if (isRebuilt && data != null && !life.hasEnded()) {
            NodeRebuild.done(data);
        }
    }

    private void joinThroughAny(NodeDescriptor self) {
        RuntimeException failure = new IllegalStateException("no founders are known");
        for (var founder : settings.founders()) {
            try {
                adminCalls.join(founder.id(), self);
                return;
            } catch (RuntimeException e) {
                failure = withReasonOf(founder.id(), e, failure);
            }
        }
        throw failure;
    }

    /**
     * Whether requests can be answered here: the node is in the catalog, there are groups, those here have leaders, and all
     * are in the zones of the founders, or have not come there in time; see {@link #missingZones}.
     */
    public boolean isReady() {
        var image = catalog.catalog().image();
        return (missingZones().isEmpty() || MACHINE_TIME.nanos() - begunNanos > FoundersWait.MAX.toNanos())
                && image.node(settings.id()).isPresent()
                && !image.hostingGroups().isEmpty()
                && image.hostingGroups().stream()
                        .filter(group -> group.replicaOn(settings.id()).isPresent())
                        .allMatch(group -> groups.leader(group.id()).isPresent() || groups.isUnopened(group.id()));
    }

    /** Completes, with the reason, when this node's log takes nothing any more: only a restart can help, so it should end. */
    public CompletionStage<String> halted() {
        return halted;
    }

    /** Zones of founders in which a group has no vote that it could have there, in their order. */
    public List<String> missingZones() {
        var image = catalog.catalog().image();
        var zones = settings.founders().stream()
                .map(ClusterSettings.Founder::zone)
                .distinct()
                .toList();
        var missing = new TreeSet<String>();
        for (var group : image.hostingGroups()) {
            var own = zonesOf(group, image);
            if (own.size() < Math.min(zones.size(), REPLICAS_MAX)) {
                zones.stream().filter(zone -> !own.contains(zone)).forEach(missing::add);
            }
        }
        return List.copyOf(missing);
    }

    private static Set<String> zonesOf(GroupDescriptor group, CatalogImage image) {
        return group.voters().stream()
                .flatMap(voter -> image.node(voter.nodeId()).stream())
                .map(NodeDescriptor::zone)
                .collect(Collectors.toSet());
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
                Optional.of(new ClusterStatus(settings, catalog.catalog().image(), observations, memds).json());
            case "/cluster/digest" -> Optional.of(ReplicaDigests.json(settings.id(), groups.all()));
            default -> Optional.empty();
        };
    }

    /**
     * What operators ask for: {@code /cluster/nodes/ID/drain}, {@code …/resume}, {@code …/leave}. Autoadmin does the work;
     * {@code GET /cluster} tells how far it is.
     *
     * @throws IllegalStateException when the catalog refuses it
     * @throws DynamoException when the catalog cannot be changed from here at the moment
     */
    public Optional<byte[]> pull(String path) {
        var parts = path.split("/");
        if (parts.length != 5 || !path.startsWith("/cluster/nodes/")) {
            return Optional.empty();
        }
        var state = switch (parts[4]) {
            case "drain" -> NodeState.DRAINING;
            case "resume" -> NodeState.ACTIVE;
            case "leave" -> NodeState.LEFT;
            default -> null;
        };
        if (state == null) {
            return Optional.empty();
        }
        set(URLDecoder.decode(parts[3], StandardCharsets.UTF_8), state);
        return page("/cluster");
    }

    private void set(String node, NodeState state) {
        try {
            if (state == NodeState.DRAINING) {
                checkHasPlace(node, catalog.catalog().newest());
            }
            catalog.catalog().propose(new ClusterChange.SetNodeState(node, state));
        } catch (RefusedChangeException refused) {
            throw new IllegalStateException(refused.getMessage(), refused);
        } catch (ReplicationException failed) { // another node may be able to
            throw new DynamoException(
                    ErrorCode.SERVICE_UNAVAILABLE, "The catalog cannot be changed now: " + failed.getMessage());
        }
    }

    /** Draining would never end when the replicas may go nowhere. */
    private static void checkHasPlace(String id, CatalogImage image) {
        var zone = image.node(id).map(NodeDescriptor::zone).orElse("");
        boolean hasReplicas = image.groups().stream() // on this node, or on one that is being drained already
                .anyMatch(group -> zonesOf(group, image).contains(zone));
        boolean hasPlace = image.nodes().stream()
                .filter(node -> node.zone().equals(zone) && !node.id().equals(id))
                .anyMatch(node -> node.state() == NodeState.ACTIVE);
        if (hasReplicas && !hasPlace) {
            throw new IllegalStateException(
                    "Zone %s has no other node that takes replicas: start one there, or let one resume, before node %s is drained"
                            .formatted(zone, id));
        }
    }

    /**
     * Returns when the global indexes have every write that was answered before the call, or about that late.
     *
     * @return whether they have
     */
    public boolean awaitIndexes(Duration atMost) {
        return partitions.awaitIndexes(atMost);
    }

    /**
     * Removes what has expired by now, wherever it is led.
     *
     * @return whether it was gone within about that time
     */
    boolean expireItems(Duration atMost) {
        return partitions.expireItems(atMost);
    }

    /** Tells followers what is committed in the groups led from here; else they learn it with the next entry or heartbeat. */
    void announceCommits() {
        groups.all().stream().map(HostedGroup::group).filter(RaftGroup::leads).forEach(RaftGroup::announceCommits);
    }

    /** How far the storage replicas here are, by their groups. */
    Map<Integer, Long> appliedLsns() {
        var lsns = new HashMap<Integer, Long>();
        for (var hosted : groups.all()) {
            if (hosted.host() != null) {
                lsns.put(hosted.group().id(), hosted.group().appliedLsn());
            }
        }
        return lsns;
    }

    /** The replica of the catalog that is open here. */
    RaftGroup catalogGroup() {
        return catalog.group();
    }

    /** The newest image of the catalog that this node has. */
    public CatalogImage catalogImage() {
        return catalog.catalog().image();
    }

    MemdsNode memds() {
        return memds;
    }

    /**
     * Gives up leadership, so that nobody has to wait for a lease to end; requests are answered meanwhile. That of the
     * catalog first: who begins to lead a group asks its leader for the newest version.
     */
    public void handOver() {
        stopping = true;
        reporter.tellNow(); // or autoadmin sees a node that leads nothing, and gives it something
        catalog.group().handOver();
        groups.handOver();
    }

    /** Gives up leadership first; requests must have ended. */
    @Override
    public void close() {
        life.end();
        catalog.closing();
        handOver();
        life.close();
    }
}
