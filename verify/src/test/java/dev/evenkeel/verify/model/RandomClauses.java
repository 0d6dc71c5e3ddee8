package dev.evenkeel.verify.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Conditions, filters and paths that are well formed: whatever is random about them, DynamoDB would accept them. */
final class RandomClauses {
    private static final List<String> ORDERED = List.of("<", "<=", ">", ">=");
    private static final List<String> TYPES = List.of("S", "N", "B", "BOOL", "NULL", "SS", "NS", "BS", "L", "M");

    /** What {@code size} may be asked of; a number has none. */
    private static final Set<String> SIZED = Set.of("s1", "s2", "b1", "ss", "ns", "bs", "list", "map");

    private final RandomValues values;

    RandomClauses(RandomValues values) {
        this.values = values;
    }

    /**
     * @param roots the top-level attributes it may name, at least two
     * @param example an item it may be put to, so that it is not always false
     */
    Clause clause(List<String> roots, Map<String, Value> example, int depth) {
        if (depth > 0 && values.percent(45)) {
            var left = clause(roots, example, depth - 1);
            return switch (values.one(List.of("AND", "OR", "NOT"))) {
                case "AND" -> new Clause.And(left, clause(roots, example, depth - 1));
                case "OR" -> new Clause.Or(left, clause(roots, example, depth - 1));
                default -> new Clause.Not(left);
            };
        }
        return atom(roots, example);
    }

    private Clause atom(List<String> roots, Map<String, Value> example) {
        var path = path(values.one(roots));
        return switch (values.one(
                List.of("=", "order", "paths", "size", "between", "in", "exists", "type", "begins", "contains"))) {
            case "=" ->
                new Clause.Compare(
                        new Operand.Attribute(path),
                        values.one(List.of("=", "<>")),
                        new Operand.Literal(like(path, example)));
            case "order" ->
                new Clause.Compare(
                        new Operand.Attribute(path),
                        values.one(ORDERED),
                        new Operand.Literal(scalarLike(path, example)));
            case "paths" -> paths(path, roots);
            case "size" -> size(path);
            case "between" -> between(path, example);
            case "in" -> new Clause.In(new Operand.Attribute(path), List.of(like(path, example), values.any(1)));
            case "exists" -> values.percent(50) ? new Clause.Exists(path) : new Clause.NotExists(path);
            case "type" -> new Clause.TypeIs(path, values.one(TYPES));
            case "begins" -> new Clause.BeginsWith(path, values.ofType(values.one(List.of("S", "B")), 0));
            default -> new Clause.Contains(path, values.scalar());
        };
    }

    private Clause paths(DocumentPath path, List<String> roots) {
        var other = path(values.one(
                roots.stream().filter(root -> !root.equals(path.root())).toList()));
        return new Clause.Compare(
                new Operand.Attribute(path), values.one(List.of("=", "<>", "<", ">=")), new Operand.Attribute(other));
    }

    private Clause size(DocumentPath path) {
        if (!SIZED.contains(path.root()) || !path.isTopLevel()) {
            return new Clause.Exists(path);
        }
        return new Clause.Compare(
                new Operand.SizeOf(path),
                values.one(ORDERED),
                new Operand.Literal(
                        values.one(IntStream.range(0, 6).mapToObj(Value.N::of).toList())));
    }

    private Clause between(DocumentPath path, Map<String, Value> example) {
        var low = scalarLike(path, example);
        var high = values.ofType(low.type(), 0);
        return Value.compare(low, high) <= 0
                ? new Clause.Between(new Operand.Attribute(path), low, high)
                : new Clause.Between(new Operand.Attribute(path), high, low);
    }

    /** A value of the type that usually stands there. */
    private Value like(DocumentPath path, Map<String, Value> example) {
        var there = path.in(example);
        if (there.isPresent() && values.percent(50)) {
            return there.get();
        }
        var type = RandomValues.ATTRIBUTES.getOrDefault(path.root(), "");
        return path.isTopLevel() && !type.isEmpty() && values.percent(80) ? values.ofType(type, 1) : values.any(1);
    }

    private Value scalarLike(DocumentPath path, Map<String, Value> example) {
        var there = path.in(example).filter(value -> RandomValues.SCALAR_TYPES.contains(value.type()));
        if (there.isPresent() && values.percent(50)) {
            return there.get();
        }
        var type = RandomValues.ATTRIBUTES.getOrDefault(path.root(), "");
        return RandomValues.SCALAR_TYPES.contains(type) && values.percent(80)
                ? values.ofType(type, 0)
                : values.scalar();
    }

    /** The attribute itself, or something inside it. */
    DocumentPath path(String root) {
        var steps = new ArrayList<DocumentPath.Step>();
        var type = RandomValues.ATTRIBUTES.getOrDefault(root, "a key, and so a scalar");
        if (type.equals("M") || (type.isEmpty() && values.percent(30))) {
            if (values.percent(70)) {
                steps.add(new DocumentPath.Name(values.one(List.of("x", "y", "z"))));
            }
        } else if (type.equals("L") && values.percent(70)) {
            steps.add(new DocumentPath.Index(values.one(List.of(0, 1, 2))));
        }
        if (!steps.isEmpty() && values.percent(30)) {
            steps.add(
                    values.percent(70)
                            ? new DocumentPath.Name(values.one(List.of("x", "y")))
                            : new DocumentPath.Index(0));
        }
        return new DocumentPath(root, steps);
    }

    /** Some paths of which none lies inside another. */
    List<DocumentPath> projection(List<String> roots) {
        var paths = new ArrayList<DocumentPath>();
        for (int i = values.one(List.of(1, 2, 4)); i > 0; i--) {
            var path = path(values.one(roots));
            if (paths.stream().noneMatch(path::overlaps)) {
                paths.add(path);
            }
        }
        return paths;
    }
}
