package dev.evenkeel.api.generator;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import software.amazon.smithy.model.shapes.Shape;

/** The values of an enum as string constants, and as a list in the order in which DynamoDB prints them. */
final class EnumSource {
    private EnumSource() {}

    static SourceFile of(Shape shape) {
        var name = Names.of(shape);
        var values =
                List.copyOf(shape.asEnumShape().orElseThrow().getEnumValues().values());
        var printed = Observed.ENUM_ORDER.getOrDefault(name, values);
        if (!List.copyOf(values).containsAll(printed) || printed.size() != values.size()) {
            throw new IllegalStateException(name + " has other values than were observed: " + values);
        }
        var out = new SourceFile(SourceFile.SHAPES, name).importing("java.util.List");
        out.add("/** The values that a {@code " + name + "} may have. */");
        out.add("public final class " + name + " {");
        values.forEach(
                value -> out.add("public static final String %s = %s;".formatted(field(value), Names.literal(value))));
        out.blank().add("/** All of them, in the order in which DynamoDB names them. */");
        out.add("public static final List<String> VALUES = List.of("
                + printed.stream().map(EnumSource::field).collect(Collectors.joining(", ")) + ");");
        out.blank().add("private " + name + "() {}").add("}");
        return out;
    }

    /** Values are words in capitals, or as {@code ConditionalCheckFailed}. */
    private static String field(String value) {
        return value.equals(value.toUpperCase(Locale.ROOT)) ? value : Names.constant(value);
    }
}
