package dev.evenkeel.expression;

import dev.evenkeel.expression.Syntax.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Binds a condition to its placeholders. Each simple condition is checked completely before the next is looked at: first
 * all its placeholders, then the number of operands of its functions, then that operands differ, then their types.
 */
final class ConditionBinder {
    private final Scope scope;

    ConditionBinder(Scope scope) {
        this.scope = scope;
    }

    Test bind(Node node) {
        return switch (node) {
            case Syntax.Or(var parts) -> new Test.AnyOf(bindAll(parts));
            case Syntax.And(var parts) -> new Test.AllOf(bindAll(parts));
            case Syntax.Not(var part) -> new Test.Negation(bind(part));
            case Syntax.Comparison comparison -> comparison(comparison);
            case Syntax.Between between -> between(between);
            case Syntax.In in -> in(in);
            case Syntax.Test(var call) -> function(call);
        };
    }

    private List<Test> bindAll(List<Node> nodes) {
        var tests = new ArrayList<Test>(nodes.size());
        for (var node : nodes) { // no streams where it recurs: each would take frames of its own
            tests.add(bind(node));
        }
        return List.copyOf(tests);
    }

    private Test comparison(Syntax.Comparison comparison) {
        var operands = operands(List.of(comparison.left(), comparison.right()));
        var left = operands.getFirst();
        var right = operands.getLast();
        var text = comparison.comparator().text();
        OperandCheck.distinct(text, left, List.of(right));
        checkSizes(operands);
        if (comparison.comparator().isOrdering()) {
            OperandCheck.type(text, left.knownType(), OperandCheck.ORDERED);
            OperandCheck.type(text, right.knownType(), OperandCheck.ORDERED);
        }
        return new Test.Compared(comparison.comparator(), left, right);
    }

    private Test between(Syntax.Between between) {
        var operands = operands(List.of(between.value(), between.low(), between.high()));
        OperandCheck.distinct("BETWEEN", operands.getFirst(), operands.subList(1, 3));
        checkSizes(operands);
        for (var operand : operands) {
            OperandCheck.type("BETWEEN", operand.knownType(), OperandCheck.ORDERED);
        }
        OperandCheck.bounds(operands.get(1), operands.get(2));
        return new Test.Between(operands.getFirst(), operands.get(1), operands.get(2));
    }

    private Test in(Syntax.In in) {
        var all = new ArrayList<Syntax.Operand>();
        all.add(in.value());
        all.addAll(in.options());
        var operands = operands(all);
        var options = List.copyOf(operands.subList(1, operands.size()));
        if (options.size() > Limits.IN_OPERANDS_MAX) {
            throw new InvalidExpressionException(
                    "The IN operator is provided with too many operands; number of operands: " + options.size());
        }
        OperandCheck.distinct("IN", operands.getFirst(), options);
        checkSizes(operands);
        return new Test.OneOf(operands.getFirst(), options);
    }

    private Test function(Syntax.Call call) {
        var function = Objects.requireNonNull(FunctionName.of(call.function()), "known since the word check");
        var operands = operands(call.arguments());
        OperandCheck.count(function, operands.size());
        OperandCheck.distinct(function.text(), operands.getFirst(), operands.subList(1, operands.size()));
        checkSizes(operands);
        return switch (function) {
            case ATTRIBUTE_EXISTS -> new Test.Exists(path(function, operands.getFirst()));
            case ATTRIBUTE_NOT_EXISTS -> new Test.Missing(path(function, operands.getFirst()));
            case ATTRIBUTE_TYPE -> new Test.HasType(operands.getFirst(), OperandCheck.namedType(operands.getLast()));
            case BEGINS_WITH -> {
                for (var operand : operands) {
                    OperandCheck.type(function.text(), operand.knownType(), OperandCheck.PREFIXED);
                }
                yield new Test.BeginsWith(operands.getFirst(), operands.getLast());
            }
            case CONTAINS -> new Test.Contains(operands.getFirst(), operands.getLast());
            case SIZE, IF_NOT_EXISTS, LIST_APPEND ->
                throw new IllegalStateException(function + " is no condition, as the word check has seen");
        };
    }

    private static DocumentPath path(FunctionName function, Operand operand) {
        if (operand instanceof Operand.Attribute(var path)) {
            return path;
        }
        throw OperandCheck.needsPath(function);
    }

    /** The operands of one simple condition: every placeholder before every count. */
    private List<Operand> operands(List<Syntax.Operand> operands) {
        operands.forEach(this::touch);
        return bindOperands(operands);
    }

    private List<Operand> bindOperands(List<Syntax.Operand> operands) {
        var bound = new ArrayList<Operand>(operands.size());
        for (var operand : operands) {
            bound.add(operand(operand));
        }
        return List.copyOf(bound);
    }

    private void touch(Syntax.Operand operand) {
        switch (operand) {
            case Syntax.Path path -> scope.path(path);
            case Syntax.Value value -> scope.value(value);
            case Syntax.Call(var _, var arguments) -> arguments.forEach(this::touch);
            case Syntax.Sum _ -> throw sumInCondition();
        }
    }

    private Operand operand(Syntax.Operand operand) {
        return switch (operand) {
            case Syntax.Path path -> new Operand.Attribute(scope.path(path));
            case Syntax.Value value -> new Operand.Constant(scope.value(value));
            case Syntax.Call(var _, var arguments) -> { // size, as the word check has seen
                var inner = bindOperands(arguments);
                OperandCheck.count(FunctionName.SIZE, inner.size());
                yield new Operand.Size(inner.getFirst());
            }
            case Syntax.Sum _ -> throw sumInCondition();
        };
    }

    private static void checkSizes(List<Operand> operands) {
        for (var operand : operands) {
            if (operand instanceof Operand.Size(var of)) {
                checkSizes(List.of(of));
                OperandCheck.type(FunctionName.SIZE.text(), of.knownType(), OperandCheck.SIZED);
            }
        }
    }

    private static IllegalStateException sumInCondition() {
        return new IllegalStateException("the grammar has no sums in conditions");
    }
}
