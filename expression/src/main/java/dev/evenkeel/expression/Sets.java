package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What ADD and DELETE do to two values of one type. */
final class Sets {
    private Sets() {}

    static AttributeValue plus(AttributeValue current, AttributeValue added) {
        return switch (current) {
            case AttributeValue.N(var a) -> {
                var b = ((AttributeValue.N) added).value();
                yield Term.number(() -> a.plus(b));
            }
            case AttributeValue.SS(var members) ->
                new AttributeValue.SS(joined(members, ((AttributeValue.SS) added).value()));
            case AttributeValue.NS(var members) ->
                new AttributeValue.NS(joined(members, ((AttributeValue.NS) added).value()));
            case AttributeValue.BS(var members) ->
                new AttributeValue.BS(joined(members, ((AttributeValue.BS) added).value()));
            case AttributeValue.L(var elements) ->
                new AttributeValue.L(joined(elements, ((AttributeValue.L) added).value()));
            default -> throw new IllegalArgumentException("nothing can be added to " + current.type());
        };
    }

    /** What is left of a set, or null when that is nothing. */
    static @Nullable AttributeValue minus(AttributeValue current, AttributeValue taken) {
        return switch (current) {
            case AttributeValue.SS(var members) -> {
                var left = without(members, ((AttributeValue.SS) taken).value());
                yield left.isEmpty() ? null : new AttributeValue.SS(left);
            }
            case AttributeValue.NS(var members) -> {
                var left = without(members, ((AttributeValue.NS) taken).value());
                yield left.isEmpty() ? null : new AttributeValue.NS(left);
            }
            case AttributeValue.BS(var members) -> {
                var left = without(members, ((AttributeValue.BS) taken).value());
                yield left.isEmpty() ? null : new AttributeValue.BS(left);
            }
            default -> throw new IllegalArgumentException("nothing can be taken from " + current.type());
        };
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static <T> List<T> without(List<T> members, Collection<T> taken) {
        var gone = new HashSet<>(taken);
        return members.stream().filter(member -> !gone.contains(member)).toList();
    }
}
