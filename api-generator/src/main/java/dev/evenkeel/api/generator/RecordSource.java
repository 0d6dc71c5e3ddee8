package dev.evenkeel.api.generator;

import dev.evenkeel.api.generator.JavaTypes.JavaType;
import java.util.List;
import java.util.stream.Collectors;
import software.amazon.smithy.model.shapes.MemberShape;
import software.amazon.smithy.model.shapes.StructureShape;
import software.amazon.smithy.model.traits.RequiredTrait;

/** The record of a structure: its members in the model's order, all of them nullable, and a builder. */
final class RecordSource {
    private final DynamoDbModel model;
    private final JavaTypes types;
    private final Direction direction;
    private final List<MemberShape> members;
    private final String name;

    RecordSource(DynamoDbModel model, JavaTypes types, StructureShape structure) {
        this.model = model;
        this.types = types;
        this.direction = model.direction(structure);
        this.members = List.copyOf(structure.members());
        this.name = Names.of(structure);
    }

    SourceFile source() {
        var out = new SourceFile(SourceFile.SHAPES, name);
        addHeader(out);
        if (members.isEmpty()) {
            out.add("public record " + name + "() {}");
            return out;
        }
        out.importing("org.jspecify.annotations.Nullable");
        members.forEach(member -> out.importing(type(member).classes()));
        out.add("public record " + name + "(");
        for (int i = 0; i < members.size(); i++) {
            var end = i == members.size() - 1 ? "" : ",";
            out.add("@Nullable " + typeText(members.get(i)) + " " + component(members.get(i)) + end);
        }
        out.add(") {");
        addFactories(out);
        if (direction.isRead()) {
            addToString(out);
        }
        addBuilder(out);
        out.add("}");
        return out;
    }

    private JavaType type(MemberShape member) {
        return types.of(model.target(member), direction);
    }

    private String typeText(MemberShape member) {
        return type(member).text();
    }

    private static String component(MemberShape member) {
        return Names.component(member);
    }

    private void addHeader(SourceFile out) {
        out.add("/**");
        out.add("* {@code %s} of the DynamoDB API, %s. A member that is not given is null.".formatted(name, purpose()));
        if (!members.isEmpty()) {
            out.add("*");
        }
        for (var member : members) {
            out.add("* @param %s a {@code %s}, %s"
                    .formatted(
                            component(member),
                            Names.of(model.target(member)),
                            member.hasTrait(RequiredTrait.class) ? "required" : "or null"));
        }
        out.add("*/");
    }

    private String purpose() {
        return switch (direction) {
            case REQUEST -> "part of requests";
            case ANSWER -> "part of answers";
            case BOTH -> "part of requests and answers";
        };
    }

    private void addFactories(SourceFile out) {
        out.blank()
                .add("public static Builder builder() {")
                .add("return new Builder();")
                .add("}");
        out.blank().add("/** A builder that holds what this one has. */");
        out.add("public Builder toBuilder() {").add("var builder = new Builder();");
        members.forEach(member -> out.add("builder.%s = %s;".formatted(component(member), component(member))));
        out.add("return builder;").add("}");
    }

    private void addToString(SourceFile out) {
        out.blank().add("/** As DynamoDB prints it in the message of a validation error. */");
        out.add("@Override").add("public String toString() {");
        var parts = members.stream()
                .map(member -> "%s=\" + %s".formatted(Names.path(member), component(member)))
                .collect(Collectors.joining(" + \", ", "return \"" + name + "(", " + \")\";"));
        out.add(parts).add("}");
    }

    private void addBuilder(SourceFile out) {
        out.blank().add("/** Collects the members of a {@link " + name + "}; for one thread. */");
        out.add("public static final class Builder {");
        members.forEach(member -> out.add("private @Nullable " + typeText(member) + " " + component(member) + ";"));
        out.blank().add("private Builder() {}");
        for (var member : members) {
            var component = component(member);
            out.blank().add("public Builder %s(@Nullable %s %s) {".formatted(component, typeText(member), component));
            out.add("this.%s = %s;".formatted(component, component))
                    .add("return this;")
                    .add("}");
        }
        out.blank().add("public " + name + " build() {");
        var arguments = members.stream().map(RecordSource::component).collect(Collectors.joining(", "));
        out.add("return new " + name + "(" + arguments + ");").add("}").add("}");
    }
}
