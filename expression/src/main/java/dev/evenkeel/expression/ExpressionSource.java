package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a bound expression was made from: all that another process needs to make it again. Maps keep the order of the
 * request.
 */
public sealed interface ExpressionSource {

    /** An expression's text and the placeholders it uses. */
    record Text(ExpressionKind kind, String text, Map<String, String> names, Map<String, AttributeValue> values)
            implements ExpressionSource {
        public Text {
            names = ordered(names);
            values = ordered(values);
        }
    }

    /** {@code QueryFilter} or {@code ScanFilter} with its {@code ConditionalOperator}. */
    record Filter(
            Map<String, LegacyComparison> comparisons,
            @Nullable String conditionalOperator) implements ExpressionSource {
        public Filter {
            comparisons = ordered(comparisons);
        }
    }

    /** {@code Expected} with its {@code ConditionalOperator}. */
    record Expectations(
            Map<String, Expected> expected, @Nullable String conditionalOperator) implements ExpressionSource {
        public Expectations {
            expected = ordered(expected);
        }
    }

    /** {@code AttributeUpdates}. */
    record Updates(Map<String, AttributeUpdate> updates) implements ExpressionSource {
        public Updates {
            updates = ordered(updates);
        }
    }

    /** {@code AttributesToGet}. */
    record Attributes(List<String> names) implements ExpressionSource {
        public Attributes {
            names = List.copyOf(names);
        }
    }

    /** A part of a PartiQL statement, with all of the statement's text and parameters. */
    record Statement(StatementPart part, String text, List<AttributeValue> parameters) implements ExpressionSource {
        public Statement {
            parameters = List.copyOf(parameters);
        }
    }

    private static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
