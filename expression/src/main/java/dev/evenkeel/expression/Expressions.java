package dev.evenkeel.expression;

import dev.evenkeel.expression.Syntax.Clause;
import dev.evenkeel.expression.Syntax.Node;
import dev.evenkeel.expression.Syntax.Path;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.Utf8;
import java.util.List;
import java.util.function.Function;

/**
 * From the text of an expression to something that can be evaluated. What a text parses to is remembered; binding checks
 * everything that can be checked without an item: reserved words, placeholders, functions and their operands, paths.
 *
 * <p>All methods throw {@link DynamoException} validation with DynamoDB's words. They bind nothing that is unused:
 * {@link Placeholders#checkAllUsed} is for the caller, after the last expression of the request.
 */
public final class Expressions {
    /** Texts of each kind that are kept parsed: far more than an application has, and a few megabytes at most. */
    private static final int CACHED_TEXTS_MAX = 1000;

    private static final ParseCache<Node> CONDITIONS = new ParseCache<>(CACHED_TEXTS_MAX, SyntaxReader::condition);
    private static final ParseCache<List<Path>> PROJECTIONS =
            new ParseCache<>(CACHED_TEXTS_MAX, SyntaxReader::projection);
    private static final ParseCache<List<Clause>> UPDATES = new ParseCache<>(CACHED_TEXTS_MAX, SyntaxReader::update);

    private Expressions() {}

    /** @param kind {@code CONDITION} or {@code FILTER}, for messages */
    public static Condition condition(ExpressionKind kind, String text, Placeholders placeholders) {
        return bind(kind, text, placeholders, scope -> {
            var node = CONDITIONS.get(text);
            WordCheck.condition(node);
            var test = new ConditionBinder(scope).bind(node);
            return new BoundCondition(test, scope.mentions(), scope.source(kind, text));
        });
    }

    public static Update update(String text, Placeholders placeholders) {
        return bind(ExpressionKind.UPDATE, text, placeholders, scope -> {
            var actions = new UpdateBinder(scope).bind(UPDATES.get(text));
            return new BoundUpdate(actions, scope.mentions().nested(), scope.source(ExpressionKind.UPDATE, text));
        });
    }

    public static DocumentProjection projection(String text, Placeholders placeholders) {
        return bind(ExpressionKind.PROJECTION, text, placeholders, scope -> {
            var syntax = PROJECTIONS.get(text);
            syntax.forEach(WordCheck::path);
            var paths = syntax.stream().map(scope::path).toList();
            PathOverlap.check(paths);
            return new BoundProjection(
                    ProjectionTree.of(paths), scope.mentions(), scope.source(ExpressionKind.PROJECTION, text));
        });
    }

    /** A key condition as far as it can be checked without the key. */
    public static KeyPredicates keyPredicates(String text, Placeholders placeholders) {
        var kind = ExpressionKind.KEY_CONDITION;
        var test = bind(kind, text, placeholders, scope -> {
            var node = CONDITIONS.get(text);
            WordCheck.condition(node);
            return new ConditionBinder(scope).bind(node);
        });
        return new KeyPredicateReader().read(test);
    }

    public static KeyCondition keyCondition(String text, Placeholders placeholders, KeySchema schema) {
        return keyPredicates(text, placeholders).against(schema);
    }

    private static <T> T bind(ExpressionKind kind, String text, Placeholders placeholders, Function<Scope, T> binding) {
        try {
            checkSize(text);
            return binding.apply(new Scope(placeholders));
        } catch (InvalidExpressionException invalid) {
            throw invalid.in(kind);
        }
    }

    private static void checkSize(String text) {
        if (text.isEmpty()) {
            throw new InvalidExpressionException("The expression can not be empty;");
        }
        int bytes = Utf8.length(text);
        if (bytes > Limits.EXPRESSION_BYTES_MAX) {
            throw new InvalidExpressionException(
                    "Expression size has exceeded the maximum allowed size; expression size: " + bytes);
        }
    }
}
