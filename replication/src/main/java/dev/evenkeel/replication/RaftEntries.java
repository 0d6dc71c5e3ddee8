package dev.evenkeel.replication;

import org.jspecify.annotations.Nullable;

/** Raft entries of consecutive indexes, added at the end and dropped at either. Not safe for threads. */
final class RaftEntries {
    private static final int SLOTS_MIN = 64;

    /** The entry of an index is in the slot of its low bits; the length is a power of two. */
    private @Nullable RaftEntry[] slots = new @Nullable RaftEntry[SLOTS_MIN];

    private long first = 1;
    private int count;
    private long bytes;

    /** Adds an entry, which follows the last one unless there is none. */
    void add(RaftEntry entry) {
        if (count == 0) {
            first = entry.index();
        } else if (entry.index() != first + count) {
            throw new IllegalStateException("entry " + entry.index() + " after " + (first + count - 1));
        }
        if (count == slots.length) {
            resize(slots.length * 2);
        }
        slots[slot(entry.index())] = entry;
        count++;
        bytes += entry.memoryBytes();
    }

    /** Null when it is not there. */
    @Nullable
    RaftEntry get(long index) {
        return index >= first && index < first + count ? slots[slot(index)] : null;
    }

    void dropBefore(long firstKept) {
        while (count > 0 && first < firstKept) {
            dropFirst();
        }
        shrink();
    }

    void dropAfter(long lastKept) {
        while (count > 0 && first + count - 1 > lastKept) {
            clear(first + count - 1);
            count--;
        }
        shrink();
    }

    /** Drops the oldest entries until the rest is within a bound. */
    void trimTo(long bytesMax) {
        while (bytes > bytesMax && count > 0) {
            dropFirst();
        }
    }

    private void dropFirst() {
        clear(first);
        first++;
        count--;
    }

    private void clear(long index) {
        int slot = slot(index);
        var entry = slots[slot];
        bytes -= entry == null ? 0 : entry.memoryBytes();
        slots[slot] = null;
    }

    private int slot(long index) {
        return (int) index & (slots.length - 1);
    }

    private void shrink() {
        if (slots.length > SLOTS_MIN && count < slots.length / 8) {
            resize(Math.max(SLOTS_MIN, slots.length / 4));
        }
    }

    private void resize(int length) {
        var old = slots;
        slots = new @Nullable RaftEntry[length];
        for (long index = first; index < first + count; index++) {
            slots[slot(index)] = old[(int) index & (old.length - 1)];
        }
    }
}
