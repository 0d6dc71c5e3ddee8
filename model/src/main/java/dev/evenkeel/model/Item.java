package dev.evenkeel.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An item, or any map of attributes, in its binary form: what is parsed from the wire, logged, stored and written to the
 * wire again. Immutable. The form is canonical (names and sets sorted, numbers by value), so equal items have equal
 * bytes.
 *
 * <pre>
 * item   = version:u8 size:u32 count:u32 entry…          size as DynamoDB counts it; integers big-endian
 * entry  = length:varint name:utf8 value
 * value  = tag:u8 payload                                 tag: AttributeType
 * S N B  = length:varint bytes                            N: DynamoNumber's encoding
 * BOOL   = u8     NULL = nothing
 * M L    = bytes:u32 count:u32 (entry… | value…)
 * sets   = bytes:u32 count:u32 (length:varint bytes)…
 * </pre>
 */
public final class Item {
    static final byte VERSION = 1;
    static final int HEADER_BYTES = 9;

    public static final Item EMPTY = new ItemBuilder().build();

    /** Up to so many attributes a walk finds a name sooner than an index can be made. */
    private static final int WALKED_ATTRIBUTES_MAX = 32;

    private final byte[] bytes;

    /** Where each entry begins, in name order; null until a wide item is asked for a name. */
    private volatile int @Nullable [] entryStarts;

    private Item(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Takes over bytes that an {@link ItemBuilder} made.
     *
     * @throws CorruptItemException when the version is unknown
     */
    public static Item wrap(byte[] bytes) {
        if (bytes.length < HEADER_BYTES || bytes[0] != VERSION) {
            throw new CorruptItemException("not an item of version " + VERSION);
        }
        return new Item(bytes);
    }

    public static Item of(Map<String, AttributeValue> attributes) {
        return new ItemBuilder().putAll(attributes).build();
    }

    /** The binary form, not a copy: read only. */
    public byte[] bytes() {
        return bytes;
    }

    /** Names and values as DynamoDB counts them. */
    public int sizeBytes() {
        return getInt(bytes, 1);
    }

    public int attributeCount() {
        return getInt(bytes, 5);
    }

    public boolean isEmpty() {
        return attributeCount() == 0;
    }

    /** The attribute of that name, or null. */
    public @Nullable AttributeValue get(String name) {
        int at = find(name);
        return at < 0 ? null : ItemWalk.value(bytes, at);
    }

    /** The type of the attribute of that name, or null, without decoding it. */
    public @Nullable AttributeType typeOf(String name) {
        int at = find(name);
        return at < 0 ? null : AttributeType.ofTag(bytes[at]);
    }

    public boolean contains(String name) {
        return find(name) >= 0;
    }

    /** Where the value's tag stands, or -1. */
    private int find(String name) {
        var wanted = name.getBytes(StandardCharsets.UTF_8);
        return attributeCount() <= WALKED_ATTRIBUTES_MAX ? walkTo(wanted) : search(wanted);
    }

    private int walkTo(byte[] wanted) {
        int next = HEADER_BYTES;
        for (int i = attributeCount(); i > 0; i--) {
            int end = ItemWalk.contentEnd(bytes, next);
            int order = compareName(next, wanted);
            if (order == 0) {
                return end;
            }
            if (order > 0) {
                return -1;
            }
            next = ItemWalk.valueEnd(bytes, end);
        }
        return -1;
    }

    private int search(byte[] wanted) {
        var starts = entryStarts();
        int low = 0;
        int high = starts.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compareName(starts[middle], wanted);
            if (order == 0) {
                return ItemWalk.contentEnd(bytes, starts[middle]);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    private int compareName(int entry, byte[] wanted) {
        int start = ItemWalk.contentStart(bytes, entry);
        return Arrays.compareUnsigned(bytes, start, ItemWalk.contentEnd(bytes, entry), wanted, 0, wanted.length);
    }

    private int[] entryStarts() {
        var known = entryStarts;
        if (known != null) {
            return known;
        }
        var starts = new int[attributeCount()];
        int next = HEADER_BYTES;
        for (int i = 0; i < starts.length; i++) {
            starts[i] = next;
            next = ItemWalk.valueEnd(bytes, ItemWalk.contentEnd(bytes, next));
        }
        entryStarts = starts;
        return starts;
    }

    /** All attributes as values, in name order. */
    public Map<String, AttributeValue> toMap() {
        var attributes = LinkedHashMap.<String, AttributeValue>newLinkedHashMap(attributeCount());
        int next = HEADER_BYTES;
        for (int i = attributeCount(); i > 0; i--) {
            int valueAt = ItemWalk.contentEnd(bytes, next);
            attributes.put(ItemWalk.name(bytes, next), ItemWalk.value(bytes, valueAt));
            next = ItemWalk.valueEnd(bytes, valueAt);
        }
        return attributes;
    }

    /** The attributes of those names, as far as there are any. */
    public Item only(Set<String> names) {
        return filter(names::contains);
    }

    /** The attributes whose names pass. */
    public Item filter(Predicate<String> names) {
        var kept = new ItemBuilder();
        int next = HEADER_BYTES;
        for (int i = attributeCount(); i > 0; i--) {
            int valueAt = ItemWalk.contentEnd(bytes, next);
            int end = ItemWalk.valueEnd(bytes, valueAt);
            if (names.test(ItemWalk.name(bytes, next))) {
                kept.copy(bytes, next, valueAt, end);
            }
            next = end;
        }
        return kept.build();
    }

    /** This item with some attributes set or, where the value is null, removed; the rest is copied undecoded. */
    public Item with(Map<String, ? extends @Nullable AttributeValue> changes) {
        var changed = new ItemBuilder();
        int next = HEADER_BYTES;
        for (int i = attributeCount(); i > 0; i--) {
            int valueAt = ItemWalk.contentEnd(bytes, next);
            int end = ItemWalk.valueEnd(bytes, valueAt);
            if (!changes.containsKey(ItemWalk.name(bytes, next))) {
                changed.copy(bytes, next, valueAt, end);
            }
            next = end;
        }
        changes.forEach((name, value) -> {
            if (value != null) {
                changed.put(name, value);
            }
        });
        return changed.build();
    }

    /** Tells the visitor every attribute, in name order. */
    public void accept(ItemVisitor visitor) {
        ItemWalk.visitEntries(bytes, HEADER_BYTES, attributeCount(), visitor);
    }

    static void putInt(byte[] target, int at, int value) {
        target[at] = (byte) (value >>> 24);
        target[at + 1] = (byte) (value >>> 16);
        target[at + 2] = (byte) (value >>> 8);
        target[at + 3] = (byte) value;
    }

    static int getInt(byte[] source, int at) {
        return (source[at] & 0xFF) << 24
                | (source[at + 1] & 0xFF) << 16
                | (source[at + 2] & 0xFF) << 8
                | (source[at + 3] & 0xFF);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Item that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return toMap().toString();
    }
}
