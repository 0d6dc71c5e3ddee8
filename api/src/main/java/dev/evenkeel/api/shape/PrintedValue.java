package dev.evenkeel.api.shape;

import dev.evenkeel.model.AttributeType;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Item;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Attribute values in the form of DynamoDB's error messages: all ten types by name, nine of them null. */
final class PrintedValue {
    /** In the order of the model. */
    private static final List<AttributeType> TYPES = List.of(
            AttributeType.S,
            AttributeType.N,
            AttributeType.B,
            AttributeType.SS,
            AttributeType.NS,
            AttributeType.BS,
            AttributeType.M,
            AttributeType.L,
            AttributeType.NULL,
            AttributeType.BOOL);

    private PrintedValue() {}

    static String of(Item item) {
        return of(item.toMap());
    }

    static String of(AttributeValue value) {
        return TYPES.stream()
                .map(type -> member(type) + "=" + (type == value.type() ? content(value) : "null"))
                .collect(Collectors.joining(", ", "AttributeValue(", ")"));
    }

    private static String of(Map<String, AttributeValue> attributes) {
        var printed = new LinkedHashMap<String, String>();
        attributes.forEach((name, value) -> printed.put(name, of(value)));
        return printed.toString();
    }

    private static String member(AttributeType type) {
        var name = type.name();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private static String content(AttributeValue value) {
        return switch (value) {
            case AttributeValue.S s -> s.value();
            case AttributeValue.N n -> n.value().toString();
            case AttributeValue.B b -> buffer(b.value().length());
            case AttributeValue.Bool bool -> String.valueOf(bool.value());
            case AttributeValue.Null _ -> "true";
            case AttributeValue.SS set -> set.value().toString();
            case AttributeValue.NS set -> set.value().toString();
            case AttributeValue.BS set ->
                set.value().stream()
                        .map(bytes -> buffer(bytes.length()))
                        .toList()
                        .toString();
            case AttributeValue.L list ->
                list.value().stream().map(PrintedValue::of).toList().toString();
            case AttributeValue.M map -> of(map.value());
        };
    }

    private static String buffer(int length) {
        return "java.nio.HeapByteBuffer[pos=0 lim=" + length + " cap=" + length + "]";
    }
}
