package dev.evenkeel.expression;

import dev.evenkeel.expression.FunctionName.Place;
import dev.evenkeel.expression.partiql.Expression;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** WHERE as a condition expression says it. */
final class WhereTranslator {
    private static final Set<String> COMPARATORS = Set.of("=", "<>", "<", "<=", ">", ">=");

    /** Types behind IS, as {@code attribute_type} calls them. */
    private static final Map<String, String> TYPES = Map.of(
            "NULL", "NULL",
            "BOOL", "BOOL",
            "BOOLEAN", "BOOL",
            "BLOB", "B",
            "STRING", "S",
            "NUMERIC", "N",
            "STRUCT", "M",
            "TUPLE", "M",
            "LIST", "L");

    private final StatementNames names;

    WhereTranslator(StatementNames names) {
        this.names = names;
    }

    /** @throws DynamoException validation, when it is no condition, or one that DynamoDB does not evaluate */
    Syntax.Node condition(Expression expression) {
        return switch (expression) {
            case Expression.Or(var parts, var _) -> new Syntax.Or(conditions(parts));
            case Expression.And(var parts, var _) -> new Syntax.And(conditions(parts));
            case Expression.Not(var part, var _) -> new Syntax.Not(condition(part));
            case Expression.Binary binary -> comparison(binary);
            case Expression.Between(var value, var low, var high, var _) ->
                new Syntax.Between(operand(value), operand(low), operand(high));
            case Expression.In(var value, var options, var _) -> new Syntax.In(operand(value), operands(options));
            case Expression.IsType is -> isType(is);
            case Expression.Call call -> function(call);
            case Expression.Like _ -> throw unsupported("LIKE");
            default ->
                throw DynamoException.validation(
                        "Expected a condition in the WHERE clause at " + expression.position());
        };
    }

    private List<Syntax.Node> conditions(List<Expression> parts) {
        var nodes = new ArrayList<Syntax.Node>(parts.size());
        for (var part : parts) { // no stream where it recurs: each would take frames of its own
            nodes.add(condition(part));
        }
        return List.copyOf(nodes);
    }

    private Syntax.Node comparison(Expression.Binary binary) {
        var operator = binary.operator().equals("!=") ? "<>" : binary.operator();
        if (!COMPARATORS.contains(operator)) {
            throw unsupported(operator);
        }
        var comparator = Comparator.of(operator);
        var truth = binary.left() instanceof Expression.Truth
                ? comparedTruth(comparator, binary.right(), binary.left())
                : comparedTruth(comparator, binary.left(), binary.right());
        return truth != null
                ? truth
                : new Syntax.Comparison(comparator, operand(binary.left()), operand(binary.right()));
    }

    /** {@code attribute_exists(a) = true}: a function's truth, compared. */
    private Syntax.@Nullable Node comparedTruth(Comparator comparator, Expression function, Expression truth) {
        if (comparator.isOrdering()
                || !(function instanceof Expression.Call call)
                || !(truth instanceof Expression.Truth(var expected, var _))) {
            return null;
        }
        var known = FunctionName.of(call.function());
        if (known == null || known.place() != Place.CONDITION) {
            return null;
        }
        var test = function(call);
        return expected == (comparator == Comparator.EQUAL) ? test : new Syntax.Not(test);
    }

    private Syntax.Node function(Expression.Call call) {
        var known = FunctionName.of(call.function());
        if (known == null || known.place() == Place.ASSIGNMENT) {
            throw unrecognized(call);
        }
        if (known.place() == Place.OPERAND) {
            throw DynamoException.validation("Expected a condition in the WHERE clause at " + call.position());
        }
        return new Syntax.Test(new Syntax.Call(known.text(), operands(call.arguments())));
    }

    static DynamoException unrecognized(Expression.Call call) {
        return DynamoException.validation("Unrecognized function: " + call.function() + " at " + call.position());
    }

    private static DynamoException unsupported(String operator) {
        return DynamoException.validation("Unsupported operator in Condition Expression. Operator: " + operator);
    }

    private Syntax.Node isType(Expression.IsType is) {
        var value = operand(is.value());
        if (is.type().equals("MISSING")) {
            return test(FunctionName.ATTRIBUTE_NOT_EXISTS, List.of(value));
        }
        var type = TYPES.get(is.type());
        if (type == null) {
            throw DynamoException.validation(
                    "Unsupported data type for IS operator: " + is.type()
                            + ". Supported data types are [MISSING, NULL, BOOLEAN, BLOB, STRING, NUMERIC, STRUCT, TUPLE, LIST]");
        }
        return test(FunctionName.ATTRIBUTE_TYPE, List.of(value, names.constant(AttributeValue.of(type))));
    }

    private static Syntax.Node test(FunctionName function, List<Syntax.Operand> arguments) {
        return new Syntax.Test(new Syntax.Call(function.text(), arguments));
    }

    private List<Syntax.Operand> operands(List<Expression> expressions) {
        var operands = new ArrayList<Syntax.Operand>(expressions.size());
        for (var expression : expressions) {
            operands.add(operand(expression));
        }
        return List.copyOf(operands);
    }

    private Syntax.Operand operand(Expression expression) {
        return switch (expression) {
            case Expression.Path path -> names.path(path);
            case Expression.Call call -> {
                if (!call.function().equals(FunctionName.SIZE.text())) {
                    throw unrecognized(call);
                }
                yield new Syntax.Call(call.function(), operands(call.arguments()));
            }
            case Expression.Binary binary -> throw unsupported(binary.operator());
            case Expression.Signed signed -> throw unsupported(signed.operator());
            default -> names.value(expression);
        };
    }
}
