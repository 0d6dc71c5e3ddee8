package dev.evenkeel.verify.model;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A condition or filter expression as a tree that can be written down and evaluated. */
sealed interface Clause {
    /** @param operator one of = <> < <= > >= */
    record Compare(Operand left, String operator, Operand right) implements Clause {}

    record Between(Operand operand, Value low, Value high) implements Clause {}

    record In(Operand operand, List<Value> values) implements Clause {}

    record And(Clause left, Clause right) implements Clause {}

    record Or(Clause left, Clause right) implements Clause {}

    record Not(Clause clause) implements Clause {}

    record Exists(DocumentPath path) implements Clause {}

    record NotExists(DocumentPath path) implements Clause {}

    record TypeIs(DocumentPath path, String type) implements Clause {}

    record BeginsWith(DocumentPath path, Value prefix) implements Clause {}

    record Contains(DocumentPath path, Value part) implements Clause {}

    default String text(Placeholders p) {
        return switch (this) {
            case Compare c -> c.left.text(p) + " " + c.operator + " " + c.right.text(p);
            case Between b -> b.operand.text(p) + " BETWEEN " + p.value(b.low) + " AND " + p.value(b.high);
            case In in ->
                in.operand.text(p) + in.values.stream().map(p::value).collect(Collectors.joining(", ", " IN (", ")"));
            case And and -> "(" + and.left.text(p) + ") AND (" + and.right.text(p) + ")";
            case Or or -> "(" + or.left.text(p) + ") OR (" + or.right.text(p) + ")";
            case Not not -> "NOT (" + not.clause.text(p) + ")";
            case Exists exists -> "attribute_exists(" + exists.path.text(p) + ")";
            case NotExists exists -> "attribute_not_exists(" + exists.path.text(p) + ")";
            case TypeIs is -> "attribute_type(" + is.path.text(p) + ", " + p.value(new Value.S(is.type)) + ")";
            case BeginsWith begins -> "begins_with(" + begins.path.text(p) + ", " + p.value(begins.prefix) + ")";
            case Contains contains -> "contains(" + contains.path.text(p) + ", " + p.value(contains.part) + ")";
        };
    }

    /** @param item the item, empty when there is none */
    default boolean holds(Map<String, Value> item) {
        return switch (this) {
            case Compare c -> compare(c, item);
            case Between b ->
                b.operand
                        .value(item)
                        .filter(value -> Value.comparable(value, b.low)
                                && Value.compare(b.low, value) <= 0
                                && Value.compare(value, b.high) <= 0)
                        .isPresent();
            case In in -> in.operand.value(item).filter(in.values::contains).isPresent();
            case And and -> and.left.holds(item) && and.right.holds(item);
            case Or or -> or.left.holds(item) || or.right.holds(item);
            case Not not -> !not.clause.holds(item);
            case Exists exists -> exists.path.in(item).isPresent();
            case NotExists exists -> exists.path.in(item).isEmpty();
            case TypeIs is ->
                is.path.in(item).filter(value -> value.type().equals(is.type)).isPresent();
            case BeginsWith begins ->
                begins.path
                        .in(item)
                        .filter(value -> startsWith(value, begins.prefix))
                        .isPresent();
            case Contains contains ->
                contains.path
                        .in(item)
                        .filter(value -> contains(value, contains.part))
                        .isPresent();
        };
    }

    private static boolean compare(Compare c, Map<String, Value> item) {
        var left = c.left.value(item);
        var right = c.right.value(item);
        if (c.operator.equals("<>")) {
            return left.isEmpty() || right.isEmpty() || !left.get().equals(right.get());
        }
        if (left.isEmpty() || right.isEmpty()) {
            return false;
        }
        if (c.operator.equals("=")) {
            return left.get().equals(right.get());
        }
        if (!Value.comparable(left.get(), right.get())) {
            return false;
        }
        int order = Value.compare(left.get(), right.get());
        return switch (c.operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            default -> throw new IllegalArgumentException(c.operator);
        };
    }

    static boolean startsWith(Value value, Value prefix) {
        return (value instanceof Value.S s
                        && prefix instanceof Value.S p
                        && s.text().startsWith(p.text()))
                || (value instanceof Value.B b
                        && prefix instanceof Value.B q
                        && b.bytes().startsWith(q.bytes()));
    }

    private static boolean contains(Value value, Value part) {
        return switch (value) {
            case Value.S s -> part instanceof Value.S p && s.text().contains(p.text());
            case Value.B b -> part instanceof Value.B p && b.bytes().contains(p.bytes());
            case Value.SS ss -> part instanceof Value.S p && ss.members().contains(p.text());
            case Value.NS ns -> part instanceof Value.N p && ns.members().contains(p.number());
            case Value.BS bs -> part instanceof Value.B p && bs.members().contains(p.bytes());
            case Value.L l -> l.elements().contains(part);
            case Value.N _, Value.Bool _, Value.Null _, Value.M _ -> false;
        };
    }
}
