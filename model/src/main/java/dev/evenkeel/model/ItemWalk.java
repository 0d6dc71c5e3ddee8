package dev.evenkeel.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Reads the binary form of {@link Item} in place: positions in, values or the next position out. */
final class ItemWalk {
    private ItemWalk() {}

    /** Where the bytes start whose length stands at {@code at}. */
    static int contentStart(byte[] bytes, int at) {
        int i = at;
        while (bytes[i] < 0) {
            i++;
        }
        return i + 1;
    }

    /** The length that stands at {@code at}, least significant seven bits first. */
    static int contentLength(byte[] bytes, int at) {
        int value = 0;
        for (int shift = 0, i = at; ; shift += 7, i++) {
            value |= (bytes[i] & 0x7F) << shift;
            if (bytes[i] >= 0) {
                return value;
            }
            if (shift > 28) {
                throw new CorruptItemException("length too long at " + at);
            }
        }
    }

    static int contentEnd(byte[] bytes, int at) {
        return contentStart(bytes, at) + contentLength(bytes, at);
    }

    static String name(byte[] bytes, int at) {
        return text(bytes, at);
    }

    static String text(byte[] bytes, int at) {
        return new String(bytes, contentStart(bytes, at), contentLength(bytes, at), StandardCharsets.UTF_8);
    }

    /** The position behind the value whose tag stands at {@code at}. */
    static int valueEnd(byte[] bytes, int at) {
        return switch (AttributeType.ofTag(bytes[at])) {
            case S, N, B -> contentEnd(bytes, at + 1);
            case BOOL -> at + 2;
            case NULL -> at + 1;
            case M, L, SS, NS, BS -> at + 9 + Item.getInt(bytes, at + 1);
        };
    }

    static AttributeValue value(byte[] bytes, int at) {
        return switch (AttributeType.ofTag(bytes[at])) {
            case S -> new AttributeValue.S(text(bytes, at + 1));
            case N -> new AttributeValue.N(number(bytes, at + 1));
            case B -> new AttributeValue.B(binary(bytes, at + 1));
            case BOOL -> bytes[at + 1] == 0 ? AttributeValue.Bool.FALSE : AttributeValue.Bool.TRUE;
            case NULL -> AttributeValue.Null.VALUE;
            case SS -> new AttributeValue.SS(members(bytes, at, ItemWalk::text));
            case NS -> new AttributeValue.NS(members(bytes, at, ItemWalk::number));
            case BS -> new AttributeValue.BS(members(bytes, at, ItemWalk::binary));
            case L -> list(bytes, at);
            case M -> map(bytes, at);
        };
    }

    private interface MemberReader<T> {
        T read(byte[] bytes, int at);
    }

    private static <T> List<T> members(byte[] bytes, int at, MemberReader<T> reader) {
        int count = Item.getInt(bytes, at + 5);
        var members = new ArrayList<T>(count);
        int next = at + 9;
        for (int i = 0; i < count; i++) {
            members.add(reader.read(bytes, next));
            next = contentEnd(bytes, next);
        }
        return members;
    }

    private static AttributeValue list(byte[] bytes, int at) {
        int count = Item.getInt(bytes, at + 5);
        var elements = new ArrayList<AttributeValue>(count);
        int next = at + 9;
        for (int i = 0; i < count; i++) {
            elements.add(value(bytes, next));
            next = valueEnd(bytes, next);
        }
        return new AttributeValue.L(elements);
    }

    private static AttributeValue map(byte[] bytes, int at) {
        int count = Item.getInt(bytes, at + 5);
        var entries = LinkedHashMap.<String, AttributeValue>newLinkedHashMap(count);
        int next = at + 9;
        for (int i = 0; i < count; i++) {
            int valueAt = contentEnd(bytes, next);
            entries.put(name(bytes, next), value(bytes, valueAt));
            next = valueEnd(bytes, valueAt);
        }
        return new AttributeValue.M(entries);
    }

    private static DynamoNumber number(byte[] bytes, int at) {
        return DynamoNumber.ofEncoded(binary(bytes, at).array());
    }

    private static Bytes binary(byte[] bytes, int at) {
        return Bytes.copyOf(bytes, contentStart(bytes, at), contentLength(bytes, at));
    }

