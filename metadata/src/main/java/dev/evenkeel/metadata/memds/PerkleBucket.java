package dev.evenkeel.metadata.memds;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A few entries in one array, in the order of their keys. What all keys begin with is there once.
 *
 * <pre>
 * bucket = count:u8 (128 more when offsets are wide) prefixLength:u16 prefix offset… entry…
 * offset = where the entry begins, u16 or when wide i32
 * entry  = suffixLength:u8 (or 255 and :u16) suffix value
 * </pre>
 *
 * A Java object for each entry would take three times the entry itself; an array for a few tens of them takes a tenth,
 * and a binary search in it touches one or two cache lines.
 */
final class PerkleBucket implements PerkleNode {
    /**
     * A power of two of tables with one partition each, or of evenly cut partitions, fills buckets of 16 or 32. Twice as
     * many would save little and make each change copy twice as much.
     */
    static final int ENTRIES_MAX = 32;

    /** Positions end at 4 KiB or so; two bytes for lengths leave room. */
    static final int KEY_BYTES_MAX = 0xFFFF;

    static final PerkleBucket EMPTY = new PerkleBucket(new byte[] {0, 0, 0}, 0);

    private static final int WIDE = 0x80;
    private static final int PREFIX_AT = 3;
    private static final int LONG_SUFFIX = 0xFF;

    private final byte[] data;
    private final long hash;

    private PerkleBucket(byte[] data, long hash) {
        this.data = data;
        this.hash = hash;
    }

    static PerkleBucket of(byte[] key, byte[] value) {
        var entry = new PerkleEntry(key, value);
        return of(List.of(entry), entry.hash());
    }

    /** At most {@link #ENTRIES_MAX}, sorted. */
    static PerkleBucket of(List<PerkleEntry> entries) {
        return of(entries, entries.stream().mapToLong(PerkleEntry::hash).sum());
    }

    /** The same for a caller who knows the sum of their hashes. */
    static PerkleBucket of(List<PerkleEntry> entries, long hash) {
        return entries.isEmpty() ? EMPTY : new PerkleBucket(encode(entries), hash);
    }

    private static byte[] encode(List<PerkleEntry> entries) {
        var first = entries.getFirst().key();
        int prefix = Arrays.mismatch(first, entries.getLast().key());
        prefix = prefix < 0 ? first.length : prefix;
        int bytes = PREFIX_AT + prefix;
        for (var entry : entries) {
            int suffix = entry.key().length - prefix;
            bytes += suffixLengthBytes(suffix) + suffix + entry.value().length;
        }
        boolean wide = bytes + entries.size() * Short.BYTES > 0xFFFF;
        bytes += entries.size() * (wide ? Integer.BYTES : Short.BYTES);
        var data = new byte[bytes];
        data[0] = (byte) (entries.size() | (wide ? WIDE : 0));
        putShort(data, 1, prefix);
        System.arraycopy(first, 0, data, PREFIX_AT, prefix);
        int offset = PREFIX_AT + prefix;
        int at = offset + entries.size() * (wide ? Integer.BYTES : Short.BYTES);
        for (var entry : entries) {
            offset = putOffset(data, offset, at, wide);
            at = putEntry(data, at, entry, prefix);
        }
        return data;
    }

    private static int putOffset(byte[] data, int at, int offset, boolean wide) {
        if (!wide) {
            return putShort(data, at, offset);
        }
        return putShort(data, putShort(data, at, offset >>> Short.SIZE), offset);
    }

    private static int putEntry(byte[] data, int at, PerkleEntry entry, int prefix) {
        int suffix = entry.key().length - prefix;
        int suffixAt = at + suffixLengthBytes(suffix);
        if (suffix < LONG_SUFFIX) {
            data[at] = (byte) suffix;
        } else {
            data[at] = (byte) LONG_SUFFIX;
            putShort(data, at + 1, suffix);
        }
        System.arraycopy(entry.key(), prefix, data, suffixAt, suffix);
        System.arraycopy(entry.value(), 0, data, suffixAt + suffix, entry.value().length);
        return suffixAt + suffix + entry.value().length;
    }

    private static int putShort(byte[] data, int at, int value) {
        data[at] = (byte) (value >>> Byte.SIZE);
        data[at + 1] = (byte) value;
        return at + Short.BYTES;
    }

