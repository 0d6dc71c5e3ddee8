package dev.evenkeel.expression.partiql;

import dev.evenkeel.expression.partiql.Expression.Step;
import dev.evenkeel.expression.partiql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Terms: literals, parameters, paths, calls, and whatever stands in brackets. */
final class TermParser {
    private final TokenReader tokens;
    private final ExpressionParser expressions;

    TermParser(TokenReader tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    Expression term() {
        var token = tokens.peek();
        return switch (token.kind()) {
            case STRING -> new Expression.Text(tokens.next().text(), token.position());
            case NUMBER -> new Expression.Numeric(tokens.next().text(), token.position());
            case PARAMETER -> {
                tokens.next();
                yield new Expression.Parameter(tokens.nextParameter(), token.position());
            }
            case NAME, QUOTED_NAME -> named();
            case KEYWORD -> keyword();
            case OPERATOR -> signed();
            case SIGN -> bracketed();
            case END -> throw Malformed.because("Unexpected term");
        };
    }

    private Expression named() {
        var name = tokens.next();
        if (name.kind() == Kind.NAME && tokens.peek().isSign("(")) {
            return call(name);
        }
        var path = new ArrayList<Step>();
        path.add(new Expression.Name(name.text()));
        path.addAll(steps());
        return new Expression.Path(path, name.position());
    }

    private Expression call(Token name) {
        tokens.next();
        var function = name.text().toLowerCase(Locale.ROOT);
        if (tokens.peek().isOperator("*") && tokens.second().isSign(")")) {
            var star = tokens.next();
            tokens.next();
            return new Expression.Call(function, List.of(new Expression.Star(star.position())), name.position());
        }
        if (tokens.peek().isKeyword("SELECT")) {
            var select = subquery(tokens.peek().position());
            return new Expression.Call(function, List.of(select), name.position());
        }
        return new Expression.Call(function, expressions.list(")"), name.position());
    }

    /** From SELECT to the closing parenthesis. */
    private Expression subquery(Position position) {
        expressions.enter();
        var select = new StatementParser(tokens, expressions).select();
        expressions.leave();
        tokens.expectSign(")", "RIGHT_PAREN");
        return new Expression.Subquery(select, position);
    }

    private Expression keyword() {
        var token = tokens.peek();
        switch (token.text()) {
            case "TRUE", "FALSE" -> {
                tokens.next();
                return new Expression.Truth(token.text().equals("TRUE"), token.position());
            }
            case "NULL" -> {
                tokens.next();
                return new Expression.Null(token.position());
            }
            case "MISSING" -> {
                tokens.next();
                return new Expression.Missing(token.position());
            }
            case "FROM" -> throw new StatementParser(tokens, expressions).fromInsideExpression();
            default -> {
                if (Keywords.isInfix(token.text())) {
                    throw Malformed.because("Unexpected operator");
                }
                if (!Keywords.mayNameFunction(token.text()) || !tokens.second().isSign("(")) {
                    throw Malformed.because("Unexpected keyword");
                }
                return call(tokens.next());
            }
        }
    }

    /** A minus in front of a number is part of it. */
    private Expression signed() {
        var sign = tokens.next();
        if (!sign.isOperator("-") && !sign.isOperator("+")) {
            throw Malformed.because("Unexpected operator");
        }
        if (tokens.peek().kind() == Kind.END) {
            throw Malformed.because("Unexpected term");
        }
        expressions.enter();
        var operand = term();
        expressions.leave();
        if (operand instanceof Expression.Numeric(var digits, var _) && !digits.startsWith("-")) {
            return new Expression.Numeric(sign.isOperator("-") ? "-" + digits : digits, sign.position());
        }
        return new Expression.Signed(sign.text(), operand, sign.position());
    }

    private Expression bracketed() {
        var position = tokens.peek().position();
        if (tokens.acceptSign("(")) {
            return parenthesised(position);
        }
        if (tokens.acceptSign("[")) {
            return new Expression.Sequence(expressions.list("]"), position);
        }
        if (tokens.acceptSign("<<")) {
            return new Expression.Bag(expressions.list(">>"), position);
        }
        if (tokens.acceptSign("{")) {
            return new Expression.Struct(fields(), position);
        }
        throw Malformed.because("Unexpected term");
    }

    /** One expression, or a list when there are commas. */
    private Expression parenthesised(Position position) {
        if (tokens.peek().isKeyword("SELECT")) {
            return subquery(position);
        }
        expressions.enter();
        var first = expressions.expression();
        if (!tokens.acceptSign(",")) {
            expressions.leave();
            tokens.expectSign(")", "RIGHT_PAREN");
            return first;
        }
        var elements = new ArrayList<Expression>();
        elements.add(first);
        elements.addAll(expressions.list(")"));
        expressions.leave();
        return new Expression.Sequence(elements, position);
    }

    private List<Expression.Field> fields() {
        var fields = new ArrayList<Expression.Field>();
        if (tokens.acceptSign("}")) {
            return fields;
        }
        expressions.enter();
        do {
            var key = expressions.expression();
            tokens.expectSign(":", "COLON");
            fields.add(new Expression.Field(key, expressions.expression()));
        } while (tokens.acceptSign(","));
        expressions.leave();
        tokens.expectSign("}", "RIGHT_CURLY");
        return fields;
    }

    /** What follows the first name of a path: {@code .name}, {@code [1]}, {@code ['name']}. */
    List<Step> steps() {
        var steps = new ArrayList<Step>();
        while (true) {
            if (tokens.acceptSign(".")) {
                if (!tokens.peek().isName()) {
                    throw Malformed.because("Invalid path dot component");
                }
                steps.add(new Expression.Name(tokens.next().text()));
            } else if (tokens.acceptSign("[")) {
                steps.add(bracketStep());
                tokens.expectSign("]", "RIGHT_BRACKET");
            } else {
                return steps;
            }
        }
    }

    private Step bracketStep() {
        var token = tokens.next();
        if (token.kind() == Kind.STRING) {
            return new Expression.Name(token.text());
        }
        if (token.kind() != Kind.NUMBER || !token.text().chars().allMatch(Character::isDigit)) {
            throw Malformed.because("Unexpected path component");
        }
        return new Expression.Index(index(token.text()));
    }

    private int index(String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException _) {
            tokens.unsupported("List index is not within the allowable range; index: [" + digits + "]");
            return 0;
        }
    }
}
