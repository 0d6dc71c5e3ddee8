package dev.evenkeel.expression;

import dev.evenkeel.expression.Syntax.Action;
import dev.evenkeel.expression.Syntax.Clause;
import dev.evenkeel.expression.Syntax.ClauseKind;
import dev.evenkeel.model.AttributeType;
import dev.evenkeel.model.AttributeValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Binds an update to its placeholders, in DynamoDB's order: words clause by clause and each kind of clause once; targets
 * and that they do not overlap; then from the last action to the first names, values, and the types of operands.
 */
final class UpdateBinder {
    private static final String MISMATCH = "An operand in the update expression has an incorrect data type";
    private static final Set<AttributeType> SETS = Set.of(AttributeType.SS, AttributeType.NS, AttributeType.BS);
    private static final Set<AttributeType> ADDABLE =
            Set.of(AttributeType.N, AttributeType.SS, AttributeType.NS, AttributeType.BS);

    private final Scope scope;

    UpdateBinder(Scope scope) {
        this.scope = scope;
    }

    List<UpdateAction> bind(List<Clause> clauses) {
        checkWords(clauses);
        return bindUnchecked(clauses);
    }

    /** Without a look at the words: for what was not written as an update expression. */
    List<UpdateAction> bindUnchecked(List<Clause> clauses) {
        var actions = new ArrayList<Action>();
        var clauseNumbers = new ArrayList<Integer>();
        for (int clause = 0; clause < clauses.size(); clause++) {
            for (var action : clauses.get(clause).actions()) {
                actions.add(action);
                clauseNumbers.add(clause);
            }
        }
        var targets =
                actions.stream().map(action -> scope.path(action.target())).toList();
        PathOverlap.check(targets);
        var lastFirst = actions.reversed();
        lastFirst.forEach(action -> touchNames(action.value()));
        lastFirst.forEach(action -> touchValues(action.value()));
        var bound = new ArrayList<UpdateAction>();
        for (int i = actions.size() - 1; i >= 0; i--) {
            bound.add(bind(clauseNumbers.get(i), targets.get(i), actions.get(i)));
        }
        return List.copyOf(bound.reversed());
    }

    private static void checkWords(List<Clause> clauses) {
        var byKind = new LinkedHashMap<ClauseKind, List<Clause>>();
        clauses.forEach(clause ->
                byKind.computeIfAbsent(clause.kind(), _ -> new ArrayList<>()).add(clause));
        byKind.forEach((kind, same) -> {
            for (var clause : same) {
                for (var action : clause.actions()) {
                    WordCheck.path(action.target());
                    if (action.value() != null) {
                        WordCheck.assigned(action.value());
                    }
                }
            }
            if (same.size() > 1) {
                throw new InvalidExpressionException(
                        "The \"" + kind + "\" section can only be used once in an update expression;");
            }
        });
    }

    private void touchNames(Syntax.@Nullable Operand operand) {
        switch (operand) {
            case Syntax.Path path -> scope.path(path);
            case Syntax.Call(var _, var arguments) -> arguments.forEach(this::touchNames);
            case Syntax.Sum(var _, var left, var right) -> {
                touchNames(left);
                touchNames(right);
            }
            case Syntax.Value _ -> {}
            case null -> {}
        }
    }

    private void touchValues(Syntax.@Nullable Operand operand) {
        switch (operand) {
            case Syntax.Value value -> scope.value(value);
            case Syntax.Call(var _, var arguments) -> arguments.forEach(this::touchValues);
            case Syntax.Sum(var _, var left, var right) -> {
                touchValues(left);
                touchValues(right);
            }
            case Syntax.Path _ -> {}
            case null -> {}
        }
    }

    private UpdateAction bind(int clause, DocumentPath target, Action action) {
        return switch (action.kind()) {
            case SET -> new UpdateAction.Assign(clause, target, term(Objects.requireNonNull(action.value())));
            case REMOVE -> new UpdateAction.Clear(clause, target);
            case ADD -> new UpdateAction.Add(clause, target, operand(action, ADDABLE), MISMATCH);
            case DELETE -> new UpdateAction.Subtract(clause, target, operand(action, SETS), MISMATCH);
        };
    }

    private AttributeValue operand(Action action, Set<AttributeType> allowed) {
        var value = scope.value((Syntax.Value) Objects.requireNonNull(action.value()));
        if (!allowed.contains(value.type())) {
            throw new InvalidExpressionException(
                    "Incorrect operand type for operator or function; operator: " + action.kind() + ", operand type: "
                            + longName(value.type()) + ", typeSet: ALLOWED_FOR_" + action.kind() + "_OPERAND");
        }
        return value;
    }

    private static String longName(AttributeType type) {
        return switch (type) {
            case S -> "STRING";
            case N -> "NUMBER";
            case B -> "BINARY";
            case BOOL -> "BOOLEAN";
            case NULL -> "NULL";
            case M -> "MAP";
            case L -> "LIST";
            case SS -> "STRING_SET";
            case NS -> "NUMBER_SET";
            case BS -> "BINARY_SET";
        };
    }

    private Term term(Syntax.Operand operand) {
        return switch (operand) {
            case Syntax.Path path -> new Term.Attribute(scope.path(path));
            case Syntax.Value value -> new Term.Constant(scope.value(value));
            case Syntax.Sum sum -> sum(sum);
            case Syntax.Call call -> function(call);
        };
    }

    private Term sum(Syntax.Sum sum) {
        var left = term(sum.left());
        var right = term(sum.right());
        var operator = sum.plus() ? "+" : "-";
        checkConstant(operator, left, OperandCheck.NUMBER);
        checkConstant(operator, right, OperandCheck.NUMBER);
        return new Term.Sum(sum.plus(), left, right);
    }

    private Term function(Syntax.Call call) {
        var function = Objects.requireNonNull(FunctionName.of(call.function()), "known since the word check");
        var arguments = new ArrayList<Term>();
        for (var argument : call.arguments()) { // no stream where it recurs: each would take frames of its own
            arguments.add(term(argument));
        }
        OperandCheck.count(function, arguments.size());
        var first = arguments.getFirst();
        var second = arguments.getLast();
        if (function == FunctionName.IF_NOT_EXISTS) {
            if (!(first instanceof Term.Attribute(var path))) {
                throw OperandCheck.needsPath(function);
            }
            if (second instanceof Term.Attribute(var other)) {
                OperandCheck.distinct(
                        function.text(), new Operand.Attribute(path), List.of(new Operand.Attribute(other)));
            }
            return new Term.IfNotExists(path, second);
        }
        checkConstant(function.text(), first, OperandCheck.LIST);
        checkConstant(function.text(), second, OperandCheck.LIST);
        return new Term.Append(first, second);
    }

    private static void checkConstant(String operator, Term term, Set<AttributeType> allowed) {
        if (term instanceof Term.Constant(var value)) {
            OperandCheck.type(operator, value.type(), allowed);
        }
    }
}
