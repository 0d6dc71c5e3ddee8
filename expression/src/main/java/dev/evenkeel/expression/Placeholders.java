package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Being built. */
public final class Placeholders {
    public Placeholders(@Nullable Map<String, String> names, @Nullable Map<String, AttributeValue> values) {
        this(names, values, Map.of());
    }

    public Placeholders(
            @Nullable Map<String, String> names,
            @Nullable Map<String, AttributeValue> values,
            Map<String, String> valueDefects) {}

    public void checkAllUsed() {}
}
