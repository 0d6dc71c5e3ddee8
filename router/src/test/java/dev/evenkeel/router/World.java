package dev.evenkeel.router;

import dev.evenkeel.api.Operation;
import dev.evenkeel.metadata.Catalog;
import dev.evenkeel.metadata.CatalogChange;
import dev.evenkeel.metadata.CatalogImage;
import dev.evenkeel.metadata.CatalogStateMachine;
import dev.evenkeel.metadata.IndexDefinition;
import dev.evenkeel.metadata.IndexSettings;
import dev.evenkeel.metadata.IndexStatus;
import dev.evenkeel.metadata.PartitionDescriptor;
import dev.evenkeel.metadata.Placement;
import dev.evenkeel.metadata.Table;
import dev.evenkeel.metadata.TableDefinition;
import dev.evenkeel.metadata.TableStatus;
import dev.evenkeel.metadata.Throughput;
import dev.evenkeel.model.AttributeType;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.KeyAttribute;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.Projection;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.partition.PartitionHost;
import dev.evenkeel.partition.PartitionReplica;
import dev.evenkeel.partition.PartitionStateMachine;
import dev.evenkeel.replication.MemoryLog;
import dev.evenkeel.replication.SoloGroup;
import dev.evenkeel.router.table.TableArns;
import dev.evenkeel.router.table.TableOptions;
import dev.evenkeel.storage.MemoryStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Tables in memory behind a router: real catalog, real partitions, one group. Requests are JSON with single quotes. */
final class World implements AutoCloseable {
    private static final int GROUP = 1;

    private final CatalogStateMachine catalogMachine = CatalogStateMachine.inMemory();
    private final SoloGroup catalogGroup = SoloGroup.open(0, new MemoryLog(), catalogMachine);
    private final MemoryStore store = new MemoryStore();
    private final PartitionStateMachine machine = new PartitionStateMachine(store);
    private final SoloGroup group = SoloGroup.open(GROUP, new MemoryLog(), machine);
    private final PartitionHost host = new PartitionHost(group, store, machine, this::partitionOf);
    private final int partitions;

    final Catalog catalog = new Catalog(catalogGroup, catalogMachine, new Random(1));
    private final TableArns arns = new TableArns(TableOptions.defaults());
    final Router router;

    /** What the router has heard of; null when that is everything. */
    private volatile @Nullable CatalogImage old;

    /** What stands between the router and a partition; a test may put faults there. */
    UnaryOperator<PartitionReplica> wrapping = UnaryOperator.identity();

    /** @param partitions of every table and global index */
    World(int partitions) {
        this.partitions = partitions;
        host.lead();
        router = DataPlane.register(Router.builder(), this::image, this::newestImage, arns, this::replica)
                .build();
        for (var definition : Tables.ALL) {
            create(definition);
        }
    }

    private Optional<Long> partitionOf(int indexId, byte[] position) {
        return Optional.of(catalog.image().partitionOf(indexId, position).id());
    }

    private PartitionReplica replica(PartitionDescriptor partition) {
        return wrapping.apply(host.replica(partition.id()).orElseThrow(DynamoException::resourceNotFound));
    }

    Routes routes() {
        return new Routes(this::image, this::newestImage, arns, this::replica);
    }

    private CatalogImage image() {
        var known = old;
        return known == null ? catalog.image() : known;
    }

    private CatalogImage newestImage() {
        old = null;
        return catalog.image();
    }

    /** From now on the router does not hear of changes, as if they were made on another node, until it asks. */
    void changeElsewhere() {
        old = catalog.image();
    }

    /** Another table of the same name in place of that one. */
    void replace(TableDefinition definition) {
        var table = table(definition.name());
        drop(table.id());
        table.globalIndexes().forEach(index -> drop(index.id()));
        change(table, new CatalogChange.SetTableStatus(table.id(), TableStatus.DELETING));
        change(table, new CatalogChange.DropTable(table.id()));
        create(definition);
    }

    private void drop(int tableId) {
        catalog.image().partitions(tableId).forEach(partition -> host.drop(partition.id()));
    }

    private void change(Table table, CatalogChange.TableChange... changes) {
        catalog.propose(new CatalogChange.Guarded(table.id(), CatalogChange.Guarded.ANY_VERSION, List.of(changes)));
    }

    void dropIndex(String tableName, String indexName) {
        var table = table(tableName);
        change(table, new CatalogChange.SetIndexStatus(table.id(), indexName, IndexStatus.DELETING, false));
        drop(table.globalIndex(indexName).orElseThrow().id());
        change(table, new CatalogChange.DropIndex(table.id(), indexName));
    }

    /** A global index on the attribute {@code n}. */
    void addIndex(String tableName, String indexName) {
        var table = table(tableName);
        var key = new KeyAttribute("n", AttributeType.N);
        var definition =
                new IndexDefinition(indexName, KeySchema.of(key), Projection.ALL, IndexSettings.of(Throughput.ZERO));
        change(
                table,
                new CatalogChange.AddIndex(table.id(), definition, List.of(key), new Placement(partitions, GROUP)),
                new CatalogChange.SetIndexStatus(table.id(), indexName, IndexStatus.ACTIVE, false));
        var index = table(tableName).globalIndex(indexName).orElseThrow();
        open(
                catalog.image(),
                new TableSchema(index.id(), index.name(), index.schema().key(), List.of(), List.of()));
    }

    private void create(TableDefinition definition) {
        var image = catalog.propose(new CatalogChange.CreateTable(definition, new Placement(partitions, GROUP)));
        var table = image.table(definition.name()).orElseThrow();
        open(image, table.schema());
        for (var index : table.globalIndexes()) {
            open(image, new TableSchema(index.id(), index.name(), index.schema().key(), List.of(), List.of()));
        }
        catalog.propose(new CatalogChange.FinishTransition(table.id(), Instant.EPOCH));
    }

    private void open(CatalogImage image, TableSchema schema) {
        for (var partition : image.partitions(schema.id())) {
            host.open(partition.id(), schema, partition.from(), partition.to());
        }
    }

    Table table(String name) {
        return catalog.image().table(name).orElseThrow();
    }

    void awaitIndexes() {
        host.awaitIndexes();
    }

    /** The answer to a request. */
    @SuppressWarnings("unchecked") // the caller names the output of the operation it names
    <O> O call(String operation, String json) {
        return (O) execute(Wire.operation(operation), json);
    }

    private <I, O> O execute(Operation<I, O> operation, String json) {
        return router.execute(operation, Wire.read(operation, json));
    }

    /** The error that a request is answered with, as {@code code: message}. */
    String failure(String operation, String json) {
        try {
            var answer = execute(Wire.operation(operation), json);
            throw new AssertionError(operation + " answered " + answer);
        } catch (DynamoException failure) {
            return failure.code() + ": " + failure.getMessage();
        }
    }

    @Override
    public void close() {
        host.close();
        group.close();
        catalogGroup.close();
        store.close();
    }
}
