package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeType;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Bytes;
import dev.evenkeel.model.Utf8;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Comparisons of values as DynamoDB makes them; a missing value is null. */
final class Values {
    /** Types of values without parts. */
    static final Set<AttributeType> SCALARS =
            Set.of(AttributeType.S, AttributeType.N, AttributeType.B, AttributeType.BOOL, AttributeType.NULL);

    private Values() {}

    /**
     * Equality is deep and by value. Order exists between two strings, two numbers or two binaries; between anything else
     * every ordering comparator is false. With a value missing, all but {@code <>} are false.
     */
    static boolean test(Comparator comparator, @Nullable AttributeValue left, @Nullable AttributeValue right) {
        if (left == null || right == null) {
            return comparator == Comparator.NOT_EQUAL;
        }
        return switch (comparator) {
            case EQUAL -> left.equals(right);
            case NOT_EQUAL -> !left.equals(right);
            case LESS -> isOrdered(left, right) && compare(left, right) < 0;
            case LESS_OR_EQUAL -> isOrdered(left, right) && compare(left, right) <= 0;
            case GREATER -> isOrdered(left, right) && compare(left, right) > 0;
            case GREATER_OR_EQUAL -> isOrdered(left, right) && compare(left, right) >= 0;
        };
    }

    static boolean between(
            @Nullable AttributeValue value, @Nullable AttributeValue low, @Nullable AttributeValue high) {
        return test(Comparator.GREATER_OR_EQUAL, value, low) && test(Comparator.LESS_OR_EQUAL, value, high);
    }

    static boolean isOrdered(AttributeValue left, AttributeValue right) {
        return left.type() == right.type() && left.type().isScalarKey();
    }

    /** Only for two values that {@link #isOrdered}. */
    static int compare(AttributeValue left, AttributeValue right) {
        return switch (left) {
            case AttributeValue.S s -> Utf8.compare(s.value(), ((AttributeValue.S) right).value());
            case AttributeValue.N n -> n.value().compareTo(((AttributeValue.N) right).value());
            case AttributeValue.B b -> b.value().compareTo(((AttributeValue.B) right).value());
            default -> throw new IllegalArgumentException(left.type() + " has no order");
        };
    }

    static boolean beginsWith(@Nullable AttributeValue value, @Nullable AttributeValue prefix) {
        return switch (value) {
            case AttributeValue.S s ->
                prefix instanceof AttributeValue.S start && s.value().startsWith(start.value());
            case AttributeValue.B b ->
                prefix instanceof AttributeValue.B start && b.value().startsWith(start.value());
            case null, default -> false;
        };
    }

    /** A part of a string or binary, a member of a set, or an element of a list. */
    static boolean contains(@Nullable AttributeValue container, @Nullable AttributeValue part) {
        if (container == null || part == null) {
            return false;
        }
        return switch (container) {
            case AttributeValue.S s ->
                part instanceof AttributeValue.S piece && s.value().contains(piece.value());
            case AttributeValue.B b ->
                part instanceof AttributeValue.B piece && containsBytes(b.value(), piece.value());
            case AttributeValue.SS ss ->
                part instanceof AttributeValue.S member && ss.value().contains(member.value());
            case AttributeValue.NS ns ->
                part instanceof AttributeValue.N member && ns.value().contains(member.value());
            case AttributeValue.BS bs ->
                part instanceof AttributeValue.B member && bs.value().contains(member.value());
            case AttributeValue.L l -> l.value().contains(part);
            case AttributeValue.N _, AttributeValue.Bool _, AttributeValue.Null _, AttributeValue.M _ -> false;
        };
    }

    private static boolean containsBytes(Bytes whole, Bytes piece) {
        var text = whole.array();
        var wanted = piece.array();
        for (int start = 0; start + wanted.length <= text.length; start++) {
            if (Arrays.equals(text, start, start + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }

    /** Characters (UTF-16 units, as measured on DynamoDB), bytes, members, elements or entries; -1 when it has no size. */
    static int size(AttributeValue value) {
        return switch (value) {
            case AttributeValue.S s -> s.value().length();
            case AttributeValue.B b -> b.value().length();
            case AttributeValue.SS ss -> ss.value().size();
            case AttributeValue.NS ns -> ns.value().size();
            case AttributeValue.BS bs -> bs.value().size();
            case AttributeValue.L l -> l.value().size();
            case AttributeValue.M m -> m.value().size();
            case AttributeValue.N _, AttributeValue.Bool _, AttributeValue.Null _ -> -1;
        };
    }
}
