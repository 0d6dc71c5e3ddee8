package dev.evenkeel.server;

import dev.evenkeel.metadata.Catalog;
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
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The partitions of this node as the catalog, the router and the statistics see them: all of them are here. */
final class HostedPartitions implements PartitionLifecycle, PartitionDirectory, TableStatistics, AutoCloseable {
    private final Catalog catalog;
    private final PartitionHost host;
    private final Backfills backfills;

    HostedPartitions(Catalog catalog, PartitionHost host) {
        this.catalog = catalog;
        this.host = host;
        this.backfills = new Backfills(host);
    }

    /** Opens what the catalog has, before anything is resumed. */
    void openAll() {
        CatalogImage image = catalog.image();
        for (Table table : image.tables()) {
            openAll(table.schema(), image.partitions(table.id()));
            table.globalIndexes().forEach(index -> openAll(index.hiddenTable(), image.partitions(index.id())));
        }
        host.lead();
    }

    private void openAll(TableSchema schema, List<PartitionDescriptor> partitions) {
        for (PartitionDescriptor partition : partitions) {
            if (host.replica(partition.id()).isEmpty()) {
                host.open(partition.id(), schema, partition.from(), partition.to());
            }
        }
    }

    @Override
    public void open(Table table, List<PartitionDescriptor> partitions) {
        table.globalIndexes().forEach(index -> openAll(index.hiddenTable(), of(index.id(), partitions)));
        openAll(table.schema(), of(table.id(), partitions));
    }

    private static List<PartitionDescriptor> of(int tableId, List<PartitionDescriptor> partitions) {
        return partitions.stream()
                .filter(partition -> partition.tableId() == tableId)
                .toList();
    }

    @Override
    public void openIndex(Table table, GlobalIndex index, List<PartitionDescriptor> partitions) {
        openAll(index.hiddenTable(), partitions);
        host.replaceSchema(idsOf(table), table.schema());
    }

    private List<Long> idsOf(Table table) {
        return catalog.image().partitions(table.id()).stream()
                .map(PartitionDescriptor::id)
                .toList();
    }

    @Override
    public void startBackfill(Table table, GlobalIndex index, Runnable whenDone) {
        backfills.start(idsOf(table), index.id(), whenDone);
    }

    @Override
    public void dropIndex(Table table, GlobalIndex index, List<PartitionDescriptor> partitions) {
        backfills.stop(index.id());
        host.replaceSchema(idsOf(table), table.schema());
        partitions.forEach(partition -> host.drop(partition.id()));
    }

    @Override
    public void drop(Table table, List<PartitionDescriptor> partitions) {
        table.globalIndexes().forEach(index -> backfills.stop(index.id()));
        partitions.forEach(partition -> host.drop(partition.id()));
    }

    @Override
    public void followSchema(Table table, List<PartitionDescriptor> partitions) {
        host.replaceSchema(partitions.stream().map(PartitionDescriptor::id).toList(), table.schema());
    }

    @Override
    public Map<Integer, Long> marks(Set<Integer> groupIds) {
        return groupIds.stream()
                .collect(Collectors.toMap(id -> id, _ -> host.streams().mark()));
    }

    @Override
    public PartitionReplica replica(PartitionDescriptor partition) {
        return host.replica(partition.id()).orElseThrow(DynamoException::resourceNotFound);
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
        var total = catalog.image().partitions(tableId).stream()
                .flatMap(partition -> host.replica(partition.id()).stream())
                .map(ofOne)
                .reduce(PartitionStatistics.NONE, PartitionStatistics::plus);
        return new TableCounts(total.items(), total.bytes());
    }

    /** Ends backfills; they begin anew at the next start. */
    @Override
    public void close() {
        backfills.close();
    }
}
