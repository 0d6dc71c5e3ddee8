package dev.evenkeel.server.node;

import dev.evenkeel.metadata.Catalog;
import dev.evenkeel.metadata.PartitionDescriptor;
import dev.evenkeel.metadata.Placement;
import dev.evenkeel.partition.IndexTargets;
import dev.evenkeel.partition.PartitionHost;
import dev.evenkeel.partition.PartitionStateMachine;
import dev.evenkeel.replication.SoloGroup;
import dev.evenkeel.router.ControlPlane;
import dev.evenkeel.router.DataPlane;
import dev.evenkeel.router.Router;
import dev.evenkeel.router.table.TableOperations;
import dev.evenkeel.router.table.TableOptions;
import dev.evenkeel.router.table.TickerScheduler;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/** A node that is a whole cluster: one replica of everything, the catalog in a group of its own. */
public final class LocalNode implements AutoCloseable {
    private static final int CATALOG_GROUP = 1;
    private static final int ITEMS_GROUP = 2;

    private final Closing closing;
    private final Router router;
    private final PartitionHost host;

    private LocalNode(Closing closing, Router router, PartitionHost host) {
        this.closing = closing;
        this.router = router;
        this.host = host;
    }

    /**
     * Opens what is there, replays the log behind it, and goes on with what was under way.
     *
     * @param endpoint host and port that DescribeEndpoints answers
     * @throws RuntimeException of storage, replication or metadata, when the data folder cannot be used or is damaged;
     *     the message is for people and names the file
     */
    public static LocalNode open(NodeSettings settings, String endpoint) {
        var closing = new Closing();
        try {
            return open(settings, endpoint, closing);
        } catch (RuntimeException failed) {
            closing.close();
            throw failed;
        }
    }

    private static LocalNode open(NodeSettings settings, String endpoint, Closing closing) {
        var state = closing.add(settings.data()
                .map(folder -> NodeState.onDisk(folder, nativeCache()))
                .orElseGet(NodeState::inMemory));
        var catalogGroup = closing.add(SoloGroup.open(CATALOG_GROUP, state.log, state.catalog));
        var catalog = new Catalog(catalogGroup, state.catalog, new SecureRandom());

        var machine = new PartitionStateMachine(state.store);
        var itemsGroup = closing.add(SoloGroup.open(ITEMS_GROUP, state.log, machine));
        var host = closing.add(new PartitionHost(itemsGroup, state.store, machine, indexTargets(catalog)));
        var partitions = new LocalPartitions(catalog::image, host);
        partitions.openAll();

        var scheduler = closing.add(new TickerScheduler(settings.ticker()));
        closing.add(partitions::stopping);
        var options = new TableOptions(
                settings.region(),
                TableOptions.ACCOUNT_DEFAULT,
                endpoint,
                settings.controlPlaneDelay(),
                new Placement(settings.initialPartitions(), ITEMS_GROUP));
        var tables = new TableOperations(
                catalog, partitions, partitions, options, settings.ticker(), new SecureRandom(), scheduler);
        tables.resume();
        var router = Router.builder();
        ControlPlane.register(router, tables);
        DataPlane.register(router, catalog::image, partitions);
        return new LocalNode(closing, router.build(), host);
    }

    /** The index's partition, unless the index is gone; then its changes mean nothing any more. */
    private static IndexTargets indexTargets(Catalog catalog) {
        return (indexTableId, position) -> {
            var image = catalog.image();
            return image.tableOfIndex(indexTableId).isEmpty()
                    ? Optional.empty()
                    : Optional.of(image.partitionOf(indexTableId, position)).map(PartitionDescriptor::id);
        };
    }

    /** Beside other caches of the user, so that one unpacking serves all data folders and versions. */
    private static Path nativeCache() {
        var configured = System.getenv("XDG_CACHE_HOME");
        var caches = configured == null || configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
        return caches.resolve("evenkeel");
    }

    public Router router() {
        return router;
    }

    /** Waits until the global indexes have every change answered before the call; for tests. */
    public void awaitIndexes() {
        host.awaitIndexes();
    }

    @Override
    public void close() {
        closing.close();
    }
}
