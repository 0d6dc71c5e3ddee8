package dev.evenkeel.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes an item's binary form front to back, as a parser meets its parts. Maps come out sorted by name and sets sorted,
 * so that equal items have equal bytes whatever order they arrived in.
 *
 * <p>A name given twice in one map: the later value wins, and {@link #duplicateName} tells. Not for more than one thread;
 * {@link #build} leaves it empty and ready for the next item.
 */
public final class ItemBuilder {
    /** Levels of lists and maps an attribute value may have (api: "Nested attribute depth"). */
    public static final int DEPTH_MAX = 32;

    private static final int INITIAL_BYTES = 512;

    private byte[] buffer = new byte[INITIAL_BYTES];
    private int length;
    private final List<Frame> open = new ArrayList<>();
    private Frame top;
    private @Nullable String duplicateName;

    /** One map or list that is being written; a map keeps where its entries lie, three numbers each. */
    private static final class Frame {
        final boolean isMap;
        final int start;
        int[] entries = new int[3 * 8];
        int count;

        Frame(boolean isMap, int start) {
            this.isMap = isMap;
            this.start = start;
        }

        int nameStart(int i) {
            return entries[3 * i];
        }

        int valueStart(int i) {
            return entries[3 * i + 1];
        }

        int end(int i) {
            return entries[3 * i + 2];
        }
    }

    public ItemBuilder() {
        top = begin();
    }

    private Frame begin() {
        length = Item.HEADER_BYTES;
        return new Frame(true, Item.HEADER_BYTES);
    }

    /** How many lists and maps are open inside the item. */
    public int depth() {
        return open.size();
    }

    /** A name that some map of the item just built had twice, or null. */
    public @Nullable String duplicateName() {
        return duplicateName;
    }

    /** Starts an entry of the current map. Its value must follow. */
    public ItemBuilder name(String name) {
        return name(name.getBytes(StandardCharsets.UTF_8));
    }

    private ItemBuilder name(byte[] utf8) {
        if (top.count * 3 == top.entries.length) {
            top.entries = Arrays.copyOf(top.entries, top.entries.length * 2);
        }
        if (length == Item.HEADER_BYTES) {
            duplicateName = null; // a new item begins
        }
        top.entries[3 * top.count] = length;
        bytes(utf8, 0, utf8.length);
        top.entries[3 * top.count + 1] = length;
        return this;
    }

    public ItemBuilder string(String value) {
        return string(value.getBytes(StandardCharsets.UTF_8));
    }

    public ItemBuilder string(byte[] utf8) {
        tag(AttributeType.S);
        bytes(utf8, 0, utf8.length);
        return valueDone();
    }

    public ItemBuilder number(DynamoNumber value) {
        tag(AttributeType.N);
        bytes(value.encoded(), 0, value.encoded().length);
        return valueDone();
    }

    public ItemBuilder binary(byte[] value) {
        tag(AttributeType.B);
        bytes(value, 0, value.length);
        return valueDone();
    }

    public ItemBuilder bool(boolean value) {
        tag(AttributeType.BOOL);
        room(1);
        buffer[length++] = (byte) (value ? 1 : 0);
        return valueDone();
    }

    public ItemBuilder nul() {
        tag(AttributeType.NULL);
        return valueDone();
    }

    public ItemBuilder stringSet(Collection<String> members) {
        var sorted = new TreeSet<Bytes>();
        members.forEach(member -> sorted.add(Bytes.utf8(member)));
        return set(AttributeType.SS, sorted);
    }

    public ItemBuilder numberSet(Collection<DynamoNumber> members) {
        var sorted = new TreeSet<Bytes>();
        members.forEach(member -> sorted.add(Bytes.wrap(member.encoded())));
        return set(AttributeType.NS, sorted);
    }

    public ItemBuilder binarySet(Collection<Bytes> members) {
        return set(AttributeType.BS, new TreeSet<>(members));
    }

    private ItemBuilder set(AttributeType type, TreeSet<Bytes> sorted) {
        int start = container(type);
        for (var member : sorted) {
            bytes(member.array(), 0, member.length());
        }
        close(start, sorted.size());
        return valueDone();
    }

    public ItemBuilder beginMap() {
        return push(true, AttributeType.M);
    }

    public ItemBuilder beginList() {
        return push(false, AttributeType.L);
    }

    private ItemBuilder push(boolean isMap, AttributeType type) {
        int start = container(type);
        open.add(top);
        top = new Frame(isMap, start);
        return this;
    }

    /** Closes the innermost map or list. */
    public ItemBuilder end() {
        if (top.isMap) {
            sortEntries(top);
        }
        close(top.start, top.count);
        top = open.removeLast();
        return valueDone();
    }

    /** Writes any value in its place, as if its parts had been given one by one. */
    public ItemBuilder value(AttributeValue value) {
        return switch (value) {
            case AttributeValue.S s -> string(s.value());
            case AttributeValue.N n -> number(n.value());
            case AttributeValue.B b -> binary(b.value().array());
            case AttributeValue.Bool b -> bool(b.value());
            case AttributeValue.Null _ -> nul();
            case AttributeValue.SS ss -> stringSet(ss.value());
            case AttributeValue.NS ns -> numberSet(ns.value());
            case AttributeValue.BS bs -> binarySet(bs.value());
            case AttributeValue.L l -> {
                beginList();
                l.value().forEach(this::value);
                yield end();
            }
            case AttributeValue.M m -> {
                beginMap();
                m.value().forEach(this::put);
                yield end();
            }
        };
    }

    /** An entry of the current map. */
    public ItemBuilder put(String name, AttributeValue value) {
        return name(name).value(value);
    }

    public ItemBuilder putAll(Map<String, AttributeValue> attributes) {
        attributes.forEach(this::put);
        return this;
    }

    /** Copies one encoded attribute, name and value, from another item. */
    ItemBuilder copy(byte[] source, int nameStart, int valueStart, int end) {
        if (top.count * 3 == top.entries.length) {
            top.entries = Arrays.copyOf(top.entries, top.entries.length * 2);
        }
        top.entries[3 * top.count] = length;
        top.entries[3 * top.count + 1] = length + (valueStart - nameStart);
        room(end - nameStart);
        System.arraycopy(source, nameStart, buffer, length, end - nameStart);
        length += end - nameStart;
        return valueDone();
    }

    /** The finished item. */
    public Item build() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("a list or map is still open");
        }
        sortEntries(top);
        var bytes = Arrays.copyOf(buffer, length);
        bytes[0] = Item.VERSION;
        Item.putInt(bytes, 5, top.count);
        Item.putInt(bytes, 1, ItemWalk.size(bytes, Item.HEADER_BYTES, top.count, true) - ItemSize.CONTAINER_BYTES);
        open.clear();
        top = begin();
        return Item.wrap(bytes);
    }

    private void tag(AttributeType type) {
        room(1);
        buffer[length++] = type.tag();
    }

    /** Leaves room for byte length and count, patched at {@link #close}. Answers where the content starts. */
    private int container(AttributeType type) {
        tag(type);
        room(8);
        length += 8;
        return length;
    }

    private void close(int start, int count) {
        Item.putInt(buffer, start - 8, length - start);
        Item.putInt(buffer, start - 4, count);
    }

    private ItemBuilder valueDone() {
        if (top.isMap) {
            top.entries[3 * top.count + 2] = length;
        }
        top.count++;
        return this;
    }

    private void bytes(byte[] source, int offset, int count) {
        room(count + 5);
        int rest = count;
        while (rest >= 0x80) {
            buffer[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[length++] = (byte) rest;
        System.arraycopy(source, offset, buffer, length, count);
        length += count;
    }

    private void room(int more) {
        if (length + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }

    /** Brings a map's entries into name order, the last of equal names staying; touches nothing when they are. */
    private void sortEntries(Frame frame) {
        boolean sorted = true;
        for (int i = 1; i < frame.count && sorted; i++) {
            sorted = compareNames(frame, i - 1, i) < 0;
        }
        if (sorted) {
            return;
        }
        var order = new Integer[frame.count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> compareNames(frame, a, b)); // stable: the later of two equal names stays last
        var content = Arrays.copyOfRange(buffer, frame.start, length);
        length = frame.start;
        int kept = 0;
        for (int i = 0; i < order.length; i++) {
            if (i + 1 < order.length && compareNames(frame, order[i], order[i + 1], content) == 0) {
                duplicateName = ItemWalk.name(content, frame.nameStart(order[i]) - frame.start);
                continue;
            }
            int from = frame.nameStart(order[i]) - frame.start;
            int size = frame.end(order[i]) - frame.nameStart(order[i]);
            System.arraycopy(content, from, buffer, length, size);
            length += size;
            kept++;
        }
        frame.count = kept;
    }

    private int compareNames(Frame frame, int a, int b) {
        return Arrays.compareUnsigned(
                buffer,
                nameBytes(frame, a, buffer, 0),
                frame.valueStart(a),
                buffer,
                nameBytes(frame, b, buffer, 0),
                frame.valueStart(b));
    }

    private int compareNames(Frame frame, int a, int b, byte[] content) {
        int shift = frame.start;
        return Arrays.compareUnsigned(
                content,
                nameBytes(frame, a, content, shift),
                frame.valueStart(a) - shift,
                content,
                nameBytes(frame, b, content, shift),
                frame.valueStart(b) - shift);
    }

    /** Where the name's bytes start, behind their length. */
    private static int nameBytes(Frame frame, int i, byte[] content, int shift) {
        int at = frame.nameStart(i) - shift;
        while (content[at] < 0) {
            at++;
        }
        return at + 1;
    }
}
