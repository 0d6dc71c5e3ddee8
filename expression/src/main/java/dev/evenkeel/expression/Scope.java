package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Replaces the placeholders of one expression, and keeps what it has met: paths, names and values. */
final class Scope {
    private final Placeholders placeholders;
    private final Map<String, String> namesUsed = new LinkedHashMap<>();
    private final Map<String, AttributeValue> valuesUsed = new LinkedHashMap<>();
    private final List<DocumentPath> paths = new ArrayList<>();

    Scope(Placeholders placeholders) {
        this.placeholders = placeholders;
    }

    /** @throws InvalidExpressionException when a name is not defined or the path is too long */
    DocumentPath path(Syntax.Path path) {
        if (path.steps().size() > Limits.PATH_STEPS_MAX) {
            throw new InvalidExpressionException("The document path has too many nesting levels; nesting levels: "
                    + path.steps().size());
        }
        var steps = new ArrayList<DocumentPath.Step>();
        for (var step : path.steps()) {
            steps.add(
                    switch (step) {
                        case Syntax.Name name ->
                            new DocumentPath.Field(name.isPlaceholder() ? name(name.text()) : name.text());
                        case Syntax.Index index -> new DocumentPath.Element(Integer.parseInt(index.digits()));
                    });
        }
        var attribute = ((DocumentPath.Field) steps.getFirst()).name();
        var resolved = new DocumentPath(attribute, steps.subList(1, steps.size()));
        paths.add(resolved);
        return resolved;
    }

    private String name(String placeholder) {
        var name = placeholders.name(placeholder);
        if (name == null) {
            throw new InvalidExpressionException(
                    "An expression attribute name used in the document path is not defined; attribute name: "
                            + placeholder);
        }
        namesUsed.put(placeholder, name);
        return name;
    }

    /** @throws InvalidExpressionException when it is not defined */
    AttributeValue value(Syntax.Value value) {
        var known = placeholders.value(value.placeholder());
        if (known == null) {
            throw new InvalidExpressionException(
                    "An expression attribute value used in expression is not defined; attribute value: "
                            + value.placeholder());
        }
        valuesUsed.put(value.placeholder(), known);
        return known;
    }

    Mentions mentions() {
        return Mentions.of(paths);
    }

    ExpressionSource source(ExpressionKind kind, String text) {
        return new ExpressionSource.Text(kind, text, namesUsed, valuesUsed);
    }
}
