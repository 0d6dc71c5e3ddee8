package dev.evenkeel.router;

import dev.evenkeel.expression.KeyCondition;
import dev.evenkeel.expression.SortComparison;
import dev.evenkeel.metadata.PartitionDescriptor;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.KeyEncoding;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Positions from {@code from} (inclusive) to {@code to} (exclusive; null for no end). Read only.
 *
 * <p>Made of prefixes: no encoded key value is the beginning of another, so the positions that start with certain values
 * are exactly those from their encoding up to {@link KeyEncoding#after} it.
 */
@SuppressWarnings("ArrayRecordComponent") // never written to, never compared as a whole
record KeyRange(byte[] from, byte @Nullable [] to) {
    static final KeyRange ALL = new KeyRange(new byte[0], null);

    /** All positions that start with those bytes. */
    private static KeyRange startingWith(byte[] prefix) {
        return new KeyRange(prefix, KeyEncoding.after(prefix));
    }

    /** The positions that a key condition selects, in a table or an index of that key. */
    static KeyRange of(KeyCondition condition) {
        var prefix = KeyEncoding.position(condition.partitionKey(), condition.sortEquals());
        var last = condition.last();
        return last == null ? startingWith(prefix) : within(prefix, last);
    }

    private static KeyRange within(byte[] prefix, SortComparison comparison) {
        return switch (comparison) {
            case SortComparison.Compare compare -> compared(prefix, compare);
            case SortComparison.Between between ->
                new KeyRange(with(prefix, between.low()), KeyEncoding.after(with(prefix, between.high())));
            case SortComparison.BeginsWith beginsWith ->
                startingWith(KeyEncoding.appendPrefix(prefix, beginsWith.prefix()));
        };
    }

    private static KeyRange compared(byte[] prefix, SortComparison.Compare compare) {
        var bound = with(prefix, compare.value());
        return switch (compare.operator()) {
            case LESS -> new KeyRange(prefix, bound);
            case LESS_OR_EQUAL -> new KeyRange(prefix, KeyEncoding.after(bound));
            case GREATER_OR_EQUAL -> new KeyRange(bound, KeyEncoding.after(prefix));
            case GREATER -> startingWith(prefix).after(bound);
        };
    }

    private static byte[] with(byte[] prefix, AttributeValue value) {
        return KeyEncoding.append(prefix, List.of(value));
    }

    /** What lies behind all positions that start with those bytes. */
    KeyRange after(byte[] prefix) {
        var next = KeyEncoding.after(prefix);
        return next == null ? new KeyRange(prefix, prefix) : new KeyRange(max(from, next), to);
    }

    /** What lies before that position. */
    KeyRange before(byte[] position) {
        return new KeyRange(from, min(to, position));
    }

    KeyRange within(PartitionDescriptor partition) {
        var end = partition.to();
        return new KeyRange(max(from, partition.from()), end == null ? to : min(to, end));
    }

    boolean contains(byte[] position) {
        return Arrays.compareUnsigned(from, position) <= 0 && (to == null || Arrays.compareUnsigned(position, to) < 0);
    }

    private static byte[] max(byte[] a, byte[] b) {
        return Arrays.compareUnsigned(a, b) >= 0 ? a : b;
    }

    private static byte[] min(byte @Nullable [] a, byte[] b) {
        return a != null && Arrays.compareUnsigned(a, b) <= 0 ? a : b;
    }
}
