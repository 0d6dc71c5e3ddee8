package dev.evenkeel.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** The engine on a folder from one opening to its close. */
final class RocksEngine implements AutoCloseable {
    /** Behind every key that a caller can use. */
    private static final byte[] APPLIED_KEY = {-1, -1, -1, -1, 'a', 'p', 'p', 'l', 'i', 'e', 'd'};

    private static final byte APPLIED_VERSION = 1;
    private static final int APPLIED_BYTES = 1 + Long.BYTES;

    private final RocksResources resources;
    private final RocksDB db;
    private final long openedLsn;

    private RocksEngine(RocksResources resources, RocksDB db, long openedLsn) {
        this.resources = resources;
        this.db = db;
        this.openedLsn = openedLsn;
    }

    /** Opens what is in a folder, or something new where there is nothing. */
    static RocksEngine open(Path folder, RocksShared shared) {
        boolean isNew = checkWhole(folder);
        var resources = new RocksResources(shared, isNew);
        RocksDB db = null;
        try {
            db = RocksDB.open(resources.options(), folder.toString());
            return new RocksEngine(resources, db, appliedLsn(folder, db));
        } catch (RocksDBException e) {
            close(db, resources);
            throw RocksFailure.of(folder, e);
        } catch (StorageException e) {
            close(db, resources);
            throw e;
        }
    }

    /**
     * True when there is no store yet. The engine takes a folder without its file CURRENT for a new one and would start
     * empty over the remains of a damaged store.
     */
    private static boolean checkWhole(Path folder) {
        try (var files = Files.newDirectoryStream(folder, "{MANIFEST-*,*.sst}")) {
            boolean hasRemains = files.iterator().hasNext();
            boolean hasCurrent = Files.exists(folder.resolve("CURRENT"));
            if (hasRemains && !hasCurrent) {
                throw new StorageCorruptException("Store " + folder + ": the file CURRENT is missing", null);
            }
            return !hasCurrent;
        } catch (NoSuchFileException | NotDirectoryException e) {
            return true;
        } catch (IOException e) {
            throw new StorageIoException("Store " + folder + ": cannot be read: " + e, e);
        }
    }

    /** The LSN that the contents of a folder stand for. */
    static long appliedLsn(Path folder, RocksDB db) throws RocksDBException {
        var value = db.get(APPLIED_KEY);
        if (value == null) {
            return 0;
        }
        if (value.length != APPLIED_BYTES || value[0] != APPLIED_VERSION) {
            throw new StorageCorruptException("Store " + folder + ": the applied LSN is not readable", null);
        }
        return ByteBuffer.wrap(value).getLong(1);
    }

    static byte[] appliedKey() {
        return APPLIED_KEY;
    }

    static byte[] appliedValue(long lsn) {
        return ByteBuffer.allocate(APPLIED_BYTES)
                .put(APPLIED_VERSION)
                .putLong(lsn)
                .array();
    }

    RocksDB db() {
        return db;
    }

    RocksResources resources() {
        return resources;
    }

    /** The applied LSN as of the opening. */
    long openedLsn() {
        return openedLsn;
    }

    /** Writes the buffers out first if it can, which saves replay. */
    @Override
    public void close() {
        close(db, resources);
    }

    private static void close(@Nullable RocksDB db, RocksResources resources) {
        if (db != null) {
            db.close();
        }
        resources.close();
    }
}
