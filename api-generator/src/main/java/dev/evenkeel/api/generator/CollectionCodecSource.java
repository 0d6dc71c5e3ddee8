package dev.evenkeel.api.generator;

import software.amazon.smithy.model.shapes.Shape;

/** The codec of a list or map that is met in structures or in other lists and maps. */
final class CollectionCodecSource {
    private final DynamoDbModel model;
    private final JavaTypes types;
    private final Shape shape;
    private final Shape element;
    private final Direction direction;
    private final String type;
    private final Values values;

    CollectionCodecSource(DynamoDbModel model, JavaTypes types, Shape shape) {
        this.model = model;
        this.types = types;
        this.shape = shape;
        this.element = model.element(shape);
        this.direction = model.direction(shape);
        this.type = types.of(shape, direction).text();
        this.values = new Values(model, types);
    }

    SourceFile source() {
        var name = Names.of(shape);
        var out = new SourceFile(SourceFile.CODECS, name + "Codec");
        out.importing(types.of(shape, direction).classes());
        out.add("/** The wire form of the %s {@code %s}. */".formatted(shape.isListShape() ? "list" : "map", name));
        out.add("final class " + name + "Codec {").add("private " + name + "Codec() {}");
        if (direction.isRead()) {
            out.importing("java.io.IOException").importing("java.util.Collections");
            addRead(out);
            if (isChecked()) {
                addValidate(out);
            }
        }
        if (direction.isWritten()) {
            out.importing("java.io.IOException");
            addWrite(out);
        }
        out.add("}");
        return out;
    }

    private void addRead(SourceFile out) {
        var elementType = types.of(element, direction).text();
        out.blank().add("static " + type + " read(JsonIn in) throws IOException {");
        if (shape.isListShape()) {
            out.importing("java.util.ArrayList");
            out.add("var list = new ArrayList<" + elementType + ">();").add("while (in.nextElement()) {");
            values.addElementRead(out, element, "list.add(%s);").add("}");
            out.add("return Collections.unmodifiableList(list);").add("}");
        } else {
            out.importing("java.util.LinkedHashMap");
            out.add("var map = new LinkedHashMap<String, " + elementType + ">();");
            out.add("for (var key = in.nextName(); key != null; key = in.nextName()) {")
                    .add("in.nextValue();");
            values.addElementRead(out, element, "in.put(map, key, %s);").add("}");
            out.add("return Collections.unmodifiableMap(map);").add("}");
        }
    }

    /** Whether something inside the elements can be wrong. What can be wrong with the collection is up to its owner. */
    boolean isChecked() {
        return new Checks(model, types).isChecked(element);
    }

    private void addValidate(SourceFile out) {
        var codec = Names.of(element) + "Codec";
        out.blank().add("static void validate(" + type + " value, Path path, Violations violations) {");
        if (shape.isListShape()) {
            out.add("for (int i = 0; i < value.size(); i++) {");
            out.add(codec + ".validate(value.get(i), path.element(i), violations);")
                    .add("}")
                    .add("}");
        } else {
            out.add("for (var entry : value.entrySet()) {");
            out.add(codec + ".validate(entry.getValue(), path.entry(entry.getKey()), violations);");
            out.add("}").add("}");
        }
    }

    private void addWrite(SourceFile out) {
        out.blank().add("static void write(" + type + " value, JsonOut out) throws IOException {");
        if (shape.isListShape()) {
            out.add("out.beginArray();").add("for (var element : value) {");
            out.add(values.elementWrite(element, "element"))
                    .add("}")
                    .add("out.endArray();")
                    .add("}");
        } else {
            out.add("out.beginObject();")
                    .add("for (var entry : value.entrySet()) {")
                    .add("out.name(entry.getKey());");
            out.add(values.elementWrite(element, "entry.getValue()"));
            out.add("}").add("out.endObject();").add("}");
        }
    }
}
