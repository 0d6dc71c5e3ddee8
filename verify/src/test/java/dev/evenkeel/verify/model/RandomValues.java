package dev.evenkeel.verify.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keys and attribute values from few enough choices that they meet again, with the edges among them. */
final class RandomValues {
    static final List<String> SCALAR_TYPES = List.of("S", "N", "B");

    /** Attribute names and the types they usually have. */
    static final Map<String, String> ATTRIBUTES = new TreeMap<>(Map.ofEntries(
            Map.entry("s1", "S"),
            Map.entry("n1", "N"),
            Map.entry("b1", "B"),
            Map.entry("n2", "N"),
            Map.entry("s2", "S"),
            Map.entry("flag", "BOOL"),
            Map.entry("nothing", "NULL"),
            Map.entry("ss", "SS"),
            Map.entry("ns", "NS"),
            Map.entry("bs", "BS"),
            Map.entry("list", "L"),
            Map.entry("map", "M"),
            Map.entry("mix", ""),
            Map.entry("late", "S"),
            Map.entry("data", "S")));

    private static final Set<String> INDEX_KEYS = Set.of("s1", "n1", "b1", "n2");
    private static final List<String> TEXTS = List.of("a", "ab", "abc", "b", "ba", "Z", "é", "日本", "😀", "a b");
    private static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "-1",
            "2",
            "10",
            "0.5",
            "-3.25",
            "1000",
            "1E+20",
            "-1E-20",
            "123456789012345678901234567890.12345678",
            "9.9999999999999999999999999999999999999E+125",
            "1E-130");
    private static final List<String> BYTES =
            List.of("\u0000", "\u0000\u0001", "a", "ab", "\u007f", "\u0080", "\u00ff", "\u00ff\u00ff");
    private static final int DIGITS_MAX = 38;
    private static final int KEYS = 8;
    private static final int HASH_KEYS = 4;

    /** Eight such items fill a page, and two fit under the limit for an item and its copies in local indexes. */
    private static final int LARGE_BYTES = 125_000;

    private final RandomGenerator random;
    private final boolean large;

    /** @param large whether items should be large enough to fill pages */
    RandomValues(RandomGenerator random, boolean large) {
        this.random = random;
        this.large = large;
    }

    boolean percent(int chance) {
        return random.nextInt(100) < chance;
    }

    <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** One of the few values that partition keys of that type have. */
    Value hashKey(String type) {
        return key(type, large ? 2 : HASH_KEYS);
    }

    /** One of the not so few values that sort keys and index keys of that type have. */
    Value key(String type) {
        return key(type, KEYS);
    }

    private Value key(String type, int choices) {
        return switch (type) {
            case "S" -> new Value.S(one(TEXTS.subList(0, choices)));
            case "N" -> new Value.N(new BigDecimal(one(NUMBERS.subList(0, choices))));
            default -> new Value.B(one(BYTES.subList(0, choices)));
        };
    }

    /** How often an item has the attribute that makes it large. */
    int dataPercent() {
        return large ? 90 : 25;
    }

    /** A value for the attribute of that name: nearly always of its usual type. */
    Value attribute(String name) {
        if (name.equals("data")) {
            return new Value.S(text(large ? LARGE_BYTES + random.nextInt(LARGE_BYTES / 2) : random.nextInt(6000)));
        }
        if (name.equals("late")) { // always fit for a key: an index on it may come any time
            return hashKey("S");
        }
        var type = ATTRIBUTES.getOrDefault(name, "");
        if (type.isEmpty() || percent(2)) {
            return any(2);
        }
        if (INDEX_KEYS.contains(name) && percent(60)) {
            return random.nextBoolean() ? hashKey(type) : key(type);
        }
        return ofType(type, 2);
    }

    Value scalar() {
        return ofType(one(SCALAR_TYPES), 0);
    }

    Value any(int depth) {
        return ofType(
                one(List.of(
                        "S", "N", "B", "BOOL", "NULL", "SS", "NS", "BS", depth > 0 ? "L" : "S", depth > 0 ? "M" : "N")),
                depth);
    }

    Value ofType(String type, int depth) {
        return switch (type) {
            case "S" -> percent(3) ? new Value.S("") : new Value.S(one(TEXTS));
            case "N" -> new Value.N(number());
            case "B" -> percent(3) ? new Value.B("") : new Value.B(one(BYTES));
            case "BOOL" -> new Value.Bool(random.nextBoolean());
            case "NULL" -> new Value.Null();
            case "SS" -> new Value.SS(set(() -> one(TEXTS)));
            case "NS" -> new Value.NS(set(this::number));
            case "BS" -> new Value.BS(set(() -> one(BYTES)));
            case "L" ->
                new Value.L(Stream.generate(() -> any(depth - 1))
                        .limit(random.nextInt(4))
                        .toList());
            case "M" -> new Value.M(map(depth));
            default -> throw new IllegalArgumentException(type);
        };
    }

    private Map<String, Value> map(int depth) {
        var map = new TreeMap<String, Value>();
        for (var name : List.of("x", "y", "z")) {
            if (percent(60)) {
                map.put(name, any(depth - 1));
            }
        }
        return map;
    }

    private <T> Set<T> set(Supplier<T> member) {
        return Stream.generate(member)
                .limit(1 + random.nextInt(3))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    BigDecimal number() {
        if (percent(60)) {
            return BigDecimal.valueOf(random.nextInt(-20, 21));
        }
        if (percent(50)) {
            return new BigDecimal(one(NUMBERS)).stripTrailingZeros();
        }
        var digits = new BigInteger(text(1 + random.nextInt(DIGITS_MAX - 1)).replaceAll("\\D", "") + "7");
        var number = new BigDecimal(digits, random.nextInt(-20, 60)).stripTrailingZeros();
        return random.nextBoolean() ? number : number.negate();
    }

    /** Letters and digits. */
    String text(int length) {
        var out = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            out.append(Character.forDigit(random.nextInt(Character.MAX_RADIX), Character.MAX_RADIX));
        }
        return out.toString();
    }
}
