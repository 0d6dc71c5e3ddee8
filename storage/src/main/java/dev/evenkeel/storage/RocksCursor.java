package dev.evenkeel.storage;

import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** A walk with the engine's iterator, which keeps to the state at its making. */
final class RocksCursor implements Cursor {
    private final RocksStore store;
    private final Direction direction;
    private final Slice from;
    private final Slice to;
    private final ReadOptions options;
    private final RocksIterator iterator;
    private boolean started;
    private boolean finished;
    private boolean released; // under the store's lock
    private byte @Nullable [] key;
    private byte @Nullable [] value;

    RocksCursor(RocksStore store, RocksDB db, byte[] from, byte[] to, Direction direction) {
        this.store = store;
        this.direction = direction;
        this.from = new Slice(from);
        this.to = new Slice(to);
        this.options =
                RocksResources.verifyingReads().setIterateLowerBound(this.from).setIterateUpperBound(this.to);
        this.iterator = db.newIterator(options);
    }

    @Override
    public boolean next() {
        key = null;
        value = null;
        if (finished) {
            return false;
        }
        long stamp = store.enter();
        try {
            if (released) {
                throw store.replaced();
            }
            move();
            if (iterator.isValid()) {
                key = iterator.key();
                value = iterator.value();
                return true;
            }
            finished = true;
            iterator.status();
            return false;
        } catch (RocksDBException e) {
            throw store.failure(e);
        } finally {
            store.leave(stamp);
        }
    }

    private void move() {
        boolean forward = direction == Direction.FORWARD;
        if (started && forward) {
            iterator.next();
        } else if (started) {
            iterator.prev();
        } else if (forward) {
            iterator.seekToFirst();
        } else {
            iterator.seekToLast();
        }
        started = true;
    }

    @Override
    public byte[] key() {
        return onEntry(key);
    }

    @Override
    public byte[] value() {
        return onEntry(value);
    }

    private static byte[] onEntry(byte @Nullable [] bytes) {
        if (bytes == null) {
            throw new IllegalStateException("the cursor is not on an entry");
        }
        return bytes;
    }

    @Override
    public void close() {
        finished = true;
        store.closed(this);
    }

    /** Frees what the engine holds; the store sees to it that this happens once. */
    void release() {
        released = true;
        iterator.close();
        options.close();
        from.close();
        to.close();
    }
}
