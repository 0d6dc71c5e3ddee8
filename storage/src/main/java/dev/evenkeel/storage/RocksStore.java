package dev.evenkeel.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.FlushOptions;
import org.rocksdb.Range;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SizeApproximationFlag;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;

/**
 * A store in a folder, kept by RocksDB.
 *
 * <p>The engine's own log is off: a write is durable through the group's log and only gathers in a write buffer here.
 * Buffers become files in the order they filled, so a crash leaves the store as it was after some earlier batch, and
 * the applied LSN, which every batch carries under a key of the store's own, says after which. The log gives the rest
 * again.
 *
 * <p>Use of the engine after it is closed would end the process, hence the lock around every call into it.
 */
public final class RocksStore implements OrderedStore {
    /** Behind every key that a caller can use. */
    private static final byte[] APPLIED_KEY = {-1, -1, -1, -1, 'a', 'p', 'p', 'l', 'i', 'e', 'd'};

    private static final byte APPLIED_VERSION = 1;
    private static final int APPLIED_BYTES = 1 + Long.BYTES;

    private final Path folder;
    private final RocksResources resources;
    private final RocksDB db;
    private final StampedLock lifetime = new StampedLock(); // shared by every call, exclusive to close
    private final ReentrantLock writing = new ReentrantLock();
    private final WriteBatch nativeBatch = new WriteBatch(); // under writing
    private final Set<RocksCursor> cursors = ConcurrentHashMap.newKeySet();
    private volatile long appliedLsn;
    private volatile long persistedLsn;
    private volatile boolean closed;

    private RocksStore(Path folder, RocksResources resources, RocksDB db, long appliedLsn) {
        this.folder = folder;
        this.resources = resources;
        this.db = db;
        this.appliedLsn = appliedLsn;
        this.persistedLsn = appliedLsn;
    }

    /**
     * Opens the store in a folder, or makes a new one where there is none.
     *
     * @param folder the store's own; only its last part may be missing
     * @param nativeCache where the native library is unpacked, once for all stores and starts
     * @throws StorageCorruptException when files are missing or damaged, so far as that shows without reading them all
     */
    public static RocksStore open(Path folder, Path nativeCache, RocksSettings settings) {
        boolean isNew = checkWhole(folder);
        RocksNative.load(nativeCache);
        var resources = new RocksResources(settings, isNew);
        RocksDB db = null;
        try {
            db = RocksDB.open(resources.options(), folder.toString());
            return new RocksStore(folder, resources, db, readAppliedLsn(folder, db));
        } catch (RocksDBException e) {
            release(db, resources);
            throw RocksFailure.of(folder, e);
        } catch (StorageException e) {
            release(db, resources);
            throw e;
        }
    }

