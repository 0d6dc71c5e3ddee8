package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeValue;
import java.util.List;

/**
 * One entry of {@code KeyConditions}, {@code QueryFilter} or {@code ScanFilter}.
 *
 * @param operator {@code ComparisonOperator}: EQ, NE, LE, LT, GE, GT, NOT_NULL, NULL, CONTAINS, NOT_CONTAINS,
 *     BEGINS_WITH, IN or BETWEEN
 * @param values {@code AttributeValueList}, empty when the request had none
 */
public record LegacyComparison(String operator, List<AttributeValue> values) {
    public LegacyComparison {
        values = List.copyOf(values);
    }
}
