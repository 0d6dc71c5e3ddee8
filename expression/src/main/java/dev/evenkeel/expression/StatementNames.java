package dev.evenkeel.expression;

import dev.evenkeel.expression.partiql.Expression;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Paths and values of a statement as the syntax of expressions has them. Every name and value stands behind a placeholder:
 * what is a reserved word there is none here, and a name may have any character.
 */
final class StatementNames {
    private final StatementValues values;
    private final Map<String, String> placeholderByName = new LinkedHashMap<>();
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, AttributeValue> constants = new LinkedHashMap<>();

    StatementNames(StatementValues values) {
        this.values = values;
    }

    Syntax.Path path(Expression.Path path) {
        var steps = new ArrayList<Syntax.Step>();
        for (var step : path.steps()) {
            steps.add(
                    switch (step) {
                        case Expression.Name(var name) -> name(name);
                        case Expression.Index(var number) -> new Syntax.Index(Integer.toString(number));
                    });
        }
        return new Syntax.Path(List.copyOf(steps));
    }

    private Syntax.Name name(String name) {
        if (name.isEmpty()) {
            throw DynamoException.validation("Path component cannot be an empty string");
        }
        return new Syntax.Name(placeholderByName.computeIfAbsent(name, _ -> {
            var placeholder = "#n" + names.size();
            names.put(placeholder, name);
            return placeholder;
        }));
    }

    Syntax.Value value(Expression literal) {
        return constant(values.of(literal));
    }

    Syntax.Value constant(AttributeValue value) {
        var placeholder = ":v" + constants.size();
        constants.put(placeholder, value);
        return new Syntax.Value(placeholder);
    }

    /** A scope in which all that was met so far is defined. */
    Scope scope() {
        return new Scope(new Placeholders(names.isEmpty() ? null : names, constants.isEmpty() ? null : constants));
    }
}
