package dev.evenkeel.router;

import dev.evenkeel.api.Operation;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Item;
import java.nio.charset.StandardCharsets;

/** JSON for tests, with single quotes for double ones. */
final class Wire {
    private Wire() {}

    static Operation<?, ?> operation(String name) {
        return Operation.named(name).orElseThrow();
    }

    static <I> I read(Operation<I, ?> operation, String json) {
        return operation.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    /** An item of strings and numbers as JSON. */
    static String json(Item item) {
        var json = new StringBuilder("{");
        item.toMap()
                .forEach((name, value) -> json.append(json.length() == 1 ? "" : ",")
                        .append('\'')
                        .append(name)
                        .append("':")
                        .append(json(value)));
        return json.append('}').toString();
    }

    private static String json(AttributeValue value) {
        return switch (value) {
            case AttributeValue.S s -> "{'S':'" + s.value() + "'}";
            case AttributeValue.N n -> "{'N':'" + n.value() + "'}";
            default -> throw new IllegalArgumentException("not for tests: " + value);
        };
    }
}
