package dev.evenkeel.verify.model;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Attribute values to DynamoDB's JSON and back. Reading is strict: an answer must be in the one form DynamoDB gives. */
final class WireValues {
    private WireValues() {}

    static Map<String, Object> ofItem(Map<String, Value> item) {
        var tree = new LinkedHashMap<String, Object>();
        item.forEach((name, value) -> tree.put(name, of(value)));
        return tree;
    }

    static Map<String, Object> of(Value value) {
        Object content = switch (value) {
            case Value.S s -> s.text();
            case Value.N n -> n.number().toString(); // now and then with an exponent, which must not come back
            case Value.B b -> base64(b.bytes());
            case Value.Bool b -> b.value();
            case Value.Null _ -> true;
            case Value.SS ss -> List.copyOf(ss.members());
            case Value.NS ns ->
                ns.members().stream().map(BigDecimal::toPlainString).toList();
            case Value.BS bs -> bs.members().stream().map(WireValues::base64).toList();
            case Value.L l -> l.elements().stream().map(WireValues::of).toList();
            case Value.M m -> ofItem(m.entries());
        };
        return Map.of(value.type(), content);
    }

    private static String base64(String bytes) {
        return Base64.getEncoder().encodeToString(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Map<String, Value> toItem(Object tree) {
        var item = new TreeMap<String, Value>();
        Wire.asObject(tree).forEach((name, value) -> item.put(name, toValue(value)));
        return item;
    }

    static Value toValue(Object tree) {
        var object = Wire.asObject(tree);
        if (object.size() != 1) {
            throw new AssertionError("not one type in " + tree);
        }
        var entry = object.entrySet().iterator().next();
        var content = entry.getValue();
        return switch (entry.getKey()) {
            case "S" -> new Value.S((String) content);
            case "N" -> new Value.N(number(content));
            case "B" -> new Value.B(bytes(content));
            case "BOOL" -> new Value.Bool((Boolean) content);
            case "NULL" -> new Value.Null();
            case "SS" -> new Value.SS(set(content, String.class::cast));
            case "NS" -> new Value.NS(set(content, WireValues::number));
            case "BS" -> new Value.BS(set(content, WireValues::bytes));
            case "L" ->
                new Value.L(
                        Wire.asList(content).stream().map(WireValues::toValue).toList());
            case "M" -> new Value.M(toItem(content));
            default -> throw new AssertionError("no type " + entry.getKey());
        };
    }

    private static <T> Set<T> set(Object content, Function<Object, T> member) {
        var members = Wire.asList(content).stream().map(member).collect(Collectors.toCollection(LinkedHashSet::new));
        if (members.isEmpty() || members.size() != Wire.asList(content).size()) {
            throw new AssertionError("a set that is empty or names a member twice: " + content);
        }
        return members;
    }

    private static BigDecimal number(Object content) {
        var number = new BigDecimal((String) content);
        if (!number.stripTrailingZeros().toPlainString().equals(content)) {
            throw new AssertionError("a number not in its plain form: " + content);
        }
        return number.stripTrailingZeros();
    }

    private static String bytes(Object content) {
        return new String(Base64.getDecoder().decode((String) content), StandardCharsets.ISO_8859_1);
    }
}
