package dev.evenkeel.expression;

import dev.evenkeel.expression.DocumentPath.Element;
import dev.evenkeel.expression.DocumentPath.Field;
import dev.evenkeel.expression.DocumentPath.Step;
import dev.evenkeel.expression.UpdateAction.Plain;
import dev.evenkeel.expression.UpdateAction.Write;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.ItemBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One application of an update to one item: first every effect from the item as it was, then all of them at once. */
final class UpdateRun {
    private UpdateRun() {}

    /** What becomes of a value, or of parts of it. */
    static final class Change {
        private @Nullable AttributeValue value;
        private boolean removed;
        private final Map<String, Change> fields = new LinkedHashMap<>();
        private final TreeMap<Integer, Change> elements = new TreeMap<>();

        /** Whether nothing of the present value stays, so that it need not be looked at. */
        boolean isWhole() {
            return removed || value != null;
        }

        private Change at(Step step) {
            return switch (step) {
                case Field(var name) -> fields.computeIfAbsent(name, _ -> new Change());
                case Element(var index) -> elements.computeIfAbsent(index, _ -> new Change());
            };
        }
    }

    /**
     * Of several things that are wrong DynamoDB tells, in this order: a target inside something that is no map or list; a
     * wrong type; then clause by clause from the last, a target inside nothing, and a value that is missing.
     */
    static Map<String, Change> changes(List<UpdateAction> actions, Item item) {
        var reachable = new boolean[actions.size()];
        for (int i = 0; i < reachable.length; i++) {
            reachable[i] = isReachable(actions.get(i).target(), item);
        }
        var effects = new ArrayList<UpdateAction.Effect>(actions.size());
        for (var action : actions) {
            effects.add(action.effect(item));
        }
        checkTargets(actions, effects, reachable);
        var changes = new LinkedHashMap<String, Change>();
        for (int i = 0; i < actions.size(); i++) {
            var target = actions.get(i).target();
            if (effects.get(i) != Plain.NOTHING) {
                var change = changes.computeIfAbsent(target.attribute(), _ -> new Change());
                for (var step : target.rest()) {
                    change = change.at(step);
                }
                if (effects.get(i) instanceof Write(var value)) {
                    change.value = value;
                } else {
                    change.removed = true;
                }
            }
        }
        return changes;
    }

    private static void checkTargets(
            List<UpdateAction> actions, List<UpdateAction.Effect> effects, boolean[] reachable) {
        int last = actions.isEmpty() ? -1 : actions.getLast().clause();
        for (int clause = last; clause >= 0; clause--) {
            boolean missing = false;
            for (int i = 0; i < reachable.length; i++) {
                if (actions.get(i).clause() == clause) {
                    if (!reachable[i]) {
                        throw invalidPath();
                    }
                    missing |= effects.get(i) == Plain.MISSING;
                }
            }
            if (missing) {
                throw DynamoException.validation(
                        "The provided expression refers to an attribute that does not exist in the item");
            }
        }
    }

    /**
     * Whether what holds the target is there.
     *
     * @throws DynamoException validation, when it is there but no map or list as the target needs
     */
    private static boolean isReachable(DocumentPath target, Item item) {
        if (target.isTopLevel()) {
            return true;
        }
        var parent = target.findParent(item);
        if (parent == null) {
            return false;
        }
        boolean fits = switch (target.last()) {
            case Field _ -> parent instanceof AttributeValue.M;
            case Element _ -> parent instanceof AttributeValue.L;
        };
        if (!fits) {
            throw invalidPath();
        }
        return true;
    }

    private static DynamoException invalidPath() {
        return DynamoException.validation("The document path provided in the update expression is invalid for update");
    }

    static Item write(Item item, Map<String, Change> changes) {
        var attributes = new LinkedHashMap<String, @Nullable AttributeValue>();
        changes.forEach((name, change) -> {
            var value = change.isWhole() ? change.value : changed(item.get(name), change);
            if (value != null) {
                checkDepth(value, 0);
            }
            attributes.put(name, value);
        });
        return item.with(attributes);
    }

    /** The value after the change, or null when it is gone. */
    private static @Nullable AttributeValue changed(@Nullable AttributeValue current, Change change) {
        if (change.isWhole()) {
            return change.value;
        }
        return switch (current) {
            case AttributeValue.M map -> changedMap(map, change.fields);
            case AttributeValue.L list -> changedList(list, change.elements);
            case null, default -> throw new IllegalStateException("targets are checked before anything is written");
        };
    }

    private static AttributeValue changedMap(AttributeValue.M map, Map<String, Change> changes) {
        var fields = new LinkedHashMap<>(map.value());
        changes.forEach((name, change) -> {
            var value = changed(fields.get(name), change);
            if (value == null) {
                fields.remove(name);
            } else {
                fields.put(name, value);
            }
        });
        return new AttributeValue.M(fields);
    }

    /** Indexes mean the list as it was: what is removed leaves at the end, what lies beyond is appended in index order. */
    private static AttributeValue changedList(AttributeValue.L list, SortedMap<Integer, Change> changes) {
        var elements = new ArrayList<AttributeValue>(list.value().size() + changes.size());
        for (int i = 0; i < list.value().size(); i++) {
            var change = changes.get(i);
            var value =
                    change == null ? list.value().get(i) : changed(list.value().get(i), change);
            if (value != null) {
                elements.add(value);
            }
        }
        changes.tailMap(list.value().size()).values().forEach(change -> {
            if (change.value != null) {
                elements.add(change.value);
            }
        });
        return new AttributeValue.L(elements);
    }

    /** @param depth maps and lists around the value */
    static void checkDepth(AttributeValue value, int depth) {
        if (!(value instanceof AttributeValue.M || value instanceof AttributeValue.L)) {
            return;
        }
        if (depth >= ItemBuilder.DEPTH_MAX) {
            throw DynamoException.validation("Nesting Levels have exceeded supported limits: "
                    + "Attributes in the item have nested levels beyond supported limit");
        }
        switch (value) {
            case AttributeValue.M(var fields) -> fields.values().forEach(field -> checkDepth(field, depth + 1));
            case AttributeValue.L(var elements) -> elements.forEach(element -> checkDepth(element, depth + 1));
            default -> {}
        }
    }
}
