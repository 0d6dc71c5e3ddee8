package dev.evenkeel.api.generator;

import java.util.Locale;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.model.traits.LengthTrait;
import software.amazon.smithy.model.traits.PatternTrait;

/** The lengths and patterns of all kinds of strings, in one class. */
final class TextRulesSource {
    private static final String NAME = "TextRules";

    private TextRulesSource() {}

    static SourceFile of(DynamoDbModel model) {
        var out = new SourceFile(SourceFile.CODECS, NAME);
        out.add("/** What the model says of the strings that requests carry. */");
        out.add("final class " + NAME + " {");
        for (var shape : model.strings()) {
            if (model.direction(shape).isRead() && isRuled(shape)) {
                out.add("static final TextRule %s = new TextRule(%s, %s);"
                        .formatted(Names.constant(Names.of(shape)), lengths(shape), pattern(shape)));
            }
        }
        out.blank().add("private " + NAME + "() {}").add("}");
        return out;
    }

    /** Whether the shape is a string that can be too short, too long or ill-formed. */
    static boolean isRuled(Shape shape) {
        if (!JavaTypes.isText(shape)) {
            return false;
        }
        var length = shape.getTrait(LengthTrait.class);
        return shape.hasTrait(PatternTrait.class)
                || length.filter(trait ->
                                trait.getMin().orElse(0L) > 0 || trait.getMax().isPresent())
                        .isPresent();
    }

    static String constant(Shape shape) {
        return NAME + "." + Names.constant(Names.of(shape));
    }

    private static String lengths(Shape shape) {
        var length = shape.getTrait(LengthTrait.class);
        return String.format(
                Locale.ROOT,
                "%d, %s",
                length.flatMap(LengthTrait::getMin).orElse(0L),
                length.flatMap(LengthTrait::getMax).map(Object::toString).orElse("Integer.MAX_VALUE"));
    }

    /** DynamoDB matches the whole text and prints the pattern without the anchors that the model has. */
    private static String pattern(Shape shape) {
        return shape.getTrait(PatternTrait.class)
                .map(trait ->
                        Names.literal(trait.getValue().replaceFirst("^\\^", "").replaceFirst("\\$$", "")))
                .orElse("null");
    }
}
