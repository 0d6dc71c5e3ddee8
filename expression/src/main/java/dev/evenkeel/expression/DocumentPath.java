package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Item;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A place in an item: a top-level attribute, and the way from there into maps and lists. */
record DocumentPath(String attribute, List<Step> rest) {

    sealed interface Step {}

    record Field(String name) implements Step {
        @Override
        public String toString() {
            return name;
        }
    }

    record Element(int index) implements Step {
        @Override
        public String toString() {
            return "[" + index + "]";
        }
    }

    DocumentPath {
        rest = List.copyOf(rest);
    }

    static DocumentPath ofAttribute(String name) {
        return new DocumentPath(name, List.of());
    }

    boolean isTopLevel() {
        return rest.isEmpty();
    }

    Step last() {
        return rest.isEmpty() ? new Field(attribute) : rest.getLast();
    }

    /** Every step, the top-level attribute first. */
    List<Step> steps() {
        return Stream.concat(Stream.of(new Field(attribute)), rest.stream()).toList();
    }

    /** The value there, or null when the way is not there or not of maps and lists. */
    @Nullable
    AttributeValue find(Item item) {
        return follow(item, rest.size());
    }

    /** The value that holds the last step. Only for a path that is not top-level. */
    @Nullable
    AttributeValue findParent(Item item) {
        return follow(item, rest.size() - 1);
    }

    private @Nullable AttributeValue follow(Item item, int count) {
        var value = item.get(attribute);
        for (int i = 0; i < count && value != null; i++) {
            value = child(value, rest.get(i));
        }
        return value;
    }

    static @Nullable AttributeValue child(AttributeValue value, Step step) {
        return switch (step) {
            case Field(var name) ->
                value instanceof AttributeValue.M map ? map.value().get(name) : null;
            case Element(var index) ->
                value instanceof AttributeValue.L list && index < list.value().size()
                        ? list.value().get(index)
                        : null;
        };
    }

    /** As in error messages: {@code [a, b, [1]]}. */
    @Override
    public String toString() {
        return steps().stream().map(Step::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
