package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random values out of so few that equal ones meet. */
final class TestValues {
    static final List<String> NAMES = List.of("a", "b", "c", "d");

    private TestValues() {}

    static <T> T oneOf(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    static String string(Random random) {
        return oneOf(random, List.of("", "x", "xy", "y", "\u00FC", "\uD83D\uDE00", "\uFFFD"));
    }

    static AttributeValue value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 8)) {
            case 0, 1 -> Given.s(string(random));
            case 2, 3 -> Given.n(oneOf(random, List.of("0", "1", "2", "-1", "1.5", "1e20")));
            case 4 -> random.nextBoolean() ? Given.b(random.nextInt(3)) : Given.b(random.nextInt(3), 1);
            case 5 -> Given.bool(random.nextBoolean());
            case 6 -> Given.nul();
            case 7 ->
                switch (random.nextInt(3)) {
                    case 0 -> Given.ss("x", string(random));
                    case 1 -> Given.ns(1, random.nextInt(3));
                    default -> Given.bs(1, random.nextInt(3));
                };
            case 8 -> new AttributeValue.M(attributes(random, depth - 1));
            default -> {
                var elements = new ArrayList<AttributeValue>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    elements.add(value(random, depth - 1));
                }
                yield new AttributeValue.L(elements);
            }
        };
    }

    static Map<String, AttributeValue> attributes(Random random) {
        return attributes(random, 2);
    }

    private static Map<String, AttributeValue> attributes(Random random, int depth) {
        var attributes = new LinkedHashMap<String, AttributeValue>();
        for (var name : NAMES) {
            if (random.nextInt(3) > 0) {
                attributes.put(name, value(random, depth));
            }
        }
        return attributes;
    }
}