    private static void release(@Nullable RocksDB db, RocksResources resources) {
        if (db != null) {
            db.close();
        }
        resources.close();
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

    private static long readAppliedLsn(Path folder, RocksDB db) throws RocksDBException {
        var value = db.get(APPLIED_KEY);
        if (value == null) {
            return 0;
        }
        if (value.length != APPLIED_BYTES || value[0] != APPLIED_VERSION) {
            throw new StorageCorruptException("Store " + folder + ": the applied LSN is not readable", null);
        }
        return ByteBuffer.wrap(value).getLong(1);
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        long stamp = enter();
        try {
            return db.get(resources.reads(), key);
        } catch (RocksDBException e) {
            throw RocksFailure.of(folder, e);
        } finally {
            lifetime.unlockRead(stamp);
        }
    }

    @Override
    public Cursor cursor(byte[] from, byte @Nullable [] to, Direction direction) {
        var end = KeyRange.clampEnd(to);
        long stamp = enter();
        try {
            if (KeyRange.isEmpty(from, end)) {
                return new TreeCursor(Leaf.EMPTY, from, end, direction);
            }
            var cursor = new RocksCursor(this, db, from, end, direction);
            cursors.add(cursor);
            return cursor;
        } finally {
            lifetime.unlockRead(stamp);
        }
    }

    @Override
    public void write(StoreBatch batch) {
        writing.lock();
        try {
            long stamp = enter();
            try {
                writeLocked(batch);
            } catch (RocksDBException e) {
                throw RocksFailure.of(folder, e);
            } finally {
                lifetime.unlockRead(stamp);
            }
        } finally {
            writing.unlock();
        }
    }

    private void writeLocked(StoreBatch batch) throws RocksDBException {
        long lsn = batch.lsnAfter(appliedLsn);
        nativeBatch.clear();
        for (var change : batch.changes()) {
            switch (change) {
                case StoreBatch.Change.Put(var key, var value) -> nativeBatch.put(key, value);
                case StoreBatch.Change.Delete(var key) -> nativeBatch.delete(key);
                case StoreBatch.Change.DeleteRange(var from, var to) -> nativeBatch.deleteRange(from, to);
            }
        }
        if (lsn != appliedLsn) {
            nativeBatch.put(APPLIED_KEY, appliedValue(lsn));
        }
        db.write(resources.writes(), nativeBatch);
        appliedLsn = lsn;
    }

    private static byte[] appliedValue(long lsn) {
        return ByteBuffer.allocate(APPLIED_BYTES)
                .put(APPLIED_VERSION)
                .putLong(lsn)
                .array();
    }

    @Override
    public long appliedLsn() {
        return appliedLsn;
    }

    @Override
    public long persistedLsn() {
        return persistedLsn;
    }

    @Override
    public void persist() {
        long stamp = enter();
        try (var options = new FlushOptions().setWaitForFlush(true).setAllowWriteStall(true)) {
            long lsn = appliedLsn; // read first: what is written during the flush may miss it
            db.flush(options);
            raisePersisted(lsn);
        } catch (RocksDBException e) {
            throw RocksFailure.of(folder, e);
        } finally {
            lifetime.unlockRead(stamp);
        }
    }

    private synchronized void raisePersisted(long lsn) {
        persistedLsn = Math.max(persistedLsn, lsn);
    }

    @Override
    public long approximateBytes(byte[] from, byte @Nullable [] to) {
        var end = KeyRange.clampEnd(to);
        if (KeyRange.isEmpty(from, end)) {
            return 0;
        }
        long stamp = enter();
        try (var first = new Slice(from);
                var last = new Slice(end)) {
            return db.getApproximateSizes(
                            List.of(new Range(first, last)),
                            SizeApproximationFlag.INCLUDE_FILES,
                            SizeApproximationFlag.INCLUDE_MEMTABLES)[0];
        } finally {
            lifetime.unlockRead(stamp);
        }
    }

    /** Reads every file and checks it; takes as long as that does. */
    public void verify() {
        long stamp = enter();
        try {
            db.verifyChecksum();
        } catch (RocksDBException e) {
            throw RocksFailure.of(folder, e);
        } finally {
            lifetime.unlockRead(stamp);
        }
    }

    /** Closes what is open on it, too. The engine writes its buffers out first if it can, which saves replay. */
    @Override
    public void close() {
        long stamp = lifetime.writeLock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            cursors.forEach(RocksCursor::release);
            cursors.clear();
            nativeBatch.close();
            release(db, resources);
        } finally {
            lifetime.unlockWrite(stamp);
        }
    }

    /** Keeps the engine open until the stamp is unlocked. */
    long enter() {
        long stamp = lifetime.readLock();
        if (closed) {
            lifetime.unlockRead(stamp);
            throw new IllegalStateException("the store is closed");
        }
        return stamp;
    }

    void leave(long stamp) {
        lifetime.unlockRead(stamp);
    }

    void closed(RocksCursor cursor) {
        long stamp = lifetime.readLock();
        try {
            if (cursors.remove(cursor)) {
                cursor.release();
            }
        } finally {
            lifetime.unlockRead(stamp);
        }
    }

    StorageException failure(RocksDBException e) {
        return RocksFailure.of(folder, e);
    }
}
