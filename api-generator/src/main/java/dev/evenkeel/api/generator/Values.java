package dev.evenkeel.api.generator;

import software.amazon.smithy.model.shapes.Shape;

/** The statements that read or write one value of a shape, as a member or as an element. */
final class Values {
    private final DynamoDbModel model;
    private final JavaTypes types;

    Values(DynamoDbModel model, JavaTypes types) {
        this.model = model;
        this.types = types;
    }

    /** An expression that reads the member behind whose name the parser stands, given what it was before. */
    String memberRead(Shape shape, String before) {
        if (model.isItem(shape)) {
            return "in.isMap(%s, %s) ? in.item() : null".formatted(before, awsElement(shape));
        }
        if (DynamoDbModel.isAttributeValue(shape)) {
            return "in.isStructure(%s, %s) ? in.attribute() : null".formatted(before, awsClass(shape));
        }
        return switch (shape.getType()) {
            case STRING, ENUM -> "in.string(" + before + ")";
            case INTEGER -> "in.integer(" + before + ")";
            case LONG -> "in.longInteger(" + before + ")";
            case DOUBLE -> "in.decimal(" + before + ")";
            case BOOLEAN -> "in.bool(" + before + ")";
            case TIMESTAMP -> "in.timestamp(" + before + ")";
            case STRUCTURE ->
                "in.isStructure(%s, %s) ? %sCodec.read(in) : null".formatted(before, awsClass(shape), Names.of(shape));
            case LIST -> "in.isList(%s) ? %sCodec.read(in) : null".formatted(before, Names.of(shape));
            case MAP ->
                "in.isMap(%s, %s) ? %sCodec.read(in) : null".formatted(before, awsElement(shape), Names.of(shape));
            default -> throw new IllegalArgumentException("cannot read " + shape);
        };
    }

    /** Statements that read the element on which the parser stands and hand it to {@code use}. */
    SourceFile addElementRead(SourceFile out, Shape shape, String use) {
        if (model.isItem(shape)) {
            return out.add("in.expectMap(" + awsElement(shape) + ");").add(use.formatted("in.item()"));
        }
        if (DynamoDbModel.isAttributeValue(shape)) {
            return out.add("in.expectStructure(" + awsClass(shape) + ");").add(use.formatted("in.attribute()"));
        }
        var read = Names.of(shape) + "Codec.read(in)";
        return switch (shape.getType()) {
            case STRING, ENUM -> out.add(use.formatted("in.string()"));
            case STRUCTURE ->
                out.add("in.expectStructure(" + awsClass(shape) + ");").add(use.formatted(read));
            case LIST -> out.add("in.expectList();").add(use.formatted(read));
            case MAP -> out.add("in.expectMap(" + awsElement(shape) + ");").add(use.formatted(read));
            default -> throw new IllegalArgumentException("cannot read elements that are " + shape);
        };
    }

    private String awsClass(Shape shape) {
        return Names.literal(types.awsClass(shape));
    }

    private String awsElement(Shape map) {
        return awsClass(model.element(map));
    }

    /** A statement that writes a value that is there. */
    String elementWrite(Shape shape, String value) {
        return types.hasCodec(shape)
                ? "%sCodec.write(%s, out);".formatted(Names.of(shape), value)
                : "out.value(" + value + ");";
    }
}
