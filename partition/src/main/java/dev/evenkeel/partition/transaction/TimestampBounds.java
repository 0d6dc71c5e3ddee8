package dev.evenkeel.partition.transaction;

import java.util.Arrays;

/**
 * When the items of a partition were last written, or checked by a transaction, at the latest: bounds from above, for items
 * that are there and for items that are not.
 *
 * <p>The published protocol keeps a timestamp with each item, and one for each partition that stands for all that was
 * deleted, so that no tombstones are needed. This goes one step further: items that fall into one slot share a bound, and
 * what a new leader knows nothing of has the newest timestamp in the group's log. So nothing is stored with an item, a
 * plain write costs one store into an array, and still no transaction is accepted below the item's last one. The price is a
 * transaction now and then that is told to take a newer timestamp though its item is older; its coordinator does so at once.
 *
 * <p>A bound also is the version of its items: it grows with every write of one of them, under whichever leader, so an item
 * whose bound is as it was has not changed.
 *
 * <p>Timestamps are microseconds since the epoch by somebody's clock, or later. Guarded by the partition's owner.
 */
public final class TimestampBounds {
    /** At 10,000 writes a second, one in a hundred transactions of a millisecond meets a stranger's write in its slot. */
    private static final int SLOTS = 1024;

    /** What holds for all items until the first of them is written. */
    private long floor;

    /** Empty until then: most partitions rest, and all of them do where they only follow. */
    private long[] bounds = {};

    /** Forgets everything but this: no item was written later. */
    public void reset(long latest) {
        floor = latest;
        Arrays.fill(bounds, latest);
    }

    /** The item at that position was not written later. */
    public long of(byte[] position) {
        return bounds.length == 0 ? floor : bounds[slot(position)];
    }

    /** Whether a transaction with that timestamp comes after all that has happened to the item. */
    public boolean accepts(byte[] position, long timestamp) {
        return timestamp > of(position);
    }

    /** The timestamp of a plain write now: the clock's, but after all that has happened to the item. */
    public long next(byte[] position, long clockMicros) {
        int slot = slotToChange(position);
        long timestamp = Math.max(clockMicros, bounds[slot] + 1);
        bounds[slot] = timestamp;
        return timestamp;
    }

    /** The item was written or checked with that timestamp. */
    public void raise(byte[] position, long timestamp) {
        int slot = slotToChange(position);
        bounds[slot] = Math.max(bounds[slot], timestamp);
    }

    private int slotToChange(byte[] position) {
        if (bounds.length == 0) {
            bounds = new long[SLOTS];
            Arrays.fill(bounds, floor);
        }
        return slot(position);
    }

    private static int slot(byte[] position) {
        int hash = Arrays.hashCode(position);
        return (hash ^ (hash >>> 16)) & (SLOTS - 1);
    }
}
