package dev.evenkeel.verify.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Update expressions that are well formed; whether they fit the item is left to chance and to the model, but for what
 * DynamoDB's documents leave open: removals only where the way there exists, at least one attribute set on a new item.
 */
final class RandomUpdates {
    private static final List<String> NUMBERS = List.of("n1", "n2", "mix");

    private final RandomValues values;

    RandomUpdates(RandomValues values) {
        this.values = values;
    }

    /** @param current the item as it is, if there is one */
    List<UpdateAction> actions(Optional<Map<String, Value>> current) {
        var actions = new ArrayList<UpdateAction>();
        if (current.isEmpty()) {
            actions.add(setLiteral(values.one(List.of("s1", "n1", "s2", "n2", "map", "list"))));
        }
        for (int i = values.one(List.of(1, 1, 2, 4)); i > 0; i--) {
            var action = action(current.orElse(Map.of()));
            if (actions.stream().noneMatch(other -> clash(other, action))) {
                actions.add(action);
            }
        }
        return actions;
    }

    /** Setting and removing elements of one list in one update is left out too: whose index counts is not documented. */
    private static boolean clash(UpdateAction left, UpdateAction right) {
        return left.target().overlaps(right.target())
                || (left.target().root().equals(right.target().root())
                        && (left.target().goesThroughAList() || right.target().goesThroughAList())
                        && left.getClass() != right.getClass());
    }

    private UpdateAction action(Map<String, Value> current) {
        return switch (values.one(List.of(
                "set", "set", "copy", "sum", "missing", "append", "nested", "remove", "inner", "add", "members"))) {
            case "set" -> setLiteral(values.percent(10) ? "late" : anyName());
            case "copy" -> set(anyName(), new UpdateAction.From(attribute(smallName())));
            case "sum" -> sum();
            case "missing" -> {
                var name = anyName();
                yield set(name, new UpdateAction.IfMissing(DocumentPath.of(name), values.attribute(name)));
            }
            case "append" -> append();
            case "nested" -> new UpdateAction.SetTo(nested(), new UpdateAction.From(literal(values.any(1))));
            case "remove" -> new UpdateAction.Remove(DocumentPath.of(values.percent(10) ? "late" : anyName()));
            case "inner" -> inner(current);
            case "add" -> add();
            default -> members();
        };
    }

    private String anyName() {
        return values.one(RandomValues.ATTRIBUTES.keySet().stream()
                .filter(name -> !name.equals("late")) // which must not get the value of another
                .toList());
    }

    /** Without the attribute that may be so large that an item has no room for two. */
    private String smallName() {
        return values.one(RandomValues.ATTRIBUTES.keySet().stream()
                .filter(name -> !name.equals("data"))
                .toList());
    }

    private UpdateAction setLiteral(String name) {
        return set(name, new UpdateAction.From(literal(values.attribute(name))));
    }

    private static UpdateAction set(String name, UpdateAction.Source source) {
        return new UpdateAction.SetTo(DocumentPath.of(name), source);
    }

    private static Operand attribute(String name) {
        return new Operand.Attribute(DocumentPath.of(name));
    }

    private static Operand literal(Value value) {
        return new Operand.Literal(value);
    }

    private UpdateAction sum() {
        var name = values.one(NUMBERS);
        var number = literal(new Value.N(values.number()));
        boolean attributeFirst = values.percent(70);
        return set(
                name,
                new UpdateAction.Sum(
                        attributeFirst ? attribute(values.one(NUMBERS)) : number,
                        attributeFirst ? number : attribute(values.one(NUMBERS)),
                        values.percent(40)));
    }

    private UpdateAction append() {
        var elements = literal(values.ofType("L", 1));
        boolean attributeFirst = values.percent(70);
        return set(
                "list",
                new UpdateAction.Append(
                        attributeFirst ? attribute("list") : elements, attributeFirst ? elements : attribute("list")));
    }

    private DocumentPath nested() {
        return switch (values.one(List.of("map", "map.z", "list"))) {
            case "map" -> DocumentPath.of("map", new DocumentPath.Name(values.one(List.of("x", "y"))));
            case "map.z" -> DocumentPath.of("map", new DocumentPath.Name("z"), new DocumentPath.Name("x"));
            default -> DocumentPath.of("list", new DocumentPath.Index(values.one(List.of(0, 1, 5))));
        };
    }

    private UpdateAction inner(Map<String, Value> current) {
        if (values.percent(50) && current.get("map") instanceof Value.M) {
            return new UpdateAction.Remove(
                    DocumentPath.of("map", new DocumentPath.Name(values.one(List.of("x", "y", "z")))));
        }
        if (current.get("list") instanceof Value.L) {
            return new UpdateAction.Remove(
                    DocumentPath.of("list", new DocumentPath.Index(values.one(List.of(0, 1, 4)))));
        }
        return new UpdateAction.Remove(DocumentPath.of("mix"));
    }

    private UpdateAction add() {
        var name = values.one(List.of("n1", "n2", "ss", "ns", "bs", "mix"));
        var type = RandomValues.ATTRIBUTES.getOrDefault(name, "");
        return new UpdateAction.Add(DocumentPath.of(name), values.ofType(type.isEmpty() ? "N" : type, 0));
    }

    private UpdateAction members() {
        var name = values.one(List.of("ss", "ns", "bs"));
        return new UpdateAction.DeleteMembers(DocumentPath.of(name), values.ofType(name.toUpperCase(Locale.ROOT), 0));
    }
}
