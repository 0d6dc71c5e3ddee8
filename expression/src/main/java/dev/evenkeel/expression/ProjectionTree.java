package dev.evenkeel.expression;

import dev.evenkeel.expression.DocumentPath.Element;
import dev.evenkeel.expression.DocumentPath.Field;
import dev.evenkeel.expression.DocumentPath.Step;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Item;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Paths as a tree, to take parts out of items. Whole attributes are copied as they are; only those that a path leads
 * into are decoded.
 */
final class ProjectionTree {
    private final Set<String> whole = new HashSet<>();
    private final Map<String, Node> parts = new LinkedHashMap<>();

    /** Children by step, or all of the value when there are none. */
    private static final class Node {
        final Map<String, Node> fields = new LinkedHashMap<>();
        final TreeMap<Integer, Node> elements = new TreeMap<>();

        Node child(Step step) {
            return switch (step) {
                case Field(var name) -> fields.computeIfAbsent(name, _ -> new Node());
                case Element(var index) -> elements.computeIfAbsent(index, _ -> new Node());
            };
        }

        boolean isWhole() {
            return fields.isEmpty() && elements.isEmpty();
        }
    }

    private ProjectionTree() {}

    /** @param paths none of which lies in another */
    static ProjectionTree of(Collection<DocumentPath> paths) {
        var tree = new ProjectionTree();
        for (var path : paths) {
            if (path.isTopLevel()) {
                tree.whole.add(path.attribute());
            } else {
                var node = tree.parts.computeIfAbsent(path.attribute(), _ -> new Node());
                for (var step : path.rest()) {
                    node = node.child(step);
                }
            }
        }
        return tree;
    }

    Item of(Item item) {
        var copied = item.only(whole);
        if (parts.isEmpty()) {
            return copied;
        }
        var decoded = new LinkedHashMap<String, AttributeValue>();
        parts.forEach((name, node) -> {
            var value = item.get(name);
            var part = value == null ? null : part(value, node);
            if (part != null) {
                decoded.put(name, part);
            }
        });
        return copied.with(decoded);
    }

    /** The parts of a value that are wanted, or null when it has none of them. */
    private static @Nullable AttributeValue part(AttributeValue value, Node node) {
        if (node.isWhole()) {
            return value;
        }
        return switch (value) {
            case AttributeValue.M map -> fields(map, node.fields);
            case AttributeValue.L list -> elements(list, node.elements);
            default -> null;
        };
    }

    private static @Nullable AttributeValue fields(AttributeValue.M map, Map<String, Node> wanted) {
        var fields = new LinkedHashMap<String, AttributeValue>();
        wanted.forEach((name, node) -> {
            var value = map.value().get(name);
            var part = value == null ? null : part(value, node);
            if (part != null) {
                fields.put(name, part);
            }
        });
        return fields.isEmpty() ? null : new AttributeValue.M(fields);
    }

    private static @Nullable AttributeValue elements(AttributeValue.L list, SortedMap<Integer, Node> wanted) {
        List<AttributeValue> elements = new ArrayList<>();
        wanted.headMap(list.value().size()).forEach((index, node) -> {
            var part = part(list.value().get(index), node);
            if (part != null) {
                elements.add(part);
            }
        });
        return elements.isEmpty() ? null : new AttributeValue.L(elements);
    }
}