    private static int suffixLengthBytes(int suffix) {
        return suffix < LONG_SUFFIX ? 1 : 1 + Short.BYTES;
    }

    @Override
    public long hash() {
        return hash;
    }

    @Override
    public int size() {
        return data[0] & ~WIDE & 0xFF;
    }

    byte[] data() {
        return data;
    }

    int prefixAt() {
        return PREFIX_AT;
    }

    int prefixLength() {
        return readShort(1);
    }

    /** Where the suffix of that entry's key begins. */
    int suffixAt(int index) {
        int at = entryAt(index);
        return at + ((data[at] & 0xFF) < LONG_SUFFIX ? 1 : 1 + Short.BYTES);
    }

    /** Where the value of that entry begins. */
    int valueAt(int index) {
        int at = entryAt(index);
        int length = data[at] & 0xFF;
        return length < LONG_SUFFIX ? at + 1 + length : at + 1 + Short.BYTES + readShort(at + 1);
    }

    /** Where that entry ends. */
    int endOf(int index) {
        return index + 1 < size() ? entryAt(index + 1) : data.length;
    }

    private int entryAt(int index) {
        int offsets = PREFIX_AT + prefixLength();
        return (data[0] & WIDE) == 0
                ? readShort(offsets + index * Short.BYTES)
                : readShort(offsets + index * Integer.BYTES) << Short.SIZE
                        | readShort(offsets + index * Integer.BYTES + Short.BYTES);
    }

    private int readShort(int at) {
        return (data[at] & 0xFF) << Byte.SIZE | data[at + 1] & 0xFF;
    }

    byte[] key(int index) {
        int suffixAt = suffixAt(index);
        int prefix = prefixLength();
        int suffix = valueAt(index) - suffixAt;
        var key = new byte[prefix + suffix];
        System.arraycopy(data, PREFIX_AT, key, 0, prefix);
        System.arraycopy(data, suffixAt, key, prefix, suffix);
        return key;
    }

    byte[] value(int index) {
        return Arrays.copyOfRange(data, valueAt(index), endOf(index));
    }

    PerkleEntry entry(int index) {
        return new PerkleEntry(key(index), value(index));
    }

    /** The index of that key, or −1 − the index it would have. Allocates nothing. */
    int search(byte[] key) {
        int prefix = prefixLength();
        int common = Arrays.mismatch(data, PREFIX_AT, PREFIX_AT + prefix, key, 0, key.length);
        if (common >= 0 && common < prefix) {
            boolean before = common == key.length || Byte.compareUnsigned(key[common], data[PREFIX_AT + common]) < 0;
            return before ? -1 : -1 - size();
        }
        int low = 0;
        int high = size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Arrays.compareUnsigned(data, suffixAt(middle), valueAt(middle), key, prefix, key.length);
            if (order == 0) {
                return middle;
            } else if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1 - low;
    }

    @Override
    public PerkleNode with(byte[] key, byte[] value, int matched) {
        int index = search(key);
        var entry = new PerkleEntry(key, value);
        if (index < 0) {
            var entries = entries();
            entries.add(-1 - index, entry);
            return entries.size() <= ENTRIES_MAX ? of(entries, hash + entry.hash()) : PerkleBuilder.build(entries);
        }
        if (Arrays.equals(data, valueAt(index), endOf(index), value, 0, value.length)) {
            return this;
        }
        var entries = entries();
        var before = entries.set(index, entry);
        return of(entries, hash - before.hash() + entry.hash());
    }

    @Override
    public PerkleNode without(byte[] key, int matched) {
        int index = search(key);
        if (index < 0) {
            return this;
        }
        var entries = entries();
        var gone = entries.remove(index);
        return of(entries, hash - gone.hash());
    }

    /** Those whose keys begin so. */
    List<PerkleEntry> entriesUnder(PerklePrefix prefix) {
        var entries = entries();
        entries.removeIf(entry -> !prefix.contains(entry.key()));
        return entries;
    }

    List<PerkleEntry> entries() {
        var entries = new ArrayList<PerkleEntry>(size() + 1);
        for (int i = 0; i < size(); i++) {
            entries.add(entry(i));
        }
        return entries;
    }
}
