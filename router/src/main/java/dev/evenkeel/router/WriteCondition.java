package dev.evenkeel.router;

import dev.evenkeel.api.shape.ExpectedAttributeValue;
import dev.evenkeel.api.shape.WireValue;
import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.ExpressionKind;
import dev.evenkeel.expression.Expressions;
import dev.evenkeel.expression.Legacy;
import dev.evenkeel.expression.Placeholders;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a single-item write that say when it may happen, of either generation. The two are read at different
 * turns in DynamoDB's order of complaints: {@link #fromExpected} first, {@link #fromExpression} with the other expressions.
 */
record WriteCondition(
        @Nullable Map<String, ExpectedAttributeValue> expected,
        @Nullable String conditionalOperator,
        @Nullable String expression,
        @Nullable Map<String, String> names,
        @Nullable Map<String, WireValue> values) {

    /** Whether there is nothing to read, as in most writes. */
    boolean isAbsent() {
        return expected == null && conditionalOperator == null && expression == null && names == null && values == null;
    }

    Placeholders placeholders() {
        return Parameters.placeholders(names, values);
    }

    /** @throws dev.evenkeel.model.DynamoException validation */
    @Nullable
    Condition fromExpected() {
        var condition = expected == null || expected.isEmpty()
                ? null
                : Legacy.expected(Parameters.expected(expected), conditionalOperator);
        Legacy.checkConditionalOperator(conditionalOperator, expected == null ? 0 : expected.size());
        return condition;
    }

    /** @throws dev.evenkeel.model.DynamoException validation */
    @Nullable
    Condition fromExpression(Placeholders placeholders) {
        return expression == null ? null : Expressions.condition(ExpressionKind.CONDITION, expression, placeholders);
    }
}
