package dev.evenkeel.expression;

import dev.evenkeel.expression.Syntax.Action;
import dev.evenkeel.expression.Syntax.Clause;
import dev.evenkeel.expression.Syntax.ClauseKind;
import dev.evenkeel.expression.partiql.Expression;
import dev.evenkeel.expression.partiql.StatementSyntax;
import dev.evenkeel.model.AttributeType;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** SET and REMOVE as an update expression says them; {@code set_add} and {@code set_delete} are its ADD and DELETE. */
final class SetTranslator {
    private static final Map<String, ClauseKind> SET_FUNCTIONS =
            Map.of("set_add", ClauseKind.ADD, "set_delete", ClauseKind.DELETE);

    private static final Set<AttributeType> SETS = Set.of(AttributeType.SS, AttributeType.NS, AttributeType.BS);

    private final StatementNames names;
    private final StatementValues values;

    SetTranslator(StatementNames names, StatementValues values) {
        this.names = names;
        this.values = values;
    }

    /** @throws DynamoException validation, when something is assigned that DynamoDB cannot compute */
    List<Clause> clauses(List<StatementSyntax.Change> changes) {
        var byKind = new LinkedHashMap<ClauseKind, List<Action>>();
        for (var change : changes) {
            var action = action(change);
            byKind.computeIfAbsent(action.kind(), _ -> new ArrayList<>()).add(action);
        }
        var clauses = new ArrayList<Clause>();
        byKind.forEach((kind, actions) -> clauses.add(new Clause(kind, List.copyOf(actions))));
        return clauses;
    }

    private Action action(StatementSyntax.Change change) {
        return switch (change) {
            case StatementSyntax.Remove(var target) -> new Action(ClauseKind.REMOVE, names.path(target), null);
            case StatementSyntax.Assign(var target, var value) -> {
                if (value instanceof Expression.Call call && SET_FUNCTIONS.containsKey(call.function())) {
                    yield changeOfSet(target, call);
                }
                yield new Action(ClauseKind.SET, names.path(target), term(value));
            }
        };
    }

    private Action changeOfSet(Expression.Path target, Expression.Call call) {
        var function = call.function().toUpperCase(Locale.ROOT);
        if (call.arguments().size() != 2) {
            throw DynamoException.validation(function + " must have exactly two arguments at " + call.position());
        }
        var first = call.arguments().getFirst();
        if (!(first instanceof Expression.Path(var steps, var _)) || !steps.equals(target.steps())) {
            throw DynamoException.validation(
                    "The first argument to " + function + " must equal the assignment value at " + call.position());
        }
        var kind = SET_FUNCTIONS.getOrDefault(call.function(), ClauseKind.ADD);
        return new Action(kind, names.path(target), names.constant(set(function, call)));
    }

    private AttributeValue set(String function, Expression.Call call) {
        var second = call.arguments().getLast();
        if (StatementValues.isValue(second)) {
            var value = values.of(second);
            if (SETS.contains(value.type())) {
                return value;
            }
        }
        throw DynamoException.validation("The second argument to " + function + " must be a value with type SET at "
                + call.arguments().getFirst().position());
    }

    private Syntax.Operand term(Expression expression) {
        return switch (expression) {
            case Expression.Path path -> names.path(path);
            case Expression.Binary binary -> sum(binary);
            case Expression.Call call -> {
                if (!call.function().equals(FunctionName.LIST_APPEND.text())) {
                    throw WhereTranslator.unrecognized(call);
                }
                var arguments = new ArrayList<Syntax.Operand>();
                for (var argument : call.arguments()) { // no stream where it recurs
                    arguments.add(term(argument));
                }
                yield new Syntax.Call(call.function(), List.copyOf(arguments));
            }
            default -> names.value(expression);
        };
    }

    private Syntax.Operand sum(Expression.Binary binary) {
        var operator = binary.operator();
        if (!operator.equals("+") && !operator.equals("-")) {
            throw DynamoException.validation("Unsupported operator in Update Expression. Operator: " + operator);
        }
        return new Syntax.Sum(operator.equals("+"), term(binary.left()), term(binary.right()));
    }
}
