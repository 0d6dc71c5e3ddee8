package dev.evenkeel.server.node;

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

/** What a node keeps, and where: the log of its groups, the store of its items, its catalog. Closed in reverse. */
final class NodeState implements AutoCloseable {
    private final Closing closing = new Closing();
    final SoloLog log;
    final OrderedStore store;
    final CatalogStateMachine catalog;

    private NodeState(SoloLog log, OrderedStore store, CatalogStateMachine catalog) {
        this.log = log;
        this.store = store;
        this.catalog = catalog;
    }

    /** Nothing survives. */
    static NodeState inMemory() {
        var state = new NodeState(new MemoryLog(), new MemoryStore(), CatalogStateMachine.inMemory());
        state.closing.add(state.store);
        state.closing.add(state.log);
        return state;
    }

    /**
     * @param nativeCache where RocksDB's library is unpacked, once for all starts
     * @throws RuntimeException of storage, replication or metadata, when the folder cannot be used or is damaged; the
     *     message is for people and names the file
     */
    static NodeState onDisk(Path root, Path nativeCache) {
        var opened = new Closing();
        try {
            var folder = opened.add(DataFolder.open(root));
            var store = opened.add(RocksStore.open(folder.folder("items"), nativeCache, RocksSettings.DEFAULT));
            var catalog = CatalogStateMachine.open(folder.folder("catalog"));
            var log = opened.add(NodeLog.open(folder.folder("log"), NodeLogSettings.DEFAULT));
            var state = new NodeState(log, store, catalog);
            state.closing.add(opened);
            return state;
        } catch (RuntimeException failed) {
            opened.close();
            throw failed;
        }
    }

    @Override
    public void close() {
        closing.close();
    }
}
