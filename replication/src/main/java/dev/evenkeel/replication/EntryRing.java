package dev.evenkeel.replication;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries of consecutive LSNs, added at the end and dropped at the beginning. Not safe for threads. */
final class EntryRing {
    private static final int SLOTS_MIN = 64;

    /** The entry of an LSN is in the slot of its low bits; the length is a power of two. */
    private @Nullable LogEntry[] slots = new @Nullable LogEntry[SLOTS_MIN];

    private long firstLsn = 1;
    private int count;
    private long bytes;

    /** Adds an entry, which follows the last one unless the ring is empty. */
    void add(LogEntry entry) {
        if (count == 0) {
            firstLsn = entry.lsn();
        } else if (entry.lsn() != firstLsn + count) {
            throw new IllegalStateException("entry " + entry.lsn() + " after " + (firstLsn + count - 1));
        }
        if (count == slots.length) {
            resize(slots.length * 2);
        }
        slots[slot(entry.lsn())] = entry;
        count++;
        bytes += entry.memoryBytes();
    }

    /** Drops the entries up to an LSN. */
    void dropThrough(long lsn) {
        while (count > 0 && firstLsn <= lsn) {
            dropFirst();
        }
        if (slots.length > SLOTS_MIN && count < slots.length / 8) {
            resize(Math.max(SLOTS_MIN, slots.length / 4));
        }
    }

    /** Drops the oldest entries until the rest is within a bound. */
    void trimTo(long bytesMax) {
        while (bytes > bytesMax && count > 0) {
            dropFirst();
        }
    }

    private void dropFirst() {
        int slot = slot(firstLsn);
        var entry = slots[slot];
        bytes -= entry == null ? 0 : entry.memoryBytes();
        slots[slot] = null;
        firstLsn++;
        count--;
    }

    /** Whether it has the entry of this LSN. */
    boolean holds(long lsn) {
        return lsn >= firstLsn && lsn < firstLsn + count;
    }

    /** The entries from an LSN on that it holds: at most so many, and at least one even above so many bytes. */
    List<LogEntry> from(long lsn, int entriesMax, long bytesMax) {
        var result = new ArrayList<LogEntry>((int) Math.min(entriesMax, firstLsn + count - lsn));
        long taken = 0;
        for (long at = lsn; holds(at) && result.size() < entriesMax; at++) {
            var entry = slots[slot(at)];
            if (entry == null || taken > 0 && taken + entry.memoryBytes() > bytesMax) {
                break;
            }
            result.add(entry);
            taken += entry.memoryBytes();
        }
        return result;
    }

    long bytes() {
        return bytes;
    }

    private int slot(long lsn) {
        return (int) lsn & (slots.length - 1);
    }

    private void resize(int length) {
        var old = slots;
        slots = new @Nullable LogEntry[length];
        for (long lsn = firstLsn; lsn < firstLsn + count; lsn++) {
            slots[slot(lsn)] = old[(int) lsn & (old.length - 1)];
        }
    }
}
