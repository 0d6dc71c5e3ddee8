package dev.evenkeel.partition;

import dev.evenkeel.model.StoreKey;
import dev.evenkeel.storage.Cursor;
import dev.evenkeel.storage.Direction;
import dev.evenkeel.storage.OrderedStore;
import dev.evenkeel.storage.StoreBatch;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Counts how often a store is read, and the times of items that a walk comes past; and tells when somebody has. */
final class CountingStore implements OrderedStore {
    private final OrderedStore store;
    private final Runnable lookedAtTimes;
    volatile int reads;
    volatile int rowsSeen;

    CountingStore(OrderedStore store) {
        this(store, () -> {});
    }

    /** @param lookedAtTimes what happens whenever somebody has walked over times */
    CountingStore(OrderedStore store, Runnable lookedAtTimes) {
        this.store = store;
        this.lookedAtTimes = lookedAtTimes;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        reads++;
        return store.get(key);
    }

    @Override
    public Cursor cursor(byte[] from, byte @Nullable [] to, Direction direction) {
        reads++;
        var cursor = store.cursor(from, to, direction);
        return new Cursor() {
            @Override
            public boolean next() {
                boolean isThere = cursor.next();
                if (isThere && StoreKey.space(cursor.key()) == StoreKey.EXPIRY) {
                    rowsSeen++;
                }
                return isThere;
            }

            @Override
            public byte[] key() {
                return cursor.key();
            }

            @Override
            public byte[] value() {
                return cursor.value();
            }

            @Override
            public void close() {
                cursor.close();
                if (StoreKey.space(from) == StoreKey.EXPIRY) {
                    lookedAtTimes.run();
                }
            }
        };
    }

    @Override
    public void write(StoreBatch batch) {
        store.write(batch);
    }

    @Override
    public long appliedLsn() {
        return store.appliedLsn();
    }

    @Override
    public long persistedLsn() {
        return store.persistedLsn();
    }

    @Override
    public void persist() {
        store.persist();
    }

    @Override
    public long approximateBytes(byte[] from, byte @Nullable [] to) {
        return store.approximateBytes(from, to);
    }

    @Override
    public void checkpoint(Path folder) {
        store.checkpoint(folder);
    }

    @Override
    public void restore(Path checkpoint) {
        store.restore(checkpoint);
    }

    @Override
    public void close() {
        store.close();
    }
}
