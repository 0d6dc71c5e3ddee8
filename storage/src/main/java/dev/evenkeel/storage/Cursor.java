package dev.evenkeel.storage;

/**
 * A walk over a range of a store as it was when the walk began. Stands before the first entry until {@link #next}. One
 * thread at a time; close it, since it keeps old versions of entries alive.
 */
public interface Cursor extends AutoCloseable {

    /** Moves on; false at the end of the range, and from then on. */
    boolean next();

    /** The current entry's key: read only. IllegalStateException when the last {@link #next} was not true. */
    byte[] key();

    /** The current entry's value: read only. */
    byte[] value();

    @Override
    void close();
}
