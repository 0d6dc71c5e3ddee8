package dev.evenkeel.expression.partiql;

import dev.evenkeel.expression.partiql.Expression.Path;
import dev.evenkeel.expression.partiql.StatementSyntax.Assign;
import dev.evenkeel.expression.partiql.StatementSyntax.Change;
import dev.evenkeel.expression.partiql.StatementSyntax.Order;
import dev.evenkeel.expression.partiql.StatementSyntax.Remove;
import dev.evenkeel.expression.partiql.StatementSyntax.Source;
import dev.evenkeel.model.DynamoException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements, clause by clause. */
final class StatementParser {
    private final TokenReader tokens;
    private final ExpressionParser expressions;

    StatementParser(TokenReader tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    static ParsedStatement parse(String text) {
        var tokens = new TokenReader(Lexer.tokens(text));
        var syntax = new StatementParser(tokens, new ExpressionParser(tokens)).statement();
        tokens.finish();
        return new ParsedStatement(syntax, tokens.parameters());
    }

    private StatementSyntax statement() {
        var first = tokens.peek();
        if (first.kind() == Token.Kind.KEYWORD) {
            switch (first.text()) {
                case "SELECT" -> {
                    return select();
                }
                case "INSERT" -> {
                    return insert();
                }
                case "UPDATE" -> {
                    return update();
                }
                case "DELETE" -> {
                    return delete();
                }
                case "FROM" -> {
                    return fromFirst();
                }
                default -> {}
            }
        }
        return bare(expressions.expression());
    }

    /** An expression by itself: a transaction's EXISTS, or nothing that DynamoDB does. */
    private StatementSyntax bare(Expression expression) {
        if (expression instanceof Expression.Call call
                && call.function().equals("exists")
                && call.arguments().size() == 1
                && call.arguments().getFirst() instanceof Expression.Subquery(var select, var _)) {
            return new StatementSyntax.Exists(select);
        }
        tokens.finish();
        throw DynamoException.validation(
                "Unsupported operation: " + expression.getClass().getSimpleName());
    }

    StatementSyntax.Select select() {
        tokens.next();
        if (tokens.peek().isKeyword("DISTINCT") || tokens.peek().isKeyword("VALUE")) {
            tokens.unsupported("Unsupported clause: " + tokens.peek().text() + " at "
                    + tokens.peek().position());
            tokens.next();
        }
        var columns = columns();
        if (!tokens.acceptKeyword("FROM")) {
            throw Malformed.because("Expected FROM");
        }
        var source = selectSource();
        var where = where();
        unsupportedClause("GROUP", "GROUP BY");
        unsupportedClause("HAVING", "HAVING");
        var order = order();
        unsupportedClause("LIMIT", "LIMIT");
        unsupportedClause("OFFSET", "OFFSET");
        return new StatementSyntax.Select(columns, source, where, order);
    }

    private List<Expression> columns() {
        if (tokens.peek().isOperator("*")) {
            tokens.next();
            if (tokens.acceptSign(",")) {
                columns();
                tokens.unsupported("Other attributes should not be present in the projection when '*' is used.");
            }
            return List.of();
        }
        var columns = new ArrayList<Expression>();
        do {
            columns.add(expressions.expression());
            alias();
        } while (tokens.acceptSign(","));
        return columns;
    }

    private void alias() {
        boolean as = tokens.acceptKeyword("AS");
        if (tokens.peek().isName()) {
            tokens.next();
            tokens.unsupported("Aliasing is not supported");
        } else if (as) {
            throw Malformed.because("Expected identifier for alias");
        }
    }

    private Source selectSource() {
        var from = expressions.expression();
        alias();
        if (tokens.acceptSign(",")) {
            do {
                expressions.expression();
                alias();
            } while (tokens.acceptSign(","));
            tokens.unsupported("Only select from a single table or index is supported.");
        }
        if (from instanceof Path path) {
            return source(path);
        }
        tokens.unsupported("Only select from a single table or index is supported.");
        return new Source("", null);
    }

    private Source source(Path path) {
        var names = new ArrayList<String>();
        for (var step : path.steps()) {
            if (step instanceof Expression.Name(var name)) {
                names.add(name);
            } else {
                tokens.unsupported("Unexpected path component at " + path.position());
            }
        }
        if (names.stream().anyMatch(String::isEmpty)) {
            tokens.unsupported("Path component cannot be an empty string");
        } else if (names.size() > 2) {
            tokens.unsupported("A path may contain at most 2 components in the FROM clause");
        }
        return new Source(names.getFirst(), names.size() == 1 ? null : names.get(1));
    }

    private @Nullable Expression where() {
        return tokens.acceptKeyword("WHERE") ? expressions.expression() : null;
    }

    private void unsupportedClause(String keyword, String clause) {
        if (!tokens.acceptKeyword(keyword)) {
            return;
        }
        if (clause.endsWith(" BY")) {
            expectBy();
        }
        do {
            var position = expressions.expression().position();
            tokens.unsupported("Unsupported clause: " + clause + " at " + position);
        } while (tokens.acceptSign(","));
    }

    private void expectBy() {
        if (!tokens.acceptKeyword("BY")) {
            throw Malformed.because("Expected BY");
        }
    }

    private List<Order> order() {
        var order = new ArrayList<Order>();
        if (!tokens.acceptKeyword("ORDER")) {
            return order;
        }
        expectBy();
        do {
            var key = expressions.expression();
            boolean descending = tokens.acceptKeyword("DESC");
            if (!descending) {
                tokens.acceptKeyword("ASC");
            }
            order.add(new Order(key, descending));
        } while (tokens.acceptSign(","));
        return order;
    }

    private StatementSyntax insert() {
        tokens.next();
        if (!tokens.acceptKeyword("INTO")) {
            throw Malformed.because("Expected INTO");
        }
        var path = simplePath();
        boolean isValue = tokens.acceptKeyword("VALUE");
        var item = expressions.expression();
        if (tokens.peek().isKeyword("ON")) {
            tokens.unsupported(
                    "Unsupported clause: ON CONFLICT at " + tokens.peek().position());
            skipConflict();
        }
        if (returning() != null) {
            tokens.unsupported("RETURNING is not supported in INSERT");
        }
        if (path.steps().size() > 1) {
            tokens.unsupported("FROM clause may only contain a single table name in data manipulation statements");
        }
        if (!isValue || !(item instanceof Expression.Struct)) {
            tokens.unsupported("Unsupported format in item expression. Please use struct format {...} to express item "
                    + "values for insert statement.");
        }
        return new StatementSyntax.Insert(source(path), item);
    }

    /** {@code ON CONFLICT [WHERE condition] DO NOTHING}. */
    private void skipConflict() {
        tokens.next();
        if (!tokens.acceptKeyword("CONFLICT")) {
            throw Malformed.because("Expected CONFLICT");
        }
        where();
        if (!tokens.acceptKeyword("DO") || !tokens.acceptKeyword("NOTHING")) {
            throw Malformed.because("Expected DO NOTHING");
        }
    }

    private StatementSyntax update() {
        tokens.next();
        var source = tableToChange();
        var changes = changes();
        var where = where();
        return new StatementSyntax.Update(source, changes, where, returning());
    }

    /** {@code FROM t WHERE … SET …}, the other form of UPDATE. */
    private StatementSyntax fromFirst() {
        tokens.next();
        var source = tableToChange();
        var where = where();
        var changes = changes();
        return new StatementSyntax.Update(source, changes, where, returning());
    }

    /** FROM where a term should start begins such an update, which is no term. */
    DynamoException fromInsideExpression() {
        expressions.enter();
        fromFirst();
        return Malformed.because("Unexpected keyword");
    }

    private StatementSyntax delete() {
        tokens.next();
        if (!tokens.acceptKeyword("FROM")) {
            throw Malformed.because("Expected FROM");
        }
        var source = tableToChange();
        var where = where();
        var returning = returning();
        if (returning != null && returning != Returning.ALL_OLD) {
            tokens.unsupported("Invalid returning clause: RETURNING " + returning.text()
                    + ". Only RETURNING ALL OLD * is allowed in DELETE statements.");
        }
        return new StatementSyntax.Delete(source, where, returning);
    }

    private Source tableToChange() {
        var source = source(simplePath());
        alias();
        if (source.index() != null) {
            tokens.unsupported("This operation is not supported on an index");
        }
        return source;
    }

    /** SET and REMOVE, in any order and number. */
    private List<Change> changes() {
        var changes = new ArrayList<Change>();
        while (true) {
            if (tokens.acceptKeyword("SET")) {
                do {
                    changes.add(assignment());
                } while (tokens.acceptSign(","));
            } else if (tokens.acceptKeyword("REMOVE")) {
                do {
                    changes.add(new Remove(simplePath()));
                } while (tokens.acceptSign(","));
            } else if (changes.isEmpty()) {
                throw Malformed.because("Expected data manipulation");
            } else {
                return changes;
            }
        }
    }

    private Change assignment() {
        var target = simplePath();
        if (!tokens.peek().isOperator("=")) {
            throw Malformed.because("Expected '=' for assignment");
        }
        tokens.next();
        return new Assign(target, expressions.expression());
    }

    private Path simplePath() {
        var name = tokens.peek();
        if (!name.isName()) {
            throw Malformed.because("Expected identifier for simple path");
        }
        tokens.next();
        var steps = new ArrayList<Expression.Step>();
        steps.add(new Expression.Name(name.text()));
        steps.addAll(expressions.steps());
        return new Path(steps, name.position());
    }

    private @Nullable Returning returning() {
        if (!tokens.acceptKeyword("RETURNING")) {
            return null;
        }
        boolean all = tokens.acceptKeyword("ALL");
        if (!all && !tokens.acceptKeyword("MODIFIED")) {
            throw Malformed.because("Expected ALL or MODIFIED");
        }
        boolean old = tokens.acceptKeyword("OLD");
        if (!old && !tokens.acceptKeyword("NEW")) {
            throw Malformed.because("Expected OLD or NEW");
        }
        if (!tokens.peek().isOperator("*")) {
            throw Malformed.because("Expected STAR");
        }
        tokens.next();
        return all
                ? old ? Returning.ALL_OLD : Returning.ALL_NEW
                : old ? Returning.MODIFIED_OLD : Returning.MODIFIED_NEW;
    }
}
