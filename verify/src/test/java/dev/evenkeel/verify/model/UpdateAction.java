package dev.evenkeel.verify.model;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One action of an update expression. */
sealed interface UpdateAction {
    /** The most significant digits a number may have. */
    int DIGITS_MAX = 38;

    record SetTo(DocumentPath target, Source source) implements UpdateAction {}

    record Remove(DocumentPath target) implements UpdateAction {}

    /** To a number, or members to a set. */
    record Add(DocumentPath target, Value value) implements UpdateAction {}

    /** Members from a set. */
    record DeleteMembers(DocumentPath target, Value members) implements UpdateAction {}

    /** The right side of a SET. */
    sealed interface Source {}

    record From(Operand operand) implements Source {}

    record Sum(Operand left, Operand right, boolean minus) implements Source {}

    record IfMissing(DocumentPath path, Value otherwise) implements Source {}

    record Append(Operand left, Operand right) implements Source {}

    DocumentPath target();

    /** The whole update expression. */
    static String text(List<UpdateAction> actions, Placeholders placeholders) {
        var clauses = new LinkedHashMap<String, List<String>>();
        for (var action : actions) {
            clauses.computeIfAbsent(action.clause(), _ -> new ArrayList<>()).add(action.text(placeholders));
        }
        return clauses.entrySet().stream()
                .map(clause -> clause.getKey() + " " + String.join(", ", clause.getValue()))
                .collect(Collectors.joining(" "));
    }

    private String clause() {
        return switch (this) {
            case SetTo _ -> "SET";
            case Remove _ -> "REMOVE";
            case Add _ -> "ADD";
            case DeleteMembers _ -> "DELETE";
        };
    }

    private String text(Placeholders p) {
        return switch (this) {
            case SetTo set -> set.target.text(p) + " = " + sourceText(set.source, p);
            case Remove remove -> remove.target.text(p);
            case Add add -> add.target.text(p) + " " + p.value(add.value);
            case DeleteMembers delete -> delete.target.text(p) + " " + p.value(delete.members);
        };
    }

    private static String sourceText(Source source, Placeholders p) {
        return switch (source) {
            case From from -> from.operand.text(p);
            case Sum sum -> sum.left.text(p) + (sum.minus ? " - " : " + ") + sum.right.text(p);
            case IfMissing missing -> "if_not_exists(" + missing.path.text(p) + ", " + p.value(missing.otherwise) + ")";
            case Append append -> "list_append(" + append.left.text(p) + ", " + append.right.text(p) + ")";
        };
    }

    /**
     * The item after the update. Every right side sees the item as it was before.
     *
     * @throws ModelException when an action does not fit the item
     */
    static Map<String, Value> apply(List<UpdateAction> actions, Map<String, Value> before) {
        var values = new LinkedHashMap<UpdateAction, Optional<Value>>();
        actions.forEach(action -> values.put(action, action.result(before)));
        var after = before;
        for (var action : inOrderOfElements(actions)) {
            var value = values.getOrDefault(action, Optional.empty());
            after = value.isPresent()
                    ? action.target().set(after, value.get())
                    : action.target().remove(after);
        }
        return after;
    }

    /** Indexes mean the list as it was: elements are appended front to back, and removed back to front. */
    private static List<UpdateAction> inOrderOfElements(List<UpdateAction> actions) {
        var ordered = new ArrayList<UpdateAction>();
        actions.stream()
                .filter(action -> !(action instanceof Remove))
                .sorted(Comparator.comparingInt(UpdateAction::lastIndex))
                .forEach(ordered::add);
        actions.stream()
                .filter(Remove.class::isInstance)
                .sorted(Comparator.comparingInt(UpdateAction::lastIndex).reversed())
                .forEach(ordered::add);
        return ordered;
    }

    private int lastIndex() {
        var steps = target().steps();
        return !steps.isEmpty() && steps.getLast() instanceof DocumentPath.Index index ? index.index() : -1;
    }

    /** What is to stand at the target, nothing for its removal. */
    private Optional<Value> result(Map<String, Value> before) {
        return switch (this) {
            case SetTo set -> Optional.of(evaluate(set.source, before));
            case Remove _ -> Optional.empty();
            case Add add -> Optional.of(added(add.target.in(before), add.value));
            case DeleteMembers delete -> remaining(delete.target.in(before), delete.members);
        };
    }

    private static Value evaluate(Source source, Map<String, Value> before) {
        return switch (source) {
            case From from -> required(from.operand, before);
            case IfMissing missing -> missing.path.in(before).orElse(missing.otherwise);
            case Sum sum -> sum(required(sum.left, before), required(sum.right, before), sum.minus);
            case Append append -> {
                if (required(append.left, before) instanceof Value.L left
                        && required(append.right, before) instanceof Value.L right) {
                    var elements = new ArrayList<>(left.elements());
                    elements.addAll(right.elements());
                    yield new Value.L(elements);
                }
                throw ModelException.validation("incorrect data type");
            }
        };
    }

    private static Value required(Operand operand, Map<String, Value> before) {
        return operand.value(before).orElseThrow(() -> ModelException.validation("attribute does not exist"));
    }

    private static Value sum(Value left, Value right, boolean minus) {
        if (left instanceof Value.N a && right instanceof Value.N b) {
            return number(minus ? a.number().subtract(b.number()) : a.number().add(b.number()));
        }
        throw ModelException.validation("incorrect data type");
    }

    private static Value.N number(BigDecimal exact) {
        var number = new Value.N(exact);
        if (number.number().precision() > DIGITS_MAX) {
            throw ModelException.validation("overflow");
        }
        return number;
    }

    private static Value added(Optional<Value> current, Value value) {
        if (current.isEmpty()) {
            return value;
        }
        return switch (value) {
            case Value.N n
            when current.get() instanceof Value.N old -> number(old.number().add(n.number()));
            case Value.SS ss
            when current.get() instanceof Value.SS old -> new Value.SS(union(old.members(), ss.members()));
            case Value.NS ns
            when current.get() instanceof Value.NS old -> new Value.NS(union(old.members(), ns.members()));
            case Value.BS bs
            when current.get() instanceof Value.BS old -> new Value.BS(union(old.members(), bs.members()));
            default -> throw ModelException.validation("incorrect data type");
        };
    }

    private static <T> Set<T> union(Set<T> left, Set<T> right) {
        var union = new LinkedHashSet<>(left);
        union.addAll(right);
        return union;
    }

    private static Optional<Value> remaining(Optional<Value> current, Value members) {
        if (current.isEmpty()) {
            return current;
        }
        return switch (members) {
            case Value.SS ss
            when current.get() instanceof Value.SS old ->
                nonEmpty(difference(old.members(), ss.members())).<Value>map(Value.SS::new);
            case Value.NS ns
            when current.get() instanceof Value.NS old ->
                nonEmpty(difference(old.members(), ns.members())).<Value>map(Value.NS::new);
            case Value.BS bs
            when current.get() instanceof Value.BS old ->
                nonEmpty(difference(old.members(), bs.members())).<Value>map(Value.BS::new);
            default -> throw ModelException.validation("incorrect data type");
        };
    }

    private static <T> Set<T> difference(Set<T> from, Set<T> members) {
        var rest = new LinkedHashSet<>(from);
        rest.removeAll(members);
        return rest;
    }

    private static <T> Optional<Set<T>> nonEmpty(Set<T> members) {
        return members.isEmpty() ? Optional.empty() : Optional.of(members);
    }
}
