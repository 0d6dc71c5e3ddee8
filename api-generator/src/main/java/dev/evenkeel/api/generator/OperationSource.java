package dev.evenkeel.api.generator;

import java.util.stream.Collectors;
import software.amazon.smithy.model.shapes.OperationShape;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.model.traits.UnitTypeTrait;

/** One class for each operation, loaded when it is first called, and the registry that finds them by name. */
final class OperationSource {
    private static final String REGISTRY = "Operations";

    private OperationSource() {}

    static SourceFile of(DynamoDbModel model, OperationShape operation) {
        var name = Names.of(operation);
        var input = model.shape(operation.getInputShape());
        var output = model.shape(operation.getOutputShape());
        var in = Names.of(input);
        var answer = output.hasTrait(UnitTypeTrait.class) ? "NoOutput" : Names.of(output);
        var out = new SourceFile(SourceFile.CODECS, name + "Operation");
        out.importing(SourceFile.SHAPES + "." + in).importing(SourceFile.SHAPES + "." + answer);
        out.importing("java.io.IOException");
        out.add("/** The wire form of {@code " + name + "}. */");
        out.add("final class %sOperation extends OperationCodec<%s, %s> {".formatted(name, in, answer));
        out.add("static final Operation<%s, %s> OPERATION = new Operation<>(%s, %s, new %sOperation());"
                .formatted(in, answer, Names.literal(name), DynamoDbModel.isOfStreams(operation), name));
        out.blank().add("@Override").add(in + " read(JsonIn in) throws IOException {");
        out.add("return %sCodec.read(in);".formatted(in)).add("}");
        out.blank().add("@Override").add("void validate(" + in + " input, Violations violations) {");
        addTableName(out, input, name);
        if (new StructureCodecSource(
                        model, new JavaTypes(model), input.asStructureShape().orElseThrow())
                .isChecked()) {
            out.add(in + "Codec.validate(input, Path.ROOT, violations);");
        }
        out.add("}");
        out.blank().add("@Override").add("void write(" + answer + " output, JsonOut out) throws IOException {");
        if (!answer.equals("NoOutput")) {
            out.add(answer + "Codec.write(output, out);");
        }
        out.add("}").add("}");
        return out;
    }

    private static void addTableName(SourceFile out, Shape input, String operation) {
        if (StructureCodecSource.hasTableName(input)) {
            var rule = Observed.TABLE_NAME_RULE.getOrDefault(operation, Observed.TABLE_NAME_RULE_DEFAULT);
            out.add("TableNameRule." + rule + ".check(input.tableName());");
        }
    }

    static SourceFile registry(DynamoDbModel model) {
        var names = model.operations().stream().map(Names::of).toList();
        var out = new SourceFile(SourceFile.CODECS, REGISTRY)
                .importing("java.util.List")
                .importing("org.jspecify.annotations.Nullable");
        out.add("/** The operations of the model by name; finding one loads the classes of that one only. */");
        out.add("final class " + REGISTRY + " {");
        out.add("static final List<String> NAMES = List.of("
                + names.stream().map(Names::literal).collect(Collectors.joining(", ")) + ");");
        out.blank().add("private " + REGISTRY + "() {}");
        out.blank().add("static @Nullable Operation<?, ?> named(String name) {").add("return switch (name) {");
        names.forEach(name -> out.add("case %s -> %sOperation.OPERATION;".formatted(Names.literal(name), name)));
        out.add("default -> null;").add("};").add("}").add("}");
        return out;
    }
}
