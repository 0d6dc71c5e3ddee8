package dev.evenkeel.expression;

import dev.evenkeel.expression.partiql.Expression;
import dev.evenkeel.expression.partiql.ParsedStatement;
import dev.evenkeel.expression.partiql.StatementSyntax;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Item;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * From the text of a PartiQL statement and its parameters to something that can be run: its WHERE is a {@link Condition},
 * its SET an {@link Update}, evaluated by the same trees as expressions are. What a text parses to is remembered.
 */
public final class Statements {
    /** As many as of each kind of expression. */
    private static final int CACHED_TEXTS_MAX = 1000;

    private static final ParseCache<ParsedStatement> PARSED = new ParseCache<>(CACHED_TEXTS_MAX, ParsedStatement::of);

    private final String text;
    private final List<AttributeValue> parameters;
    private final StatementValues values;

    private Statements(String text, List<AttributeValue> parameters) {
        this.text = text;
        this.parameters = List.copyOf(parameters);
        this.values = new StatementValues(this.parameters);
    }

    /** @throws DynamoException validation, with DynamoDB's words */
    public static Statement bind(String text, List<AttributeValue> parameters) {
        return new Statements(text, parameters).bind();
    }

    /** Whether the statement changes nothing; to be asked before its parameters are looked at. */
    public static boolean isRead(String text) {
        return PARSED.get(text).syntax() instanceof StatementSyntax.Select;
    }

    private Statement bind() {
        var parsed = PARSED.get(text);
        if (parsed.parameters() != parameters.size()) {
            throw DynamoException.validation("Number of parameters in request and statement don't match.");
        }
        return unprefixed(() -> statement(parsed.syntax()));
    }

    /** Messages about expressions open with the parameter that holds them; about statements they do not. */
    private static <T> T unprefixed(Supplier<T> binding) {
        try {
            return binding.get();
        } catch (InvalidExpressionException invalid) {
            throw DynamoException.validation(String.valueOf(invalid.getMessage()));
        }
    }

    private Statement statement(StatementSyntax syntax) {
        return switch (syntax) {
            case StatementSyntax.Select select -> select(select);
            case StatementSyntax.Insert(var source, var item) -> new Statement.Insert(source.table(), item(item));
            case StatementSyntax.Update(var source, var changes, var where, var returning) ->
                new Statement.Change(source.table(), update(changes), where(where), returning);
            case StatementSyntax.Delete(var source, var where, var returning) ->
                new Statement.Delete(source.table(), where(where), returning);
            case StatementSyntax.Exists(var select) -> new Statement.Exists(select(select));
        };
    }

    private Statement.Select select(StatementSyntax.Select select) {
        return new Statement.Select(
                select.source().table(),
                select.source().index(),
                select.columns().isEmpty() ? null : projection(select.columns()),
                where(select.where()),
                select.order().stream().map(Statements::sortOrder).toList());
    }

    private static SortOrder sortOrder(StatementSyntax.Order order) {
        if (order.key() instanceof Expression.Path(var steps, var _)
                && steps.size() == 1
                && steps.getFirst() instanceof Expression.Name(var name)) {
            return new SortOrder(name, order.descending());
        }
        throw DynamoException.validation(
                "Argument to ORDER BY must be a key attribute at " + order.key().position());
    }

    private Item item(Expression item) {
        if (!(item instanceof Expression.Struct struct)) {
            throw new IllegalStateException("the parser lets only structs through");
        }
        var attributes = values.attributes(struct);
        attributes.values().forEach(value -> UpdateRun.checkDepth(value, 0));
        return Item.of(attributes);
    }

    private @Nullable StatementCondition where(@Nullable Expression where) {
        if (where == null) {
            return null;
        }
        var names = new StatementNames(values);
        var node = new WhereTranslator(names).condition(where);
        var scope = names.scope();
        var test = new ConditionBinder(scope).bind(node);
        return new StatementCondition(test, scope.mentions(), text, parameters);
    }

    private Update update(List<StatementSyntax.Change> changes) {
        var names = new StatementNames(values);
        var clauses = new SetTranslator(names, values).clauses(changes);
        var scope = names.scope();
        var actions = new UpdateBinder(scope).bindUnchecked(clauses);
        return new BoundUpdate(actions, scope.mentions().nested(), source(StatementPart.UPDATE));
    }

    private DocumentProjection projection(List<Expression> columns) {
        var names = new StatementNames(values);
        var syntax = columns.stream().map(column -> names.path(path(column))).toList();
        var scope = names.scope();
        var paths = new LinkedHashMap<String, DocumentPath>();
        for (var column : syntax) {
            var path = scope.path(column);
            var name = StatementProjection.nameOf(path);
            if (paths.put(name, path) != null) {
                throw DynamoException.validation("Duplicate identifiers in select clause: " + name);
            }
        }
        return new StatementProjection(paths, scope.mentions(), source(StatementPart.PROJECTION));
    }

    private static Expression.Path path(Expression column) {
        if (column instanceof Expression.Path path) {
            return path;
        }
        throw DynamoException.validation("Unexpected path component at " + column.position());
    }

    private ExpressionSource source(StatementPart part) {
        return new ExpressionSource.Statement(part, text, parameters);
    }
}
