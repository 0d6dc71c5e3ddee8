package dev.evenkeel.api.generator;

import java.util.stream.Collectors;
import software.amazon.smithy.model.shapes.Shape;

/** What the model says of the errors and the error envelope has to know. */
final class ErrorsSource {
    private static final String NAME = "ErrorShapes";

    private ErrorsSource() {}

    static SourceFile of(DynamoDbModel model) {
        var out = new SourceFile(SourceFile.CODECS, NAME).importing("java.util.Set");
        out.add("/** The errors of the model, as far as they differ. */");
        out.add("final class " + NAME + " {");
        out.add("/** Errors whose text is called {@code Message}; that of all others is called {@code message}. */");
        out.add("static final Set<String> CAPITAL_MESSAGE = Set.of("
                + model.errors().stream()
                        .filter(error -> error.getMember("Message").isPresent())
                        .map((Shape error) -> Names.literal(Names.of(error)))
                        .collect(Collectors.joining(", "))
                + ");");
        out.blank().add("private " + NAME + "() {}").add("}");
        return out;
    }
}
