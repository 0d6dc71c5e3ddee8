package dev.evenkeel.api;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Bytes;
import dev.evenkeel.model.DynamoNumber;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Attributes from a seed, and their JSON written the plain way, in any of the forms that JSON allows. */
final class RandomAttributes {
    private static final String[] PIECES = {
        "a", "b", "Z", "0", "\"", "\\", "/", "\n", "\u0001", "é", "€", "\uD83D\uDE00", "\u0000", "\uFFFD", "\u2028"
    };

    private final Random random;

    RandomAttributes(long seed) {
        random = new Random(seed);
    }

    Map<String, AttributeValue> attributes() {
        var attributes = new LinkedHashMap<String, AttributeValue>();
        for (int i = random.nextInt(10); i > 0; i--) {
            attributes.put("n" + text(), value(4));
        }
        return attributes;
    }

    private AttributeValue value(int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 8)) {
            case 0 -> new AttributeValue.S(text());
            case 1 -> new AttributeValue.N(number());
            case 2 -> new AttributeValue.B(bytes());
            case 3 -> new AttributeValue.Bool(random.nextBoolean());
            case 4 -> AttributeValue.Null.VALUE;
            case 5 -> new AttributeValue.SS(several(this::text));
            case 6 -> new AttributeValue.NS(several(this::number));
            case 7 -> new AttributeValue.BS(several(this::bytes));
            case 8 -> {
                var list = new ArrayList<AttributeValue>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(value(depth - 1));
                }
                yield new AttributeValue.L(list);
            }
            default -> {
                var map = new LinkedHashMap<String, AttributeValue>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put("m" + text(), value(depth - 1));
                }
                yield new AttributeValue.M(map);
            }
        };
    }

    private <T> List<T> several(Supplier<T> member) {
        var members = new LinkedHashSet<T>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            members.add(member.get());
        }
        return List.copyOf(members);
    }

    private String text() {
        var text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return random.nextInt(30) == 0 ? text.repeat("long ", 2_000).toString() : text.toString();
    }

    private Bytes bytes() {
        var bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return Bytes.wrap(bytes);
    }

    private DynamoNumber number() {
        return DynamoNumber.parse(
                (random.nextInt(2_000) - 1_000) + "." + random.nextInt(100) + "e" + (random.nextInt(40) - 20));
    }

    /** A map from names to typed values. */
    String json(Map<String, AttributeValue> attributes) {
        return attributes.entrySet().stream()
                .map(entry -> string(entry.getKey()) + space() + ":" + json(entry.getValue()))
                .collect(Collectors.joining("," + space(), "{" + space(), "}"));
    }

    private String json(AttributeValue value) {
        var content = switch (value) {
            case AttributeValue.S s -> string(s.value());
            case AttributeValue.N n -> string(n.value().toString());
            case AttributeValue.B b -> base64(b.value());
            case AttributeValue.Bool b -> String.valueOf(b.value());
            case AttributeValue.Null _ -> "true";
            case AttributeValue.SS set ->
                list(set.value().stream().map(this::string).toList());
            case AttributeValue.NS set ->
                list(set.value().stream().map(n -> string(n.toString())).toList());
            case AttributeValue.BS set ->
                list(set.value().stream().map(RandomAttributes::base64).toList());
            case AttributeValue.L l -> list(l.value().stream().map(this::json).toList());
            case AttributeValue.M m -> json(m.value());
        };
        return "{" + space() + "\"" + value.type() + "\":" + space() + content + space() + "}";
    }

    private static String list(List<String> elements) {
        return elements.stream().collect(Collectors.joining(",", "[", "]"));
    }

    private static String base64(Bytes bytes) {
        return '"' + Base64.getEncoder().encodeToString(bytes.array()) + '"';
    }

    private String space() {
        return random.nextInt(4) == 0 ? " \t\r\n" : "";
    }

    private String string(String text) {
        var out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c < ' ' || c == '"' || c == '\\' || random.nextInt(5) == 0) {
                Character.toString(c).chars().forEach(unit -> out.append(String.format("\\u%04x", unit)));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.append('"').toString();
    }
}
