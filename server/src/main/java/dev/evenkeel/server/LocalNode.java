package dev.evenkeel.server;

import dev.evenkeel.api.Operation;
import dev.evenkeel.metadata.Catalog;
import dev.evenkeel.metadata.CatalogImage;
import dev.evenkeel.metadata.CorruptCatalogException;
import dev.evenkeel.metadata.Placement;
import dev.evenkeel.partition.IndexTargets;
import dev.evenkeel.partition.PartitionHost;
import dev.evenkeel.partition.PartitionStateMachine;
import dev.evenkeel.replication.ReplicationException;
import dev.evenkeel.replication.SoloGroup;
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
import dev.evenkeel.storage.DataFolderException;
import dev.evenkeel.storage.StorageException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * All rooms of one node, wired: a catalog in group 0, every partition in group 1, a router before them. Groups of one
 * replica each; in memory or in a data folder.
 */
final class LocalNode implements Database {
    private static final int CATALOG_GROUP = 0;
    private static final int PARTITIONS_GROUP = 1;

    private static final Duration EXPIRY_MAX = Duration.ofMinutes(1);

    private final Closing closing;
    private final Router router;
    private final PartitionHost host;

    private LocalNode(Closing closing, Router router, PartitionHost host) {
        this.closing = closing;
        this.router = router;
        this.host = host;
    }

    /**
     * Opens what is there and carries on with what was under way.
     *
     * @param endpoint host and port, as DescribeEndpoints tells them
     * @throws StartException when the data folder cannot be used
     */
    static LocalNode open(NodeOptions options, String endpoint) {
        var closing = new Closing();
        try {
            return open(options, endpoint, closing);
        } catch (DataFolderException | StorageException | ReplicationException | CorruptCatalogException e) {
            closing.close();
            throw new StartException(String.valueOf(e.getMessage()), e);
        } catch (UncheckedIOException e) {
            closing.close();
            throw new StartException("The data folder cannot be read: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    private static LocalNode open(NodeOptions options, String endpoint, Closing closing) {
        NodeStorage storage = closing.of(NodeStorage.open(options.data()));
        var machine = new PartitionStateMachine(storage.store());
        var catalogGroup = closing.of(SoloGroup.open(CATALOG_GROUP, storage.log(), storage.catalog()));
        var group = closing.of(SoloGroup.open(PARTITIONS_GROUP, storage.log(), machine));
        closing.of(
                () -> { // so that the next start has no log to go through
                    machine.persist();
                    storage.catalog().persist();
                });
        RandomGenerator random = () -> ThreadLocalRandom.current().nextLong(); // SecureRandom takes 40 ms to load
        var catalog = new Catalog(catalogGroup, storage.catalog(), random);
        var host = closing.of(PartitionHost.alone(group, storage.store(), machine, targets(catalog), options.ticker()));
        var partitions = closing.of(new HostedPartitions(catalog, host));
        var scheduler = closing.of(new TickerScheduler(options.ticker()));
        var tableOptions = tableOptions(options, endpoint);
        var tables =
                new TableOperations(catalog, partitions, partitions, tableOptions, options.ticker(), random, scheduler);
        partitions.openAll();
        tables.resume();
        var router = Router.builder();
        var arns = new TableArns(tableOptions);
        DataPlane.register(router, catalog::image, arns, partitions);
        var transactions = new TransactionCoordinator(
                _ -> host.localTransactions(), () -> List.of(PARTITIONS_GROUP), options.ticker(), random);
        DataPlane.registerTransactions(router, catalog::image, catalog::image, arns, partitions, transactions);
        ControlPlane.register(router, tables);
        closing.of(new StreamUpkeep(catalog, _ -> host.streams(), options.ticker(), () -> true));
        new StreamOperations(catalog::image, catalog::image, _ -> host.streams(), options.ticker(), options.region())
                .register(router);
        return new LocalNode(closing, router.build(), host);
    }

    private static TableOptions tableOptions(NodeOptions options, String endpoint) {
        return new TableOptions(
                options.region(),
                TableOptions.ACCOUNT_DEFAULT,
                endpoint,
                options.controlPlaneDelay(),
                new Placement(options.initialPartitions(), PARTITIONS_GROUP));
    }

    private static IndexTargets targets(Catalog catalog) {
        return (indexId, position) -> {
            CatalogImage image = catalog.image();
            return image.tableOfIndex(indexId).isEmpty()
                    ? Optional.empty()
                    : Optional.of(image.partitionOf(indexId, position).id());
        };
    }

    @Override
    public <I, O> O execute(Operation<I, O> operation, I input) {
        return router.execute(operation, input);
    }

    @Override
    public void awaitIndexes() {
        host.awaitIndexes();
    }

    @Override
    public void awaitExpiry() {
        if (!host.expireItems(EXPIRY_MAX.toNanos())) {
            throw new IllegalStateException("what has expired is not gone within " + EXPIRY_MAX);
        }
        host.awaitIndexes();
    }

    @Override
    public void close() {
        closing.close();
    }
}
