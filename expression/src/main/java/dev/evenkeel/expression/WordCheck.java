package dev.evenkeel.expression;

import dev.evenkeel.expression.FunctionName.Place;
import dev.evenkeel.expression.Syntax.Node;
import java.util.List;

/**
 * The first look at a parsed expression, before any placeholder is replaced: reserved words, list indexes, and functions
 * by name and place, in the order of the text.
 */
final class WordCheck {
    private WordCheck() {}

    static void condition(Node node) {
        switch (node) {
            case Syntax.Or(var parts) -> parts.forEach(WordCheck::condition);
            case Syntax.And(var parts) -> parts.forEach(WordCheck::condition);
            case Syntax.Not(var part) -> condition(part);
            case Syntax.Comparison(var _, var left, var right) -> operands(List.of(left, right), Place.OPERAND);
            case Syntax.Between(var value, var low, var high) -> operands(List.of(value, low, high), Place.OPERAND);
            case Syntax.In(var value, var options) -> {
                operand(value, Place.OPERAND);
                operands(options, Place.OPERAND);
            }
            case Syntax.Test(var call) -> {
                function(call, Place.CONDITION);
                operands(call.arguments(), Place.OPERAND);
            }
        }
    }

    /** The right-hand side of an assignment. */
    static void assigned(Syntax.Operand operand) {
        operand(operand, Place.ASSIGNMENT);
    }

    static void path(Syntax.Path path) {
        for (var step : path.steps()) {
            switch (step) {
                case Syntax.Name name -> {
                    if (!name.isPlaceholder() && ReservedWords.contains(name.text())) {
                        throw new InvalidExpressionException(
                                "Attribute name is a reserved keyword; reserved keyword: " + name.text());
                    }
                }
                case Syntax.Index(var digits) -> {
                    if (digits.length() > 10 || Long.parseLong(digits) > Integer.MAX_VALUE) {
                        throw new InvalidExpressionException(
                                "List index is not within the allowable range; index: [" + digits + "]");
                    }
                }
            }
        }
    }

    private static void operands(List<Syntax.Operand> operands, Place place) {
        operands.forEach(operand -> operand(operand, place));
    }

    private static void operand(Syntax.Operand operand, Place place) {
        switch (operand) {
            case Syntax.Path path -> path(path);
            case Syntax.Value _ -> {}
            case Syntax.Sum(var _, var left, var right) -> operands(List.of(left, right), place);
            case Syntax.Call call -> {
                var function = function(call, place);
                for (var argument : call.arguments()) {
                    // A list_append inside anything is refused; why, only DynamoDB knows.
                    if (function.place() == Place.ASSIGNMENT
                            && argument instanceof Syntax.Call(var inner, var _)
                            && inner.equals(FunctionName.LIST_APPEND.text())) {
                        throw misplaced(FunctionName.LIST_APPEND, "to be used this way in an expression");
                    }
                    operand(argument, place);
                }
            }
        }
    }

    private static FunctionName function(Syntax.Call call, Place place) {
        var function = FunctionName.of(call.function());
        if (function == null) {
            throw new InvalidExpressionException("Invalid function name; function: " + call.function());
        }
        if (function.place() != place) {
            if (place == Place.ASSIGNMENT) {
                throw misplaced(function, "in an update expression");
            }
            throw misplaced(
                    function,
                    function.place() == Place.ASSIGNMENT
                            ? "in a condition expression"
                            : "to be used this way in an expression");
        }
        return function;
    }

    private static InvalidExpressionException misplaced(FunctionName function, String where) {
        return new InvalidExpressionException(
                "The function is not allowed " + where + "; function: " + function.text());
    }
}
