package dev.evenkeel.expression;

import dev.evenkeel.model.KeySchema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Being built. */
public final class Legacy {
    private Legacy() {}

    public static Condition expected(Map<String, Expected> expected, @Nullable String conditionalOperator) {
        throw new UnsupportedOperationException();
    }

    public static Condition filter(Map<String, LegacyComparison> filter, @Nullable String conditionalOperator) {
        throw new UnsupportedOperationException();
    }

    public static Update update(Map<String, AttributeUpdate> updates) {
        throw new UnsupportedOperationException();
    }

    public static KeyPredicates keyPredicates(Map<String, LegacyComparison> conditions) {
        throw new UnsupportedOperationException();
    }

    public static KeyCondition keyCondition(Map<String, LegacyComparison> conditions, KeySchema schema) {
        return keyPredicates(conditions).against(schema);
    }

    public static DocumentProjection attributesToGet(List<String> names) {
        throw new UnsupportedOperationException();
    }
}
