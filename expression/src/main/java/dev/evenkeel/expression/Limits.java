package dev.evenkeel.expression;

import dev.evenkeel.expression.grammar.ExpressionLexer;
import java.util.ArrayDeque;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** What an expression may not exceed (Developer Guide, "Quotas", "Expression parameters"), and what follows from that. */
final class Limits {
    static final int EXPRESSION_BYTES_MAX = 4096;
    static final int OPERATORS_MAX = 300;
    static final int IN_OPERANDS_MAX = 100;
    static final int PATH_STEPS_MAX = 32;
    static final int PLACEHOLDER_BYTES_MAX = 255;

    /**
     * Parentheses inside parentheses that are parsed. Two pairs around the same thing are refused, so every level needs
     * an operator or a function of its own: 300 operators, or functions at 14 bytes a call, stay below. More can only be
     * an error, and is answered without following it down the stack.
     */
    static final int NESTING_MAX = 301;

    private Limits() {}

    static void checkNesting(List<Token> tokens, FirstError stop) {
        int depth = 0;
        int deepest = 0;
        for (var token : tokens) {
            depth += token.getType() == ExpressionLexer.LEFT ? 1 : token.getType() == ExpressionLexer.RIGHT ? -1 : 0;
            deepest = Math.max(deepest, depth);
        }
        if (deepest <= NESTING_MAX) {
            return;
        }
        checkOperators(tokens);
        var open = new ArrayDeque<Integer>();
        int closedOpening = -1; // of the pair that the token before closed
        for (int i = 0; i < tokens.size(); i++) {
            int type = tokens.get(i).getType();
            int opening = -1;
            if (type == ExpressionLexer.LEFT) {
                open.push(i);
            } else if (type == ExpressionLexer.RIGHT && !open.isEmpty()) {
                opening = open.pop();
                if (opening + 1 == closedOpening && isGrouping(tokens, opening)) {
                    throw ShapeCheck.redundantParentheses();
                }
            }
            closedOpening = opening;
        }
        for (int i = 1; i < tokens.size(); i++) {
            var name = tokens.get(i - 1);
            if (tokens.get(i).getType() == ExpressionLexer.LEFT
                    && name.getType() == ExpressionLexer.IDENTIFIER
                    && FunctionName.of(name.getText()) == null) {
                throw new InvalidExpressionException("Invalid function name; function: " + name.getText());
            }
        }
        throw stop.syntaxErrorAt(tokens.getLast());
    }

    /** Whether a parenthesis stands for itself, not for a call or a list. */
    private static boolean isGrouping(List<Token> tokens, int at) {
        int before = at == 0 ? Token.EOF : tokens.get(at - 1).getType();
        return before != ExpressionLexer.IDENTIFIER && before != ExpressionLexer.IN;
    }

    /** Comparators, BETWEEN, IN, AND, OR, NOT, + and -; functions are not counted (measured on DynamoDB). */
    static void checkOperators(List<Token> tokens) {
        int operators = 0;
        boolean assigns = false; // an update: its = is no operator
        for (var token : tokens) {
            switch (token.getType()) {
                // BETWEEN is counted by the AND it comes with.
                case ExpressionLexer.AND,
                        ExpressionLexer.OR,
                        ExpressionLexer.NOT,
                        ExpressionLexer.IN,
                        ExpressionLexer.NOT_EQUAL,
                        ExpressionLexer.LESS,
                        ExpressionLexer.LESS_OR_EQUAL,
                        ExpressionLexer.GREATER,
                        ExpressionLexer.GREATER_OR_EQUAL,
                        ExpressionLexer.PLUS,
                        ExpressionLexer.MINUS -> operators++;
                case ExpressionLexer.EQUAL -> operators += assigns ? 0 : 1;
                case ExpressionLexer.SET -> assigns = true;
                default -> {}
            }
        }
        if (operators > OPERATORS_MAX) {
            throw new InvalidExpressionException(
                    "The expression contains too many operators; operator count: " + (OPERATORS_MAX + 1));
        }
    }
}
