package dev.evenkeel.router;

import dev.evenkeel.api.shape.QueryInput;
import dev.evenkeel.api.shape.ScanInput;
import dev.evenkeel.api.shape.WireItem;
import dev.evenkeel.api.shape.WireValue;
import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.DocumentProjection;
import dev.evenkeel.expression.ExpressionKind;
import dev.evenkeel.expression.ExpressionParameters;
import dev.evenkeel.expression.Expressions;
import dev.evenkeel.expression.Legacy;
import dev.evenkeel.expression.Placeholders;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters that Query and Scan share, as the request has them.
 *
 * @param legacyFilter {@code QueryFilter} or {@code ScanFilter}
 */
record RangeParameters(
        boolean isScan,
        String tableName,
        @Nullable String indexName,
        @Nullable String select,
        @Nullable List<String> attributesToGet,
        @Nullable Integer limit,
        boolean consistent,
        @Nullable Map<String, dev.evenkeel.api.shape.Condition> legacyFilter,
        @Nullable String conditionalOperator,
        @Nullable WireItem startKey,
        @Nullable String returnConsumedCapacity,
        @Nullable String projectionExpression,
        @Nullable String filterExpression,
        @Nullable Map<String, String> names,
        @Nullable Map<String, WireValue> values) {

    static RangeParameters of(QueryInput input) {
        return new RangeParameters(
                false,
                Parameters.required(input.tableName()),
                input.indexName(),
                input.select(),
                input.attributesToGet(),
                input.limit(),
                Boolean.TRUE.equals(input.consistentRead()),
                input.queryFilter(),
                input.conditionalOperator(),
                input.exclusiveStartKey(),
                input.returnConsumedCapacity(),
                input.projectionExpression(),
                input.filterExpression(),
                input.expressionAttributeNames(),
                input.expressionAttributeValues());
    }

    static RangeParameters of(ScanInput input) {
        return new RangeParameters(
                true,
                Parameters.required(input.tableName()),
                input.indexName(),
                input.select(),
                input.attributesToGet(),
                input.limit(),
                Boolean.TRUE.equals(input.consistentRead()),
                input.scanFilter(),
                input.conditionalOperator(),
                input.exclusiveStartKey(),
                input.returnConsumedCapacity(),
                input.projectionExpression(),
                input.filterExpression(),
                input.expressionAttributeNames(),
                input.expressionAttributeValues());
    }

    /** With what both operations know; to be completed and checked by the operation. */
    ExpressionParameters mixture() {
        return new ExpressionParameters()
                .expression(ExpressionKind.PROJECTION, projectionExpression)
                .expression(ExpressionKind.FILTER, filterExpression)
                .legacy("AttributesToGet", attributesToGet)
                .legacy(isScan ? "ScanFilter" : "QueryFilter", legacyFilter)
                .legacy("ConditionalOperator", conditionalOperator);
    }

    /** @throws dev.evenkeel.model.DynamoException validation */
    @Nullable
    Condition readLegacyFilter() {
        var filter = legacyFilter == null || legacyFilter.isEmpty()
                ? null
                : Legacy.filter(Parameters.comparisons(legacyFilter), conditionalOperator);
        Legacy.checkConditionalOperator(conditionalOperator, legacyFilter == null ? 0 : legacyFilter.size());
        return filter;
    }

    /** @throws dev.evenkeel.model.DynamoException validation */
    @Nullable
    DocumentProjection readAttributesToGet() {
        return attributesToGet == null ? null : Legacy.attributesToGet(attributesToGet);
    }

    Placeholders placeholders() {
        return Parameters.placeholders(names, values);
    }

    /** @throws dev.evenkeel.model.DynamoException validation */
    @Nullable
    Condition readFilter(Placeholders placeholders) {
        return filterExpression == null
                ? null
                : Expressions.condition(ExpressionKind.FILTER, filterExpression, placeholders);
    }

    /** @throws dev.evenkeel.model.DynamoException validation */
    @Nullable
    DocumentProjection readProjection(Placeholders placeholders) {
        return projectionExpression == null ? null : Expressions.projection(projectionExpression, placeholders);
    }
}
