package dev.evenkeel.expression.partiql;

import dev.evenkeel.expression.partiql.Expression.Step;
import dev.evenkeel.expression.partiql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Expressions, from the operators that bind least to those that bind most: OR, AND, NOT, comparisons (with IN, BETWEEN,
 * LIKE, IS), {@code + - ||}, {@code * / %}, terms.
 */
final class ExpressionParser {
    /**
     * Levels of brackets and NOTs: more than values may have (32), few enough for a small stack, of which each level takes
     * ten frames here.
     */
    private static final int NESTING_MAX = 50;

    private static final Set<String> COMPARATORS = Set.of("=", "<>", "!=", "<", "<=", ">", ">=");
    private static final Set<String> SUMS = Set.of("+", "-", "||");
    private static final Set<String> PRODUCTS = Set.of("*", "/", "%");

    private final TokenReader tokens;
    private final TermParser terms;
    private int depth;

    ExpressionParser(TokenReader tokens) {
        this.tokens = tokens;
        this.terms = new TermParser(tokens, this);
    }

    Expression expression() {
        var first = tokens.peek().position();
        var parts = new ArrayList<Expression>();
        parts.add(conjunction());
        while (acceptInfix("OR")) {
            parts.add(conjunction());
        }
        return parts.size() == 1 ? parts.getFirst() : new Expression.Or(parts, first);
    }

    private Expression conjunction() {
        var first = tokens.peek().position();
        var parts = new ArrayList<Expression>();
        parts.add(negation());
        while (acceptInfix("AND")) {
            parts.add(negation());
        }
        return parts.size() == 1 ? parts.getFirst() : new Expression.And(parts, first);
    }

    private Expression negation() {
        var position = tokens.peek().position();
        if (!tokens.acceptKeyword("NOT")) {
            return comparison();
        }
        enter();
        var negated = new Expression.Not(negation(), position);
        leave();
        return negated;
    }

    private Expression comparison() {
        var left = sum();
        while (true) {
            var token = tokens.peek();
            if (token.kind() == Kind.OPERATOR && COMPARATORS.contains(token.text())) {
                infix();
                left = new Expression.Binary(token.text(), left, sum(), token.position());
            } else if (token.isKeyword("IS")) {
                left = isType(left);
            } else if (token.isKeyword("NOT") && isNegatable(tokens.second())) {
                tokens.next();
                left = new Expression.Not(relation(left), token.position());
            } else if (isNegatable(token)) {
                left = relation(left);
            } else {
                return left;
            }
        }
    }

    private static boolean isNegatable(Token token) {
        return token.isKeyword("IN") || token.isKeyword("BETWEEN") || token.isKeyword("LIKE");
    }

    /** Behind the left operand: IN, BETWEEN or LIKE. */
    private Expression relation(Expression left) {
        var keyword = infix();
        return switch (keyword.text()) {
            case "IN" -> new Expression.In(left, options(), keyword.position());
            case "BETWEEN" -> {
                var low = sum();
                if (!acceptInfix("AND")) {
                    throw Malformed.because("Expected AND after BETWEEN");
                }
                yield new Expression.Between(left, low, sum(), keyword.position());
            }
            default -> new Expression.Like(left, sum(), keyword.position());
        };
    }

    /** {@code [a, b]}, {@code (a, b)} or {@code <<a, b>>}. */
    private List<Expression> options() {
        if (tokens.acceptSign("(")) {
            return list(")");
        }
        var operand = sum();
        return switch (operand) {
            case Expression.Sequence(var elements, var _) -> elements;
            case Expression.Bag(var members, var _) -> members;
            default -> {
                tokens.unsupported("The right-hand side of IN must be a list at " + operand.position());
                yield List.of(operand);
            }
        };
    }

    /** What stands between here and the closing bracket, by commas; takes the bracket. */
    List<Expression> list(String closing) {
        var elements = new ArrayList<Expression>();
        if (tokens.acceptSign(closing)) {
            return elements;
        }
        enter();
        do {
            elements.add(expression());
        } while (tokens.acceptSign(","));
        leave();
        tokens.expectSign(closing, closing);
        return elements;
    }

    private Expression isType(Expression value) {
        var position = tokens.next().position();
        boolean negated = tokens.acceptKeyword("NOT");
        var test = new Expression.IsType(value, TypeNames.read(tokens), position);
        return negated ? new Expression.Not(test, position) : test;
    }

    private Expression sum() {
        var left = product();
        while (tokens.peek().kind() == Kind.OPERATOR
                && SUMS.contains(tokens.peek().text())) {
            var operator = infix();
            left = new Expression.Binary(operator.text(), left, product(), operator.position());
        }
        return left;
    }

    private Expression product() {
        var left = terms.term();
        while (tokens.peek().kind() == Kind.OPERATOR
                && PRODUCTS.contains(tokens.peek().text())) {
            var operator = infix();
            left = new Expression.Binary(operator.text(), left, terms.term(), operator.position());
        }
        return left;
    }

    private boolean acceptInfix(String keyword) {
        if (!tokens.peek().isKeyword(keyword)) {
            return false;
        }
        infix();
        return true;
    }

    /** Takes an operator that stands between two operands. */
    private Token infix() {
        var operator = tokens.next();
        if (tokens.peek().kind() == Kind.END) {
            throw Malformed.because("Missing right-hand side expression of infix operator");
        }
        return operator;
    }

    /** The steps behind the first name of a path. */
    List<Step> steps() {
        return terms.steps();
    }

    void enter() {
        if (++depth > NESTING_MAX) {
            throw Malformed.because("Nesting of more than " + NESTING_MAX + " levels");
        }
    }

    void leave() {
        depth--;
    }
}
