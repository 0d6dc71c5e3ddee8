package dev.evenkeel.storage;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Checkpoint;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.Status;

/**
 * Checkpoints as files: the engine's own, whose tables are links to those of the store where the file system allows it,
 * and a {@link CheckpointList}. A table never changes once it is written, so a link is as good as a copy.
 */
final class RocksCheckpoint {
    private RocksCheckpoint() {}

    /** Lets the engine write its files; it writes out its buffers first, since it keeps no log. */
    static void write(RocksDB db, Path folder) throws IOException, RocksDBException {
        DurableFiles.clearWay(folder);
        try (var checkpoint = Checkpoint.create(db)) {
            checkpoint.createCheckpoint(folder.toAbsolutePath().toString());
        }
    }

    /** Lists the files and makes all of it durable. */
    static void complete(Path folder) throws IOException {
        var list = CheckpointList.of(folder);
        for (var entry : list.entries()) {
            DurableFiles.sync(folder.resolve(entry.name()));
        }
        list.write(folder);
        DurableFiles.syncFolder(DurableFiles.parent(folder));
    }

    /** Brings the files of a checkpoint, durably, into a folder of a store to be; the checkpoint stays whole. */
    static void take(Path checkpoint, Path folder) throws IOException {
        var list = CheckpointList.read(checkpoint);
        list.check(checkpoint);
        for (var entry : list.entries()) {
            var target = folder.resolve(entry.name());
            take(checkpoint.resolve(entry.name()), target, entry.isTable());
            DurableFiles.sync(target);
        }
    }

    private static void take(Path source, Path target, boolean isTable) throws IOException {
        if (isTable) {
            try {
                Files.createLink(target, source);
                return;
            } catch (FileSystemException | UnsupportedOperationException e) {
                // another file system, or one without links: copy
            }
        }
        Files.copy(source, target);
    }

    /**
     * Reads every byte of a store to be. The engine opens it to read only and without a cache: the cache knows blocks by
     * the names they got where they were first written, and would give out a good block of the store that this
     * checkpoint came from in place of the bad one here.
     */
    static void verify(Path folder) throws IOException {
        try (var options = new Options()
                .setParanoidChecks(true)
                .setForceConsistencyChecks(true)
                .setMaxOpenFiles(RocksSettings.DEFAULT.openFilesMax())
                .setTableFormatConfig(new BlockBasedTableConfig().setNoBlockCache(true))) {
            try (var db = RocksDB.openReadOnly(options, folder.toString())) {
                db.verifyChecksum();
                var unused = RocksEngine.appliedLsn(folder, db);
            } catch (RocksDBException e) {
                verifyTables(folder, options);
                throw damaged(folder, e);
            }
        }
    }

    /** The engine blames its manifest for some kinds of damage to a table, so each table is asked on its own. */
    private static void verifyTables(Path folder, Options options) throws IOException {
        try (var tables = Files.newDirectoryStream(folder, "*.sst")) {
            for (var table : tables) {
                try (var reader = new SstFileReader(options)) {
                    reader.open(table.toString());
                    reader.verifyChecksum();
                } catch (RocksDBException e) {
                    throw damaged(table, e);
                }
            }
        }
    }

    /** All files are there and as long as they should be; what the engine does not like is damage, then. */
    private static StorageException damaged(Path path, RocksDBException e) {
        var failure = RocksFailure.of(path, e);
        boolean isReadError = e.getStatus() != null && e.getStatus().getCode() == Status.Code.IOError;
        return isReadError || failure instanceof StorageCorruptException
                ? failure
                : new StorageCorruptException(String.valueOf(failure.getMessage()), e);
    }
}
