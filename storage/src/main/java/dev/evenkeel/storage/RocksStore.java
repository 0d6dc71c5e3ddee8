package dev.evenkeel.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.FlushOptions;
import org.rocksdb.Range;
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
    private final Path folder;
    private final RocksShared shared;
    private final boolean ownsShared;
    private final Consumer<String> restoreSteps;
    private final StampedLock lifetime = new StampedLock(); // shared by every call, exclusive to change the engine
    private final ReentrantLock writing = new ReentrantLock();
    private final WriteBatch nativeBatch = new WriteBatch(); // under writing
    private final Set<RocksCursor> cursors = ConcurrentHashMap.newKeySet();
    private @Nullable RocksEngine engine; // under lifetime; null once closed, or when a restore could not open it again
    private volatile long appliedLsn;
    private volatile long persistedLsn;
    private volatile boolean closed;

    private RocksStore(
            Path folder, RocksShared shared, boolean ownsShared, RocksEngine engine, Consumer<String> restoreSteps) {
        this.folder = folder;
        this.shared = shared;
        this.ownsShared = ownsShared;
        this.restoreSteps = restoreSteps;
        begin(engine);
    }

    private void begin(RocksEngine opened) {
        engine = opened;
        appliedLsn = opened.openedLsn();
        persistedLsn = opened.openedLsn();
    }

    /**
     * Opens the store in a folder, or makes a new one where there is none; it shares nothing with others.
     *
     * @param folder the store's own, opened once at a time (see {@link DataFolder}); only its last part may be missing. A
     *     restore uses the names {@code folder.incoming}, {@code folder.complete} and {@code folder.outgoing} beside it
     * @param nativeCache where the native library is unpacked, once for all stores and starts
     * @throws StorageCorruptException when files are missing or damaged, so far as that shows without reading them all
     */
    public static RocksStore open(Path folder, Path nativeCache, RocksSettings settings) {
        var own = RocksShared.open(nativeCache, settings);
        try {
            return open(folder, own, true, step -> {});
        } catch (StorageException e) {
            own.close();
            throw e;
        }
    }

    /** Opens one of the stores of a node, see {@link #open(Path, Path, RocksSettings)}. */
    public static RocksStore open(Path folder, RocksShared shared) {
        return open(folder, shared, false, step -> {});
    }

    /** @param restoreSteps hears of each step of a restore when it is done, so that a test can stop there */
    static RocksStore open(Path folder, RocksShared shared, boolean ownsShared, Consumer<String> restoreSteps) {
        recover(folder);
        return new RocksStore(folder, shared, ownsShared, RocksEngine.open(folder, shared), restoreSteps);
    }

    private static void recover(Path folder) {
        try {
            if (!new FolderSwap(folder).recover()) {
                throw new StorageCorruptException(
                        "Store " + folder + ": its contents are missing after a restore; restore it again", null);
            }
        } catch (IOException e) {
            throw DurableFiles.failure("Store " + folder + ": a restore that was cut short cannot be ended", e);
        }
    }

    /**
     * Deletes the store of a folder, closed or never opened, with what a restore may have left beside it: for one that
     * is damaged and is to be built again.
     */
    public static void delete(Path folder) {
        try {
            new FolderSwap(folder).delete();
        } catch (IOException e) {
            throw DurableFiles.failure("Store " + folder + ": cannot be deleted", e);
        }
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        long stamp = enter();
        try {
            return engine().db().get(engine().resources().reads(), key);
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
            var cursor = new RocksCursor(this, engine().db(), from, end, direction);
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
            nativeBatch.put(RocksEngine.appliedKey(), RocksEngine.appliedValue(lsn));
        }
        engine().db().write(engine().resources().writes(), nativeBatch);
        appliedLsn = lsn;
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
            engine().db().flush(options);
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
            return engine().db()
                    .getApproximateSizes(
                            List.of(new Range(first, last)),
                            SizeApproximationFlag.INCLUDE_FILES,
                            SizeApproximationFlag.INCLUDE_MEMTABLES)[0];
        } finally {
            lifetime.unlockRead(stamp);
        }
    }

    @Override
    public void verify() {
        long stamp = enter();
        try {
            engine().db().verifyChecksum();
        } catch (RocksDBException e) {
            throw RocksFailure.of(folder, e);
        } finally {
            lifetime.unlockRead(stamp);
        }
    }

    /** Links to this store's files where the file system allows it, see {@link RocksCheckpoint}. */
    @Override
    public void checkpoint(Path target) {
        try {
            writeCheckpoint(target);
            RocksCheckpoint.complete(target);
        } catch (IOException e) {
            throw DurableFiles.failure("Checkpoint " + target + ": cannot be written", e);
        }
    }

    private void writeCheckpoint(Path target) throws IOException {
        long stamp = enter();
        try {
            long lsn = appliedLsn; // read first: what is written meanwhile may miss it
            RocksCheckpoint.write(engine().db(), target);
            raisePersisted(lsn);
        } catch (RocksDBException e) {
            throw RocksFailure.of(target, e);
        } finally {
            lifetime.unlockRead(stamp);
        }
    }

    /**
     * Gathers the new contents beside the store and checks every byte of them while reads go on, then swaps the folders,
     * see {@link FolderSwap}; the next {@link #open} ends what a crash cut short. Cursors from before fail. When
     * the swap itself fails, because the disk is gone for instance, the store can only be restored again, or closed and
     * opened again with the old contents or the new.
     */
    @Override
    public void restore(Path checkpoint) {
        writing.lock();
        try {
            checkOpen();
            var swap = new FolderSwap(folder);
            endFailedRestore(swap);
            prepare(swap, checkpoint);
            exchange(swap);
            swap.cleanUp();
            restoreSteps.accept("cleaned up");
        } catch (IOException e) {
            throw restoreFailure(checkpoint, e);
        } finally {
            writing.unlock();
        }
    }

    /** Without this, one that failed with the new folder complete would be in the way. Nobody uses the folder then. */
    private void endFailedRestore(FolderSwap swap) throws IOException {
        long stamp = lifetime.readLock();
        try {
            if (engine == null) {
                var unused = swap.recover();
            }
        } finally {
            lifetime.unlockRead(stamp);
        }
    }

    private StorageException restoreFailure(Path checkpoint, IOException e) {
        return DurableFiles.failure("Store " + folder + ": cannot be restored from " + checkpoint, e);
    }

    private void prepare(FolderSwap swap, Path checkpoint) throws IOException {
        var incoming = swap.begin();
        boolean isGood = false;
        try {
            RocksCheckpoint.take(checkpoint, incoming);
            restoreSteps.accept("taken");
            RocksCheckpoint.verify(incoming);
            restoreSteps.accept("verified");
            isGood = true;
        } finally {
            if (!isGood) {
                swap.giveUp();
            }
        }
    }

    /** The engine is closed first: should the decision fail half-way, nobody can write to contents that may be gone. */
    private void exchange(FolderSwap swap) throws IOException {
        long stamp = lifetime.writeLock();
        try {
            checkOpen();
            closeEngine();
            restoreSteps.accept("closed");
            swap.decide();
            restoreSteps.accept("decided");
            swap.takeOut();
            restoreSteps.accept("taken out");
            swap.putIn();
            restoreSteps.accept("put in");
            begin(RocksEngine.open(folder, shared));
            restoreSteps.accept("opened");
        } finally {
            lifetime.unlockWrite(stamp);
        }
    }

    private void closeEngine() {
        cursors.forEach(RocksCursor::release);
        cursors.clear();
        var current = engine;
        engine = null;
        if (current != null) {
            current.close();
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
            closeEngine();
            nativeBatch.close();
            if (ownsShared) {
                shared.close();
            }
        } finally {
            lifetime.unlockWrite(stamp);
        }
    }

    /** Keeps the engine open until the stamp is unlocked. */
    long enter() {
        long stamp = lifetime.readLock();
        try {
            checkOpen();
            var unused = engine();
            return stamp;
        } catch (IllegalStateException | StorageException e) {
            lifetime.unlockRead(stamp);
            throw e;
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
    }

    private RocksEngine engine() {
        var current = engine;
        if (current == null) {
            throw new StorageIoException(
                    "Store " + folder + ": a restore failed half-way; open or restore it again", null);
        }
        return current;
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

    StorageException replaced() {
        return new StorageReplacedException("Store " + folder + ": was restored while a cursor was open");
    }
}
