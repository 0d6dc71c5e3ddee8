package dev.evenkeel.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A store on the heap that is gone with the process. Readers take the current image without a lock; a batch builds the
 * next image and swaps it in, so batches and cursors are atomic.
 */
public final class MemoryStore implements OrderedStore {
    /** Everything as of one LSN. */
    private record Image(Node root, long appliedLsn) {}

    private final ReentrantLock writing = new ReentrantLock();
    private volatile @Nullable Image image = new Image(Leaf.EMPTY, 0); // null once closed

    @Override
    public byte @Nullable [] get(byte[] key) {
        var node = image().root();
        while (node instanceof Inner inner) {
            node = inner.children()[inner.childOf(key)];
        }
        return ((Leaf) node).get(key);
    }

    @Override
    public Cursor cursor(byte[] from, byte @Nullable [] to, Direction direction) {
        var end = KeyRange.clampEnd(to);
        return new TreeCursor(KeyRange.isEmpty(from, end) ? Leaf.EMPTY : image().root(), from, end, direction);
    }

    @Override
    public void write(StoreBatch batch) {
        writing.lock();
        try {
            var before = image();
            long lsn = batch.lsnAfter(before.appliedLsn());
            var root = before.root();
            for (var change : batch.changes()) {
                root = changed(root, change);
            }
            image = new Image(root, lsn);
        } finally {
            writing.unlock();
        }
    }

    private static Node changed(Node root, StoreBatch.Change change) {
        return switch (change) {
            case StoreBatch.Change.Put(var key, var value) -> grown(root.put(key, value));
            case StoreBatch.Change.Delete(var key) -> shrunk(root.without(key, successor(key)));
            case StoreBatch.Change.DeleteRange(var from, var to) -> shrunk(root.without(from, to));
        };
    }

    private static Node grown(Node root) {
        return root.size() > Node.FANOUT_MAX ? Inner.root(root.split()) : root;
    }

    private static Node shrunk(@Nullable Node rest) {
        var root = rest == null ? Leaf.EMPTY : rest;
        while (root instanceof Inner inner && inner.size() == 1) {
            root = inner.children()[0];
        }
        return root;
    }

    /** The smallest key above the given one. */
    private static byte[] successor(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    @Override
    public long appliedLsn() {
        return image().appliedLsn();
    }

    @Override
    public long persistedLsn() {
        return 0;
    }

    /** Nothing to do: a store in memory survives nothing. */
    @Override
    public void persist() {
        var unused = image();
    }

    @Override
    public long approximateBytes(byte[] from, byte @Nullable [] to) {
        var end = KeyRange.clampEnd(to);
        return KeyRange.isEmpty(from, end) ? 0 : image().root().bytesIn(from, end);
    }

    /** One file, see {@link MemoryDump}; writes go on meanwhile. */
    @Override
    public void checkpoint(Path folder) {
        var current = image();
        try (var entries = new TreeCursor(current.root(), new byte[0], KeyRange.RESERVED_FROM, Direction.FORWARD)) {
            MemoryDump.write(folder, entries, current.appliedLsn());
        } catch (IOException e) {
            throw DurableFiles.failure("Checkpoint " + folder + ": cannot be written", e);
        }
    }

    /** Cursors finish on the old contents. Both contents are on the heap until the last of them does. */
    @Override
    public void restore(Path checkpoint) {
        writing.lock();
        try {
            var unused = image();
            var contents = MemoryDump.read(checkpoint);
            image = new Image(contents.root(), contents.appliedLsn());
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() {
        writing.lock();
        try {
            image = null;
        } finally {
            writing.unlock();
        }
    }

    private Image image() {
        var current = image; // read once: it may be swapped under us
        if (current == null) {
            throw new IllegalStateException("the store is closed");
        }
        return current;
    }
}
