package dev.evenkeel.server.cluster;

import dev.evenkeel.storage.Cursor;
import dev.evenkeel.storage.Direction;
import dev.evenkeel.storage.OrderedStore;
import dev.evenkeel.storage.StorageCorruptException;
import dev.evenkeel.storage.StoreBatch;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A replica's store that notices when what it holds is damaged. Nothing damaged is given out; the replica is rebuilt. */
final class WatchedStore implements OrderedStore {
    private final OrderedStore inner;
    private volatile boolean damaged;

    WatchedStore(OrderedStore inner) {
        this.inner = inner;
    }

    /** Whether damage has been met since the store was opened. */
    boolean isDamaged() {
        return damaged;
    }

    private <T extends @Nullable Object> T watched(Supplier<T> access) {
        try {
            return access.get();
        } catch (StorageCorruptException e) {
            damaged = true;
            throw e;
        }
    }

    private void watch(Runnable access) {
        watched(() -> {
            access.run();
            return true;
        });
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        try {
            return inner.get(key);
        } catch (StorageCorruptException e) {
            damaged = true;
            throw e;
        }
    }

    @Override
    public Cursor cursor(byte[] from, byte @Nullable [] to, Direction direction) {
        return new WatchedCursor(watched(() -> inner.cursor(from, to, direction)));
    }

    private final class WatchedCursor implements Cursor {
        private final Cursor cursor;

        WatchedCursor(Cursor cursor) {
            this.cursor = cursor;
        }

        @Override
        public boolean next() {
            try {
                return cursor.next();
            } catch (StorageCorruptException e) {
                damaged = true;
                throw e;
            }
        }

        @Override
        public byte[] key() {
            return cursor.key();
        }

        @Override
        public byte[] value() {
            return watched(cursor::value);
        }

        @Override
        public void close() {
            cursor.close();
        }
    }

    @Override
    public void write(StoreBatch batch) {
        watch(() -> inner.write(batch));
    }

    @Override
    public long appliedLsn() {
        return inner.appliedLsn();
    }

    @Override
    public long persistedLsn() {
        return inner.persistedLsn();
    }

    @Override
    public void persist() {
        watch(inner::persist);
    }

    @Override
    public void checkpoint(Path folder) {
        watch(() -> inner.checkpoint(folder));
    }

    /** Damage that this meets is the checkpoint's, not the store's. */
    @Override
    public void restore(Path checkpoint) {
        inner.restore(checkpoint);
        damaged = false;
    }

    @Override
    public void verify() {
        watch(inner::verify);
    }

    @Override
    public long approximateBytes(byte[] from, byte @Nullable [] to) {
        return inner.approximateBytes(from, to);
    }

    @Override
    public void close() {
        inner.close();
    }
}
