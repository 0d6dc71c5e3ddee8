package dev.evenkeel.api.generator;

import java.net.URL;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.smithy.model.Model;
import software.amazon.smithy.model.loader.ModelAssembler;
import software.amazon.smithy.model.shapes.MemberShape;
import software.amazon.smithy.model.shapes.OperationShape;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.model.shapes.ShapeType;
import software.amazon.smithy.model.shapes.StructureShape;
import software.amazon.smithy.model.shapes.ToShapeId;
import software.amazon.smithy.model.traits.ErrorTrait;
import software.amazon.smithy.model.traits.Trait;
import software.amazon.smithy.model.traits.UnitTypeTrait;

/** The official model of DynamoDB, our own of its Streams, and which way each of their shapes travels. */
final class DynamoDbModel {
    private static final String RESOURCE = "/META-INF/smithy/2012-08-10/dynamodb-2012-08-10.json";
    private static final String NAMESPACE = "com.amazonaws.dynamodb";
    private static final String STREAMS_RESOURCE = "dynamodb-streams.smithy";
    private static final String STREAMS_NAMESPACE = "dev.evenkeel.streams";

    private final Model model;
    private final Map<Shape, Direction> directions = new TreeMap<>(Comparator.comparing(Shape::getId));

    private DynamoDbModel(Model model) {
        this.model = model;
        for (var operation : operations()) {
            visit(model.expectShape(operation.getInputShape()), Direction.REQUEST);
            visit(model.expectShape(operation.getOutputShape()), Direction.ANSWER);
        }
        errors().forEach(error -> error.members().forEach(member -> visit(target(member), Direction.ANSWER)));
    }

    static DynamoDbModel load() {
        var result = Model.assembler()
                .putProperty(ModelAssembler.ALLOW_UNKNOWN_TRAITS_QUIET, true)
                .disableValidation()
                .addImport(resource(RESOURCE))
                .addImport(resource(STREAMS_RESOURCE))
                .assemble();
        return new DynamoDbModel(result.getResult().orElseThrow());
    }

    private static URL resource(String name) {
        return Objects.requireNonNull(DynamoDbModel.class.getResource(name), name);
    }

    /** Attribute values are not walked into: they are read and written by hand-made code, not as structures. */
    private void visit(Shape shape, Direction direction) {
        var known = directions.get(shape);
        var merged = known == null ? direction : known.and(direction);
        if (merged == known || shape.isUnionShape() || shape.hasTrait(UnitTypeTrait.class)) {
            return;
        }
        directions.put(shape, merged);
        shape.members().forEach(member -> visit(target(member), direction));
    }

    Shape target(MemberShape member) {
        return model.expectShape(member.getTarget());
    }

    Shape shape(ToShapeId id) {
        return model.expectShape(id.toShapeId());
    }

    /** The trait on the member itself or else on what it is of. */
    <T extends Trait> @Nullable T trait(MemberShape member, Class<T> type) {
        return member.getMemberTrait(model, type).orElse(null);
    }

    Direction direction(Shape shape) {
        return Objects.requireNonNull(directions.get(shape), () -> shape + " is not used");
    }

    List<OperationShape> operations() {
        return model.getOperationShapes().stream()
                .filter(operation -> operation.getId().getNamespace().equals(NAMESPACE) || isOfStreams(operation))
                .sorted(Comparator.comparing(Names::of))
                .toList();
    }

    /** Whether it belongs to the service beside DynamoDB that reads change streams. */
    static boolean isOfStreams(OperationShape operation) {
        return operation.getId().getNamespace().equals(STREAMS_NAMESPACE);
    }

    List<StructureShape> errors() {
        return model.getStructureShapesWithTrait(ErrorTrait.class).stream()
                .sorted()
                .toList();
    }

    List<StructureShape> structures() {
        return used(Shape::isStructureShape).stream()
                .map(shape -> shape.asStructureShape().orElseThrow())
                .toList();
    }

    /** The lists and maps that are read or written as such: not those that hold an item. */
    List<Shape> collections() {
        return used(shape -> (shape.isListShape() || shape.isMapShape()) && !isItem(shape));
    }

    List<Shape> enums() {
        return used(shape -> shape.getType() == ShapeType.ENUM);
    }

    List<Shape> strings() {
        return used(shape -> shape.getType() == ShapeType.STRING);
    }

    private List<Shape> used(Predicate<Shape> which) {
        return directions.keySet().stream().filter(which).toList();
    }

    /** Whether the shape is a map from attribute names to attribute values that stands for one item or key. */
    boolean isItem(Shape shape) {
        return shape.isMapShape() && Observed.ITEMS.contains(Names.of(shape));
    }

    static boolean isAttributeValue(Shape shape) {
        return shape.isUnionShape();
    }

    /** What a list is of, or a map maps to. */
    Shape element(Shape collection) {
        return target(elementMember(collection));
    }

    static MemberShape elementMember(Shape collection) {
        return collection.isListShape()
                ? collection.asListShape().orElseThrow().getMember()
                : collection.asMapShape().orElseThrow().getValue();
    }

    Shape key(Shape map) {
        return target(map.asMapShape().orElseThrow().getKey());
    }
}
