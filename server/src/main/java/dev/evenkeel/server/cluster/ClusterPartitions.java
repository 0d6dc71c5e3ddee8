package dev.evenkeel.server.cluster;

import dev.evenkeel.metadata.Catalog;
import dev.evenkeel.metadata.CatalogImage;
import dev.evenkeel.metadata.GlobalIndex;
import dev.evenkeel.metadata.PartitionDescriptor;
import dev.evenkeel.metadata.PartitionLifecycle;
import dev.evenkeel.metadata.Table;
import dev.evenkeel.metadata.TableStatistics;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.model.StoreKey;
import dev.evenkeel.partition.PartitionClient;
import dev.evenkeel.partition.PartitionReplica;
import dev.evenkeel.partition.PartitionStatistics;
import dev.evenkeel.partition.RemoteGroup;
import dev.evenkeel.partition.StreamGroup;
import dev.evenkeel.partition.TransactionGroup;
import dev.evenkeel.router.PartitionDirectory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions of the whole cluster as the router, the control plane and the statistics see them from one node.
 *
 * <p>Where a partition's group is, and who leads it, comes from MemDS, partition by partition ({@link PartitionRoutes}).
 * Schemas and key ranges come from the catalog's image, which every node has whole: an expression is checked and a key is
 * made by the schema before there is a position to look up, and a request must follow one version of schema and ranges.
 * They change with a table; leaders and members change by themselves, and the catalog knows of neither until later, or of
 * leaders at all.
 */
final class ClusterPartitions implements PartitionDirectory, PartitionLifecycle, TableStatistics {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterPartitions.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Catalog catalog;
    private final PartitionRoutes routes;
    private final PartitionClient client;
    private final Map<Integer, RemoteGroup> groups = new ConcurrentHashMap<>();
    private final Set<Integer> filling = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    ClusterPartitions(Catalog catalog, PartitionRoutes routes, PartitionClient client) {
        this.catalog = catalog;
        this.routes = routes;
        this.client = client;
    }

    private RemoteGroup group(int groupId) {
        var known = groups.get(groupId);
        return known != null ? known : groups.computeIfAbsent(groupId, id -> client.group(id, routes.group(id)));
    }

    @Override
    public PartitionReplica replica(PartitionDescriptor partition) {
        routes.look(partition);
        return group(partition.groupId()).partition(partition.id());
    }

    @Override
    public PartitionDescriptor located(PartitionDescriptor partition) {
        routes.look(partition);
        return partition;
    }

    /** A group's part in transactions. */
    TransactionGroup transactions(int groupId) {
        return group(groupId).transactions();
    }

    /** Nodes open partitions as they hear of them; a request that is quicker is tried again until then. */
    @Override
    public void open(Table table, List<PartitionDescriptor> partitions) {
        awaitCatalog(partitions);
    }

    @Override
    public void openIndex(Table table, GlobalIndex index, List<PartitionDescriptor> partitions) {
        awaitCatalog(partitions);
        awaitCatalog(catalog.image().partitions(table.id()));
    }

    private void awaitCatalog(List<PartitionDescriptor> partitions) {
        long version = catalog.image().version();
        partitions.stream()
                .map(PartitionDescriptor::groupId)
                .distinct()
                .forEach(groupId -> group(groupId).awaitCatalog(version));
    }

    @Override
    public void startBackfill(Table table, GlobalIndex index, Runnable whenDone) {
        if (filling.add(index.id())) {
            Thread.ofVirtual().name("backfill-" + index.id()).start(() -> fill(table.id(), index.id(), whenDone));
        }
    }

    private void fill(int tableId, int indexId, Runnable whenDone) {
        try {
            while (isWanted(indexId) && !hasFilled(tableId, indexId)) {
                LockSupport.parkNanos(RETRY_AFTER.toNanos());
            }
            if (isWanted(indexId)) {
                whenDone.run();
            }
        } finally {
            filling.remove(indexId);
        }
    }

    private boolean isWanted(int indexId) {
        return !closed
                && catalog.image().tableOfIndex(indexId).stream()
                        .flatMap(table -> table.globalIndexes().stream())
                        .anyMatch(index -> index.id() == indexId && index.backfilling());
    }

    /** Filling it from the beginning again does no harm, so whatever went wrong, it is tried again. */
    private boolean hasFilled(int tableId, int indexId) {
        try {
            for (var partition : catalog.image().partitions(tableId)) {
                group(partition.groupId()).backfill(List.of(partition.id()), indexId, () -> isWanted(indexId));
            }
            return true;
        } catch (RuntimeException failed) {
            if (isWanted(indexId)) {
                LOG.warn("Index {} could not be filled, tried again in {}", indexId, RETRY_AFTER, failed);
            }
            return false;
        }
    }

    @Override
    public void dropIndex(Table table, GlobalIndex index, List<PartitionDescriptor> partitions) {
        awaitCatalog(catalog.image().partitions(table.id())); // nobody feeds it any more
        dropAll(partitions);
    }

    @Override
    public void drop(Table table, List<PartitionDescriptor> partitions) {
        dropAll(partitions);
    }

    private void dropAll(List<PartitionDescriptor> partitions) {
        partitions.forEach(partition ->
                group(partition.groupId()).drop(partition.id(), partition.tableId(), partition.from(), partition.to()));
    }

    @Override
    public void followSchema(Table table, List<PartitionDescriptor> partitions) {
        awaitCatalog(partitions);
    }

    @Override
    public Map<Integer, Long> marks(Set<Integer> groupIds) {
        return groupIds.stream()
                .collect(Collectors.toMap(id -> id, id -> streams(id).mark()));
    }

    StreamGroup streams(int groupId) {
        return group(groupId).streams();
    }

    @Override
    public TableCounts counts(int tableId) {
        return sum(tableId, replica -> replica.statistics(StoreKey.ITEMS));
    }

    @Override
    public TableCounts localIndexCounts(int tableId, int indexNumber) {
        return sum(tableId, replica -> replica.statistics(indexNumber));
    }

    private TableCounts sum(int tableId, Function<PartitionReplica, PartitionStatistics> ofOne) {
        CatalogImage image = catalog.image();
        var total = image.partitions(tableId).stream()
                .map(partition -> statistics(partition, ofOne))
                .reduce(PartitionStatistics.NONE, PartitionStatistics::plus);
        return new TableCounts(total.items(), total.bytes());
    }

    /** Of a partition that is being dropped, nothing is left. */
    private PartitionStatistics statistics(
            PartitionDescriptor partition, Function<PartitionReplica, PartitionStatistics> ofOne) {
        try {
            return ofOne.apply(replica(partition));
        } catch (DynamoException failure) {
            if (failure.code() != ErrorCode.RESOURCE_NOT_FOUND) {
                throw failure;
            }
            return PartitionStatistics.NONE;
        }
    }

    /** Whether the global indexes have every write that was answered before the call, within about that time a group. */
    boolean awaitIndexes(Duration atMost) {
        return catalog.image().hostingGroups().stream()
                .allMatch(group -> group(group.id()).awaitIndexes(atMost));
    }

    /** Removes what has expired by now; whether it is gone within about that time a group. */
    boolean expireItems(Duration atMost) {
        return catalog.image().hostingGroups().stream()
                .allMatch(group -> group(group.id()).expireItems(atMost));
    }

    /** Ends backfills; they begin anew where the catalog is led. */
    void close() {
        closed = true;
    }
}