    /** Size by DynamoDB's count of the entries that start at {@code at}; an item's own attributes cost no element byte. */
    static int size(byte[] bytes, int at, int count, boolean topLevel) {
        int size = ItemSize.CONTAINER_BYTES;
        int next = at;
        for (int i = 0; i < count; i++) {
            int valueAt = contentEnd(bytes, next);
            size += contentLength(bytes, next) + valueSize(bytes, valueAt) + (topLevel ? 0 : ItemSize.ELEMENT_BYTES);
            next = valueEnd(bytes, valueAt);
        }
        return size;
    }

    static int valueSize(byte[] bytes, int at) {
        return switch (AttributeType.ofTag(bytes[at])) {
            case S, B -> contentLength(bytes, at + 1);
            case N -> DynamoNumber.sizeBytes(bytes, contentStart(bytes, at + 1), contentLength(bytes, at + 1));
            case BOOL, NULL -> 1;
            case M -> size(bytes, at + 9, Item.getInt(bytes, at + 5), false);
            case L -> listSize(bytes, at);
            case SS, BS, NS -> setSize(bytes, at);
        };
    }

    private static int listSize(byte[] bytes, int at) {
        int size = ItemSize.CONTAINER_BYTES;
        int next = at + 9;
        for (int i = Item.getInt(bytes, at + 5); i > 0; i--) {
            size += ItemSize.ELEMENT_BYTES + valueSize(bytes, next);
            next = valueEnd(bytes, next);
        }
        return size;
    }

    private static int setSize(byte[] bytes, int at) {
        boolean numbers = bytes[at] == AttributeType.NS.tag();
        int size = 0;
        int next = at + 9;
        for (int i = Item.getInt(bytes, at + 5); i > 0; i--) {
            int length = contentLength(bytes, next);
            size += numbers ? DynamoNumber.sizeBytes(bytes, contentStart(bytes, next), length) : length;
            next = contentEnd(bytes, next);
        }
        return size;
    }

    /** Tells the visitor the value whose tag stands at {@code at}; answers the position behind it. */
    static int visit(byte[] bytes, int at, ItemVisitor visitor) {
        switch (AttributeType.ofTag(bytes[at])) {
            case S -> visitor.string(bytes, contentStart(bytes, at + 1), contentLength(bytes, at + 1));
            case N ->
                visitor.number(DynamoNumber.toString(bytes, contentStart(bytes, at + 1), contentLength(bytes, at + 1)));
            case B -> visitor.binary(bytes, contentStart(bytes, at + 1), contentLength(bytes, at + 1));
            case BOOL -> visitor.bool(bytes[at + 1] != 0);
            case NULL -> visitor.nul();
            case M -> {
                visitor.beginMap();
                visitEntries(bytes, at + 9, Item.getInt(bytes, at + 5), visitor);
                visitor.endMap();
            }
            case L -> {
                visitor.beginList();
                int next = at + 9;
                for (int i = Item.getInt(bytes, at + 5); i > 0; i--) {
                    next = visit(bytes, next, visitor);
                }
                visitor.endList();
            }
            case SS, NS, BS -> visitSet(bytes, at, visitor);
        }
        return valueEnd(bytes, at);
    }

    static void visitEntries(byte[] bytes, int at, int count, ItemVisitor visitor) {
        int next = at;
        for (int i = 0; i < count; i++) {
            visitor.name(bytes, contentStart(bytes, next), contentLength(bytes, next));
            next = visit(bytes, contentEnd(bytes, next), visitor);
        }
    }

    private static void visitSet(byte[] bytes, int at, ItemVisitor visitor) {
        var type = AttributeType.ofTag(bytes[at]);
        visitor.beginSet(type);
        int next = at + 9;
        for (int i = Item.getInt(bytes, at + 5); i > 0; i--) {
            int start = contentStart(bytes, next);
            int length = contentLength(bytes, next);
            switch (type) {
                case SS -> visitor.string(bytes, start, length);
                case NS -> visitor.number(DynamoNumber.toString(bytes, start, length));
                default -> visitor.binary(bytes, start, length);
            }
            next = start + length;
        }
        visitor.endSet();
    }
}
