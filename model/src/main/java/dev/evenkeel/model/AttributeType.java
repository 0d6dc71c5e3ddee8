package dev.evenkeel.model;

import org.jspecify.annotations.Nullable;

/**
 * The ten types of an attribute value, by their names on the wire. Each has the tag that stands for it in the binary form
 * of an item: part of the format, never to be changed.
 */
public enum AttributeType {
    S(1),
    N(2),
    B(3),
    BOOL(4),
    NULL(5),
    M(6),
    L(7),
    SS(8),
    NS(9),
    BS(10);

    private static final AttributeType[] BY_TAG = values(); // declared in tag order, from 1

    private final byte tag;

    AttributeType(int tag) {
        this.tag = (byte) tag;
    }

    byte tag() {
        return tag;
    }

    static AttributeType ofTag(byte tag) {
        if (tag < 1 || tag > BY_TAG.length) {
            throw new CorruptItemException("unknown type tag " + tag);
        }
        return BY_TAG[tag - 1];
    }

    /** The type named so on the wire, or null when there is none. */
    public static @Nullable AttributeType ofWireName(String name) {
        return switch (name) {
            case "S" -> S;
            case "N" -> N;
            case "B" -> B;
            case "BOOL" -> BOOL;
            case "NULL" -> NULL;
            case "M" -> M;
            case "L" -> L;
            case "SS" -> SS;
            case "NS" -> NS;
            case "BS" -> BS;
            default -> null;
        };
    }

    /** Whether a key attribute may have this type. */
    public boolean isScalarKey() {
        return this == S || this == N || this == B;
    }
}
