package dev.evenkeel.storage;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Bytes under bytes, in unsigned order (see {@link java.util.Arrays#compareUnsigned(byte[], byte[])}), plus the log
 * position (LSN) that the contents stand for.
 *
 * <p>A batch becomes visible whole, together with its LSN: whoever reads {@link #appliedLsn} as n finds every batch up
 * to n. Reads and cursors never wait for a write. Writers take turns; a replica has one, its state machine.
 *
 * <p>Keys are 1 to {@value #KEY_BYTES_MAX} bytes; keys that begin with FF FF FF FF belong to the store itself, are
 * refused, and no cursor shows them. Arrays given to a store and got from it are shared, not copied: nobody may change
 * them afterwards.
 *
 * <p>Every method may throw a {@link StorageException}; {@link IllegalStateException} after {@link #close}. Safe for
 * any thread.
 */
public interface OrderedStore extends AutoCloseable {
    /** A position of table, hash, partition key (2 KiB) and sort key (1 KiB), escaped, stays well below. */
    int KEY_BYTES_MAX = 64 * 1024;

    /** The value under a key, null when there is none. */
    byte @Nullable [] get(byte[] key);

    /**
     * Walks the entries of a range as they are now; later writes do not show.
     *
     * @param from the first key of the range, whichever the direction; empty for the beginning
     * @param to the first key behind the range, null for the end
     */
    Cursor cursor(byte[] from, byte @Nullable [] to, Direction direction);

    /** Makes all changes of the batch, or, when it throws, none. */
    void write(StoreBatch batch);

    /** The highest LSN written by a batch, 0 in a new store. */
    long appliedLsn();

    /**
     * The LSN up to which the contents survive a crash without the log: never above {@link #appliedLsn}, and always 0
     * for a store that keeps nothing.
     */
    long persistedLsn();

    /** Makes everything written so far survive a crash; returns when it does. May take seconds. Writes go on meanwhile. */
    void persist();

    /** Bytes of keys and values in a range: exact in memory, an estimate of the files' share on disk. */
    long approximateBytes(byte[] from, byte @Nullable [] to);

    /**
     * Writes a copy of the whole store as of some moment at or after the call, its applied LSN inside: plain files, no
     * folders among them, durable when this returns. Writes go on meanwhile. A checkpoint that was cut short, by a crash
     * or an exception, is one that {@link #restore} refuses. Its files may be links to the store's own: read, copy and
     * delete them, but never write to them.
     *
     * @param folder missing or empty
     */
    void checkpoint(Path folder);

    /**
     * Replaces everything in this store, the applied LSN included, by a checkpoint of a store of the same kind. Waits
     * for writes under way, and writes wait for it.
     *
     * <p>A get afterwards sees the new contents only. A cursor from before either finishes on the old contents or fails
     * with a {@link StorageReplacedException}. What a crash leaves is the old contents or the new, never some of both.
     *
     * @param checkpoint left as it is, but its files may now be links to the store's own, so delete it when it is no
     *     longer needed and never write to it. Files that do not belong to it do no harm.
     * @throws StorageCorruptException when the checkpoint is damaged; names the file. The store keeps what it has.
     */
    void restore(Path checkpoint);

    /**
     * Reads everything and checks it; takes as long as that does.
     *
     * @throws StorageCorruptException when something is not what was written
     */
    default void verify() {}

    @Override
    void close();
}
