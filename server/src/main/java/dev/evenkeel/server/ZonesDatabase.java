package dev.evenkeel.server;

import dev.evenkeel.api.Operation;
import dev.evenkeel.metadata.CorruptCatalogException;
import dev.evenkeel.replication.ReplicationException;
import dev.evenkeel.server.cluster.ThreeZones;
import dev.evenkeel.storage.DataFolderException;
import dev.evenkeel.storage.StorageException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/** Three zones in this process, as {@code dev --zones 3} runs them. */
record ZonesDatabase(ThreeZones zones) implements Database {
    /** What the longest wait for indexes or expiry may take: something is wrong then. */
    private static final Duration WAIT_MAX = Duration.ofMinutes(1);

    /** @throws StartException when the data folder cannot be used */
    static ZonesDatabase open(NodeOptions options, String host, int port) {
        try {
            return new ZonesDatabase(ThreeZones.open(
                    new ThreeZones.Options(
                            options.data(),
                            options.region(),
                            options.initialPartitions(),
                            options.controlPlaneDelay(),
                            options.ticker()),
                    host,
                    port,
                    NativeCache.folder()));
        } catch (DataFolderException
                | StorageException
                | ReplicationException
                | CorruptCatalogException
                | UncheckedIOException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public <I, O> O execute(Operation<I, O> operation, I input) {
        return zones.execute(operation, input);
    }

    @Override
    public void awaitIndexes() {
        zones.awaitIndexes(WAIT_MAX);
    }

    @Override
    public void awaitExpiry() {
        zones.awaitExpiry(WAIT_MAX);
        zones.awaitIndexes(WAIT_MAX);
    }

    @Override
    public Optional<byte[]> page(String path) {
        return zones.page(path);
    }

    @Override
    public void close() {
        zones.close();
    }
}
