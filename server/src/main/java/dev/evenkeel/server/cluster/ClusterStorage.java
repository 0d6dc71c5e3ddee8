package dev.evenkeel.server.cluster;

import dev.evenkeel.metadata.CatalogStateMachine;
import dev.evenkeel.metadata.GroupDescriptor;
import dev.evenkeel.replication.LogCorruptException;
import dev.evenkeel.replication.MemoryRaftLog;
import dev.evenkeel.replication.NodeLog;
import dev.evenkeel.replication.NodeLogSettings;
import dev.evenkeel.replication.RaftLog;
import dev.evenkeel.replication.raft.GroupMember;
import dev.evenkeel.storage.DataFolder;
import dev.evenkeel.storage.DurableFiles;
import dev.evenkeel.storage.MemoryStore;
import dev.evenkeel.storage.OrderedStore;
import dev.evenkeel.storage.RocksSettings;
import dev.evenkeel.storage.RocksShared;
import dev.evenkeel.storage.RocksStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a node keeps its replicas in: one log for all of them, a store for each. On disk, a folder with {@code log}, {@code
 * catalog}, and for each group {@code store/g1}, {@code snapshots/g1}; a log replica has {@code snapshots/g1-log}.
 */
final class ClusterStorage implements AutoCloseable {
    /** A node may have a log replica and a storage replica of one group for a while, each with its own log. */
    private static final int LOG_REPLICA_BIT = 1 << 30;

    private static final String CATALOG_FOLDER = "catalog";

    private final Path root;
    private final @Nullable DataFolder folder; // null in memory
    private final @Nullable NodeLog log;
    private final @Nullable RocksShared shared;

    private ClusterStorage(
            Path root, @Nullable DataFolder folder, @Nullable NodeLog log, @Nullable RocksShared shared) {
        this.root = root;
        this.folder = folder;
        this.log = log;
        this.shared = shared;
    }

    /** @param nativeCache where RocksDB's library is unpacked */
    static ClusterStorage open(@Nullable Path data, Path nativeCache) {
        return data == null ? inMemory() : onDisk(data, nativeCache);
    }

    private static ClusterStorage inMemory() {
        try {
            return new ClusterStorage(Files.createTempDirectory("evenkeel-snapshots"), null, null, null);
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for snapshots can be made", e);
        }
    }

    private static ClusterStorage onDisk(Path data, Path nativeCache) {
        var folder = DataFolder.open(data);
        try {
            checkLogIsThere(folder, data);
            var log = NodeLog.open(folder.folder("log"), NodeLogSettings.DEFAULT);
            try {
                return new ClusterStorage(data, folder, log, RocksShared.open(nativeCache, RocksSettings.DEFAULT));
            } catch (RuntimeException e) {
                log.close();
                throw e;
            }
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** The log is made before anything else is: where there is something and no log, it has been lost, and votes with it. */
    private static void checkLogIsThere(DataFolder folder, Path data) {
        if (NodeLog.isIn(folder.folder("log"))) {
            return;
        }
        for (var name : List.of("store", "snapshots", CATALOG_FOLDER)) {
            var kept = data.resolve(name);
            if (Files.exists(kept)) {
                throw new LogCorruptException(
                        "There is no log in " + data.resolve("log") + ", though there is " + kept, null);
            }
        }
    }

    /** @param holdsSpace see {@link NodeLog#openRaft(int, Runnable)} */
    RaftLog log(int groupId, GroupMember.Kind kind, Runnable holdsSpace) {
        return log == null ? new MemoryRaftLog() : log.openRaft(logId(groupId, kind), holdsSpace);
    }

    private static int logId(int groupId, GroupMember.Kind kind) {
        return kind == GroupMember.Kind.LOG ? groupId | LOG_REPLICA_BIT : groupId;
    }

    Path snapshots(int groupId, GroupMember.Kind kind) {
        return made("snapshots").resolve("g" + groupId + (kind == GroupMember.Kind.LOG ? "-log" : ""));
    }

    private Path made(String name) {
        if (folder != null) {
            return folder.folder(name);
        }
        try {
            return Files.createDirectories(root.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    OrderedStore store(int groupId) {
        return shared == null ? new MemoryStore() : RocksStore.open(storeFolder(groupId), shared);
    }

    private Path storeFolder(int groupId) {
        return made("store").resolve("g" + groupId);
    }

    CatalogStateMachine catalog() {
        return folder == null
                ? CatalogStateMachine.inMemory()
                : CatalogStateMachine.open(folder.folder(CATALOG_FOLDER));
    }

    /** Whether this node has given no vote and taken no entry that it knows of. */
    boolean isNew() {
        return log == null || log.isEmpty();
    }

    /** See {@link NodeLog#halted()}; never completed in memory. */
    CompletionStage<String> halted() {
        return log == null ? new CompletableFuture<String>().minimalCompletionStage() : log.halted();
    }

    /** Gives up what a replica kept, which has left this node for good and is closed. */
    void drop(int groupId, GroupMember.Kind kind) {
        if (log != null) {
            log.dropRaft(logId(groupId, kind));
        }
        delete(snapshots(groupId, kind));
        if (groupId == GroupDescriptor.CATALOG) {
            delete(root.resolve(CATALOG_FOLDER));
        } else if (kind == GroupMember.Kind.STORAGE && shared != null) {
            RocksStore.delete(storeFolder(groupId));
        }
    }

    private static void delete(Path path) {
        try {
            DurableFiles.deleteTree(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + path, e);
        }
    }

    @Override
    public void close() {
        if (shared != null) {
            shared.close();
        }
        if (log != null) {
            log.close();
        }
        if (folder != null) {
            folder.close();
        } else {
            delete(root);
        }
    }
}
