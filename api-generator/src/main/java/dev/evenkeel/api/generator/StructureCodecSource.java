package dev.evenkeel.api.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import software.amazon.smithy.model.shapes.MemberShape;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.model.shapes.StructureShape;

/** The codec of a structure: what reads it, checks it and writes it, as far as it travels that way. */
final class StructureCodecSource {
    private final DynamoDbModel model;
    private final JavaTypes types;
    private final StructureShape structure;
    private final Direction direction;
    private final String name;
    private final Values values;
    private final Checks checks;

    StructureCodecSource(DynamoDbModel model, JavaTypes types, StructureShape structure) {
        this.model = model;
        this.types = types;
        this.structure = structure;
        this.direction = model.direction(structure);
        this.name = Names.of(structure);
        this.values = new Values(model, types);
        this.checks = new Checks(model, types);
    }

    SourceFile source() {
        var out = new SourceFile(SourceFile.CODECS, name + "Codec");
        out.importing(SourceFile.SHAPES + "." + name).importing("java.io.IOException");
        out.add("/** The wire form of {@link " + name + "}. */");
        out.add("final class " + name + "Codec {").add("private " + name + "Codec() {}");
        if (direction.isRead()) {
            addRead(out);
            if (isChecked()) {
                addValidate(out);
            }
        }
        if (direction.isWritten()) {
            addWrite(out);
        }
        out.add("}");
        return out;
    }

    boolean isChecked() {
        return checks.isChecked(structure);
    }

    private void addRead(SourceFile out) {
        out.blank().add("/** From behind the opening brace to the closing one. */");
        out.add("static " + name + " read(JsonIn in) throws IOException {");
        for (var member : structure.members()) {
            var type = types.of(model.target(member), direction);
            out.importing(type.classes()).importing("org.jspecify.annotations.Nullable");
            out.add("@Nullable %s %s = null;".formatted(type.text(), Names.component(member)));
        }
        out.add("for (var name = in.nextName(); name != null; name = in.nextName()) {");
        if (structure.members().isEmpty()) {
            out.add("in.skip();");
        } else {
            out.add("switch (name) {");
            for (var member : structure.members()) {
                var component = Names.component(member);
                out.add("case %s -> %s = %s;"
                        .formatted(
                                Names.literal(member.getMemberName()),
                                component,
                                values.memberRead(model.target(member), component)));
            }
            out.add("default -> in.skip();").add("}");
        }
        out.add("}");
        var arguments = structure.members().stream().map(Names::component).collect(Collectors.joining(", "));
        out.add("return new " + name + "(" + arguments + ");").add("}");
    }

    private void addValidate(SourceFile out) {
        out.blank().add("static void validate(" + name + " value, Path path, Violations violations) {");
        membersInOrder().forEach(member -> checks.add(out, structure, member));
        out.add("}");
    }

    private List<MemberShape> membersInOrder() {
        var ordered = new ArrayList<MemberShape>();
        for (var first : Observed.MEMBER_ORDER.getOrDefault(name, List.of())) {
            ordered.add(structure.getMember(first).orElseThrow());
        }
        structure.members().stream().filter(member -> !ordered.contains(member)).forEach(ordered::add);
        return ordered;
    }

    private void addWrite(SourceFile out) {
        out.blank().add("static void write(" + name + " value, JsonOut out) throws IOException {");
        out.add("out.beginObject();");
        for (var member : structure.members()) {
            var target = model.target(member);
            var component = Names.component(member);
            var wireName = Names.literal(member.getMemberName());
            if (types.hasCodec(target)) {
                out.add("if (value.%s() != null) {".formatted(component)).add("out.name(" + wireName + ");");
                out.add(values.elementWrite(target, "value." + component + "()"))
                        .add("}");
            } else {
                out.add("out.member(%s, value.%s());".formatted(wireName, component));
            }
        }
        out.add("out.endObject();").add("}");
    }

    /** Whether it is the input of an operation on a table. */
    static boolean hasTableName(Shape input) {
        return input.members().stream().anyMatch(member -> Checks.isTableName(member, input));
    }
}
