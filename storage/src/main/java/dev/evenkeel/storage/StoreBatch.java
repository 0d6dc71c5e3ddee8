package dev.evenkeel.storage;

import java.util.ArrayList;
import java.util.List;

/**
 * Changes that a store makes together, in the order they were added: a later one wins. For one thread, for one write.
 * The arrays are taken over without a copy.
 */
public final class StoreBatch {
    /** One change. */
    sealed interface Change {
        record Put(byte[] key, byte[] value) implements Change {}

        record Delete(byte[] key) implements Change {}

        record DeleteRange(byte[] from, byte[] to) implements Change {}
    }

    private final List<Change> changes = new ArrayList<>(4);
    private long appliedLsn;

    public StoreBatch put(byte[] key, byte[] value) {
        changes.add(new Change.Put(KeyRange.checkKey(key), value));
        return this;
    }

    /** Deleting what is not there is no mistake. */
    public StoreBatch delete(byte[] key) {
        changes.add(new Change.Delete(KeyRange.checkKey(key)));
        return this;
    }

    /** Deletes the keys from {@code from}, inclusive, to {@code to}, exclusive; nothing when that is empty. */
    public StoreBatch deleteRange(byte[] from, byte[] to) {
        var end = KeyRange.clampEnd(to);
        if (!KeyRange.isEmpty(from, end)) {
            changes.add(new Change.DeleteRange(from, end));
        }
        return this;
    }

    /**
     * The log position that the store stands for after this batch. Without it the store keeps its own. It must not lie
     * below the store's own.
     */
    public StoreBatch appliedLsn(long lsn) {
        appliedLsn = lsn;
        return this;
    }

    List<Change> changes() {
        return changes;
    }

    /** The LSN of a store after this batch, which was at {@code current} before. */
    long lsnAfter(long current) {
        if (appliedLsn == 0) {
            return current;
        }
        if (appliedLsn < current) {
            throw new IllegalArgumentException("a batch of LSN " + appliedLsn + " for a store at " + current);
        }
        return appliedLsn;
    }
}
