package dev.evenkeel.server.node;

import dev.evenkeel.metadata.CatalogImage;
import dev.evenkeel.metadata.GlobalIndex;
import dev.evenkeel.metadata.PartitionDescriptor;
import dev.evenkeel.metadata.PartitionLifecycle;
import dev.evenkeel.metadata.Table;
import dev.evenkeel.metadata.TableStatistics;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.StoreKey;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.partition.PartitionHost;
import dev.evenkeel.partition.PartitionReplica;
import dev.evenkeel.partition.PartitionStatistics;
import dev.evenkeel.router.PartitionDirectory;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The partitions of a node that hosts all there are: what the catalog says of them, done at the host. */
final class LocalPartitions implements PartitionDirectory, PartitionLifecycle, TableStatistics {
    private static final Logger log = LoggerFactory.getLogger(LocalPartitions.class);

    private final Supplier<CatalogImage> catalog;
    private final PartitionHost host;

    /** Hidden tables of the indexes that are being filled; one that is dropped meanwhile is taken out. */
    private final Set<Integer> filling = ConcurrentHashMap.newKeySet();

    private volatile boolean stopping;

    LocalPartitions(Supplier<CatalogImage> catalog, PartitionHost host) {
        this.catalog = catalog;
        this.host = host;
    }

    /** Opens what the catalog has, at start. */
    void openAll() {
        var image = catalog.get();
        for (var table : image.tables()) {
            for (var index : table.globalIndexes()) {
                open(hiddenTable(table, index), image.partitions(index.id()));
            }
            open(table.schema(), image.partitions(table.id()));
        }
        host.started();
    }

    private void open(TableSchema schema, List<PartitionDescriptor> partitions) {
        partitions.forEach(partition -> host.open(partition.id(), schema, partition.from(), partition.to()));
    }

    private static TableSchema hiddenTable(Table table, GlobalIndex index) {
        return new TableSchema(
                index.id(),
                table.name() + "/index/" + index.name(),
                index.schema().key(),
                List.of(),
                List.of());
    }

    @Override
    public PartitionReplica replica(PartitionDescriptor partition) {
        return host.replica(partition.id()).orElseThrow(DynamoException::resourceNotFound);
    }

    @Override
    public void open(Table table, List<PartitionDescriptor> partitions) {
        for (var index : table.globalIndexes()) {
            open(hiddenTable(table, index), of(index.id(), partitions));
        }
        open(table.schema(), of(table.id(), partitions));
    }

    private static List<PartitionDescriptor> of(int tableId, List<PartitionDescriptor> partitions) {
        return partitions.stream()
                .filter(partition -> partition.tableId() == tableId)
                .toList();
    }

    @Override
    public void openIndex(Table table, GlobalIndex index, List<PartitionDescriptor> partitions) {
        open(hiddenTable(table, index), partitions);
        host.replaceSchema(partitionIds(table), table.schema());
    }

    private List<Long> partitionIds(Table table) {
        return catalog.get().partitions(table.id()).stream()
                .map(PartitionDescriptor::id)
                .toList();
    }

    @Override
    public void startBackfill(Table table, GlobalIndex index, Runnable whenDone) {
        filling.add(index.id());
        Thread.ofVirtual().name("backfill-" + index.name()).start(() -> {
            try {
                host.backfill(partitionIds(table), index.id(), () -> filling.contains(index.id()));
                if (filling.remove(index.id())) {
                    whenDone.run();
                }
            } catch (RuntimeException failed) {
                if (!stopping && filling.contains(index.id())) {
                    log.error(
                            "Filling index {} of table {} failed; it goes on at the next start",
                            index.name(),
                            table.name(),
                            failed);
                }
            }
        });
    }

    @Override
    public void dropIndex(Table table, GlobalIndex index, List<PartitionDescriptor> partitions) {
        filling.remove(index.id());
        host.replaceSchema(partitionIds(table), table.schema());
        partitions.forEach(partition -> host.drop(partition.id()));
    }

    @Override
    public void drop(Table table, List<PartitionDescriptor> partitions) {
        table.globalIndexes().forEach(index -> filling.remove(index.id()));
        partitions.forEach(partition -> host.drop(partition.id()));
    }

    @Override
    public TableCounts counts(int tableId) {
        return sum(tableId, StoreKey.ITEMS);
    }

    @Override
    public TableCounts localIndexCounts(int tableId, int indexNumber) {
        return sum(tableId, indexNumber);
    }

    private TableCounts sum(int tableId, int space) {
        var total = catalog.get().partitions(tableId).stream()
                .flatMap(partition -> host.replica(partition.id()).stream())
                .map(replica -> replica.statistics(space))
                .reduce(PartitionStatistics.NONE, PartitionStatistics::plus);
        return new TableCounts(total.items(), total.bytes());
    }

    /** From now on a backfill that fails has only been interrupted. */
    void stopping() {
        stopping = true;
    }
}
