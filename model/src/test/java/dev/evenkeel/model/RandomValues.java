package dev.evenkeel.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Attribute values of every type and shape, from a seed. */
final class RandomValues {
    private static final String[] PIECES = {"a", "b", "Z", "", "0", "é", "€", "\uD83D\uDE00", "\u0000", "\uFFFD"};

    private RandomValues() {}

    static Map<String, AttributeValue> attributes(Random random, int most) {
        var attributes = new LinkedHashMap<String, AttributeValue>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            attributes.put("n" + text(random), value(random, 3));
        }
        return attributes;
    }

    static AttributeValue value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 8)) {
            case 0 -> new AttributeValue.S(text(random));
            case 1 -> new AttributeValue.N(number(random));
            case 2 -> new AttributeValue.B(bytes(random));
            case 3 -> new AttributeValue.Bool(random.nextBoolean());
            case 4 -> AttributeValue.Null.VALUE;
            case 5 -> new AttributeValue.SS(several(random, () -> text(random)));
            case 6 -> new AttributeValue.NS(several(random, () -> number(random)));
            case 7 -> new AttributeValue.BS(several(random, () -> bytes(random)));
            case 8 -> new AttributeValue.L(list(random, depth));
            default -> new AttributeValue.M(map(random, depth));
        };
    }

    private static List<AttributeValue> list(Random random, int depth) {
        var list = new ArrayList<AttributeValue>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(value(random, depth - 1));
        }
        return list;
    }

    private static Map<String, AttributeValue> map(Random random, int depth) {
        var map = new LinkedHashMap<String, AttributeValue>();
        for (int i = random.nextInt(4); i > 0; i--) {
            map.put(text(random), value(random, depth - 1));
        }
        return map;
    }

    private static <T> List<T> several(Random random, Supplier<T> member) {
        var members = new ArrayList<T>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            members.add(member.get());
        }
        return members;
    }

    static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        if (random.nextInt(20) == 0) {
            text.repeat("x", 200);
        }
        return text.toString();
    }

    static Bytes bytes(Random random) {
        var bytes = new byte[random.nextInt(6)];
        random.nextBytes(bytes);
        if (bytes.length > 0 && random.nextInt(3) == 0) {
            bytes[random.nextInt(bytes.length)] = 0;
        }
        return Bytes.wrap(bytes);
    }

    static DynamoNumber number(Random random) {
        return DynamoNumber.parse(
                (random.nextInt(2_000) - 1_000) + "." + random.nextInt(100) + "e" + (random.nextInt(40) - 20));
    }
}
