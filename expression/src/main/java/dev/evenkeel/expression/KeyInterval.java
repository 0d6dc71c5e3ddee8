package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Bytes;
import dev.evenkeel.model.KeyEncoding;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of one sort key attribute that a comparison lets through, as bytes in their order.
 *
 * @param from the first one, null for no bound
 * @param to the first one that is not let through any more, null for no bound
 */
record KeyInterval(@Nullable Bytes from, @Nullable Bytes to) {
    private static final KeyInterval ALL = new KeyInterval(null, null);

    static KeyInterval equal(AttributeValue value) {
        return new KeyInterval(bytes(value), behind(value));
    }

    static KeyInterval of(@Nullable SortComparison comparison) {
        return switch (comparison) {
            case null -> ALL;
            case SortComparison.Between(var low, var high) -> new KeyInterval(bytes(low), behind(high));
            case SortComparison.BeginsWith(var prefix) -> {
                var after = KeyEncoding.after(bytes(prefix).array());
                yield new KeyInterval(bytes(prefix), after == null ? null : Bytes.wrap(after));
            }
            case SortComparison.Compare(var operator, var value) ->
                switch (operator) {
                    case LESS -> new KeyInterval(null, bytes(value));
                    case LESS_OR_EQUAL -> new KeyInterval(null, behind(value));
                    case GREATER -> new KeyInterval(behind(value), null);
                    case GREATER_OR_EQUAL -> new KeyInterval(bytes(value), null);
                };
        };
    }

    boolean overlaps(KeyInterval other) {
        return isBefore(from, other.to) && isBefore(other.from, to);
    }

    private static boolean isBefore(@Nullable Bytes from, @Nullable Bytes to) {
        return from == null || to == null || from.compareTo(to) < 0;
    }

    /** Its place among intervals that do not overlap. */
    Bytes start() {
        return from == null ? Bytes.EMPTY : from;
    }

    private static Bytes bytes(AttributeValue value) {
        return switch (value) {
            case AttributeValue.S(var text) -> Bytes.utf8(text);
            case AttributeValue.B(var bytes) -> bytes;
            case AttributeValue.N(var number) -> Bytes.wrap(number.encoded());
            default -> throw new IllegalArgumentException(value.type() + " is no key");
        };
    }

    /** The smallest bytes behind it: one zero more. */
    private static Bytes behind(AttributeValue value) {
        var bytes = bytes(value).array();
        return Bytes.wrap(Arrays.copyOf(bytes, bytes.length + 1));
    }
}
