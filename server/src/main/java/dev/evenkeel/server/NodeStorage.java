package dev.evenkeel.server;

import dev.evenkeel.metadata.CatalogStateMachine;
import dev.evenkeel.replication.MemoryLog;
import dev.evenkeel.replication.NodeLog;
import dev.evenkeel.replication.NodeLogSettings;
import dev.evenkeel.replication.SoloLog;
import dev.evenkeel.storage.DataFolder;
import dev.evenkeel.storage.MemoryStore;
import dev.evenkeel.storage.OrderedStore;
import dev.evenkeel.storage.RocksSettings;
import dev.evenkeel.storage.RocksStore;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a node keeps things in: one log for all its groups, the store of its partitions, the catalog's snapshot. On disk,
 * a folder with {@code log}, {@code store} and {@code catalog}.
 */
final class NodeStorage implements AutoCloseable {
    private final Closing closing;
    private final SoloLog log;
    private final OrderedStore store;
    private final CatalogStateMachine catalog;

    private NodeStorage(Closing closing, SoloLog log, OrderedStore store, CatalogStateMachine catalog) {
        this.closing = closing;
        this.log = log;
        this.store = store;
        this.catalog = catalog;
    }

    static NodeStorage open(@Nullable Path data) {
        return data == null ? inMemory() : onDisk(data);
    }

    private static NodeStorage inMemory() {
        var closing = new Closing();
        SoloLog log = closing.of(new MemoryLog());
        return new NodeStorage(closing, log, closing.of(new MemoryStore()), CatalogStateMachine.inMemory());
    }

    private static NodeStorage onDisk(Path data) {
        var closing = new Closing();
        try {
            DataFolder folder = closing.of(DataFolder.open(data));
            var catalog = CatalogStateMachine.open(folder.folder("catalog"));
            OrderedStore store =
                    closing.of(RocksStore.open(folder.folder("store"), NativeCache.folder(), RocksSettings.DEFAULT));
            SoloLog log = closing.of(NodeLog.open(folder.folder("log"), NodeLogSettings.DEFAULT));
            return new NodeStorage(closing, log, store, catalog);
        } catch (RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    SoloLog log() {
        return log;
    }

    OrderedStore store() {
        return store;
    }

    CatalogStateMachine catalog() {
        return catalog;
    }

    @Override
    public void close() {
        closing.close();
    }
}
