package dev.evenkeel.api.generator;

import java.util.ArrayList;
import java.util.List;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.model.shapes.ShapeType;

/**
 * The Java type of each shape. Numbers and booleans are boxed, since any member may be missing; enums stay strings, so that
 * a wrong value can be told. An item is a {@code WireItem} where a request may carry it, with the first mistake found in
 * it, and a plain {@code Item} where only an answer does.
 */
final class JavaTypes {
    private final DynamoDbModel model;

    JavaTypes(DynamoDbModel model) {
        this.model = model;
    }

    /** A type as it is written, and the classes its simple names stand for. */
    record JavaType(String text, List<String> classes) {}

    /** The type of a shape where it is met inside a shape of that direction. */
    JavaType of(Shape shape, Direction direction) {
        if (model.isItem(shape)) {
            return direction.isRead() ? shapeClass("WireItem") : single("dev.evenkeel.model.Item");
        }
        if (DynamoDbModel.isAttributeValue(shape)) {
            return shapeClass("WireValue");
        }
        return switch (shape.getType()) {
            case STRING, ENUM -> single("java.lang.String");
            case INTEGER -> single("java.lang.Integer");
            case LONG -> single("java.lang.Long");
            case DOUBLE -> single("java.lang.Double");
            case BOOLEAN -> single("java.lang.Boolean");
            case TIMESTAMP -> single("java.time.Instant");
            case STRUCTURE -> shapeClass(Names.of(shape));
            case LIST -> generic("java.util.List", "List<%s>", shape, direction);
            case MAP -> generic("java.util.Map", "Map<String, %s>", shape, direction);
            default -> throw new IllegalArgumentException("no Java type for " + shape);
        };
    }

    private JavaType generic(String collection, String pattern, Shape shape, Direction direction) {
        var element = of(model.element(shape), direction);
        var classes = new ArrayList<>(element.classes());
        classes.add(collection);
        return new JavaType(pattern.formatted(element.text()), classes);
    }

    private static JavaType shapeClass(String simpleName) {
        return single(SourceFile.SHAPES + "." + simpleName);
    }

    private static JavaType single(String qualifiedName) {
        return new JavaType(qualifiedName.substring(qualifiedName.lastIndexOf('.') + 1), List.of(qualifiedName));
    }

    /** Whether the shape has a codec of its own. */
    boolean hasCodec(Shape shape) {
        return shape.isStructureShape() || ((shape.isListShape() || shape.isMapShape()) && !model.isItem(shape));
    }

    /**
     * The class DynamoDB names when it finds a list where such a thing should be. Of its own classes, where nothing else is
     * named, {@code JsonIn} adds the package.
     */
    String awsClass(Shape shape) {
        return isStructure(shape) ? Names.of(shape) : qualified(shape);
    }

    private static boolean isStructure(Shape shape) {
        return shape.isStructureShape() || shape.isUnionShape();
    }

    private String qualified(Shape shape) {
        if (shape.isListShape()) {
            return "java.util.List<" + qualified(model.element(shape)) + ">";
        }
        if (shape.isMapShape()) {
            return "java.util.Map<java.lang.String, " + qualified(model.element(shape)) + ">";
        }
        return isStructure(shape)
                ? "com.amazonaws.dynamodb.v20120810." + Names.of(shape)
                : "java.lang." + of(shape, Direction.REQUEST).text();
    }

    static boolean isText(Shape shape) {
        return shape.getType() == ShapeType.STRING;
    }

    static boolean isEnum(Shape shape) {
        return shape.getType() == ShapeType.ENUM;
    }
}
