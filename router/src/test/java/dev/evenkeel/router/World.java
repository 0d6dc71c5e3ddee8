package dev.evenkeel.router;

import dev.evenkeel.api.Operation;
import dev.evenkeel.metadata.Catalog;
import dev.evenkeel.metadata.CatalogChange;
import dev.evenkeel.metadata.CatalogImage;
import dev.evenkeel.metadata.CatalogStateMachine;
import dev.evenkeel.metadata.PartitionDescriptor;
import dev.evenkeel.metadata.Placement;
import dev.evenkeel.metadata.Table;
import dev.evenkeel.metadata.TableDefinition;
import dev.evenkeel.model.DynamoException;
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
    final Router router;

    /** What stands between the router and a partition; a test may put faults there. */
    UnaryOperator<PartitionReplica> wrapping = UnaryOperator.identity();

    /** @param partitions of every table and global index */
    World(int partitions) {
        this.partitions = partitions;
        host.lead();
        router = DataPlane.register(
                        Router.builder(), catalog::image, new TableArns(TableOptions.defaults()), this::replica)
                .build();
        for (var definition : Tables.ALL) {
            create(definition);
        }
    }

    private Optional<Long> partitionOf(int indexId, byte[] position) {
        return Optional.of(catalog.image().partitionOf(indexId, position).id());
    }

    private PartitionReplica replica(PartitionDescriptor partition) {
        return wrapping.apply(host.replica(partition.id()).orElseThrow());
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
