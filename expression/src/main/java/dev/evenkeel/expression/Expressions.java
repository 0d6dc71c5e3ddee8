package dev.evenkeel.expression;

import dev.evenkeel.model.KeySchema;

/** Being built. */
public final class Expressions {
    private Expressions() {}

    public static Condition condition(ExpressionKind kind, String text, Placeholders placeholders) {
        throw new UnsupportedOperationException();
    }

    public static Update update(String text, Placeholders placeholders) {
        throw new UnsupportedOperationException();
    }

    public static DocumentProjection projection(String text, Placeholders placeholders) {
        throw new UnsupportedOperationException();
    }

    public static KeyPredicates keyPredicates(String text, Placeholders placeholders) {
        throw new UnsupportedOperationException();
    }

    public static KeyCondition keyCondition(String text, Placeholders placeholders, KeySchema schema) {
        return keyPredicates(text, placeholders).against(schema);
    }
}
