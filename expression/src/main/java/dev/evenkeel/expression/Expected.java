package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One entry of {@code Expected}: its members as the request has them, null where it has none. */
public record Expected(
        @Nullable Boolean exists,
        @Nullable AttributeValue value,
        @Nullable String operator,
        @Nullable List<AttributeValue> values) {
    public Expected {
        values = values == null ? null : List.copyOf(values);
    }
}
