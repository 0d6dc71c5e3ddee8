package dev.evenkeel.partition;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A range of positions.
 *
 * @param from inclusive
 * @param to exclusive; null for no end
 */
record KeyRange(byte[] from, byte @Nullable [] to) {

    boolean contains(byte[] position) {
        return Arrays.compareUnsigned(from, position) <= 0 && (to == null || Arrays.compareUnsigned(position, to) < 0);
    }

    /** What this range and the other have in common; it may be empty, then {@code from} is not below {@code to}. */
    KeyRange intersect(byte[] otherFrom, byte @Nullable [] otherTo) {
        var start = Arrays.compareUnsigned(from, otherFrom) >= 0 ? from : otherFrom;
        byte[] end = to;
        if (end == null || (otherTo != null && Arrays.compareUnsigned(otherTo, end) < 0)) {
            end = otherTo;
        }
        return new KeyRange(start, end);
    }

    boolean isEmpty() {
        return to != null && Arrays.compareUnsigned(from, to) >= 0;
    }
}
