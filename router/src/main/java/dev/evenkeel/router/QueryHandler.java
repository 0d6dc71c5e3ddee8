package dev.evenkeel.router;

import dev.evenkeel.api.shape.QueryInput;
import dev.evenkeel.api.shape.QueryOutput;
import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.ExpressionKind;
import dev.evenkeel.expression.Expressions;
import dev.evenkeel.expression.KeyCondition;
import dev.evenkeel.expression.KeyPredicates;
import dev.evenkeel.expression.Legacy;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Item;
import java.util.LinkedHashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Query. The checks stand in DynamoDB's order: the request by itself, then against the table. */
final class QueryHandler implements OperationHandler<QueryInput, QueryOutput> {
    private final Routes routes;

    QueryHandler(Routes routes) {
        this.routes = routes;
    }

    /** What the request asks, valid by itself. */
    private record Parsed(
            RangeParameters parameters,
            KeyPredicates predicates,
            @Nullable Condition filter,
            Selection selection,
            @Nullable Item startKey,
            boolean forward) {}

    @Override
    public QueryOutput handle(QueryInput input) {
        var parsed = parse(input);
        var parameters = parsed.parameters();
        var target = ReadTarget.of(
                routes.table(parameters.tableName(), parameters.indexName()),
                parameters.indexName(),
                parameters.consistent());
        var range = range(parsed, target);
        parsed.selection().checkPaths(target);
        checkFilterNamesNoKey(parsed, target);
        parsed.selection().checkIndex(target);
        checkFilterPaths(parsed, target);
        var page = PageWalk.read(
                target,
                range,
                PageWalk.Options.of(parameters, parsed.forward(), parsed.filter(), parsed.selection(), target));
        var answer = RangeAnswer.of(page, target, parsed.selection(), parameters);
        return new QueryOutput(
                answer.items(),
                answer.count(),
                answer.scannedCount(),
                answer.lastEvaluatedKey(),
                answer.consumedCapacity());
    }

    private static Parsed parse(QueryInput input) {
        var parameters = RangeParameters.of(input);
        parameters
                .mixture()
                .expression(ExpressionKind.KEY_CONDITION, input.keyConditionExpression())
                .legacy("KeyConditions", input.keyConditions())
                .check(parameters.names(), parameters.values());
        var filter = parameters.readLegacyFilter();
        var projection = parameters.readAttributesToGet();
        var startKey = StartKey.read(parameters.startKey());
        var expression = input.keyConditionExpression();
        var conditions = input.keyConditions();
        if (expression == null && conditions == null) {
            throw DynamoException.validation(
                    "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
        }
        var placeholders = parameters.placeholders();
        var predicates = expression == null ? null : Expressions.keyPredicates(expression, placeholders);
        filter = filter == null ? parameters.readFilter(placeholders) : filter;
        projection = projection == null ? parameters.readProjection(placeholders) : projection;
        placeholders.checkAllUsed();
        if (predicates == null) {
            predicates = legacyPredicates(Parameters.required(conditions));
        }
        return new Parsed(
                parameters,
                predicates,
                filter,
                Selection.of(parameters, projection),
                startKey,
                !Boolean.FALSE.equals(input.scanIndexForward()));
    }

    /** Of the time when keys had two attributes at most. */
    private static KeyPredicates legacyPredicates(Map<String, dev.evenkeel.api.shape.Condition> conditions) {
        var predicates = Legacy.keyPredicates(Parameters.comparisons(conditions));
        if (conditions.isEmpty() || conditions.size() > 2) {
            throw DynamoException.validation("Conditions can be of length 1 or 2 only");
        }
        return predicates;
    }

    /** Where to read. DynamoDB looks at start key and key condition by turns; so does this. */
    private static KeyRange range(Parsed parsed, ReadTarget target) {
        var startKey = parsed.startKey();
        var schema = target.key();
        if (startKey != null) {
            StartKey.checkCount(startKey, target, false);
            StartKey.checkAttributes(startKey, schema.partitionKey());
        }
        var condition = parsed.predicates().against(schema);
        checkValues(condition, target);
        var range = KeyRange.of(condition);
        if (startKey == null) {
            return range;
        }
        StartKey.checkAttributes(startKey, schema.sortKey());
        StartKey.checkTableKey(startKey, target.route().key());
        StartKey.checkSelected(startKey, condition, schema);
        var position = target.positionOf(startKey);
        return parsed.forward() ? range.after(position) : range.before(position);
    }

    /** No item has an empty or oversized key, and DynamoDB does not look for one. */
    static void checkValues(KeyCondition condition, ReadTarget target) {
        var schema = target.key();
        for (int i = 0; i < condition.partitionKey().size(); i++) {
            KeyValidation.checkNotEmpty(
                    condition.partitionKey().get(i),
                    schema.partitionKey().get(i).name());
        }
        for (int i = 0; i < condition.sortEquals().size(); i++) {
            KeyValidation.checkNotEmpty(
                    condition.sortEquals().get(i), schema.sortKey().get(i).name());
        }
        KeyValidation.checkPartitionKeySize(condition.partitionKey());
        KeyValidation.checkSortKeySize(condition.sortEquals());
    }

    /** A filter may not name the key that is queried: that is the key condition's. */
    private static void checkFilterNamesNoKey(Parsed parsed, ReadTarget target) {
        var filter = parsed.filter();
        if (filter == null) {
            return;
        }
        for (var attribute : target.key().attributes()) {
            if (filter.attributeNames().contains(attribute.name())) {
                throw DynamoException.validation(
                        (parsed.parameters().filterExpression() == null ? "QueryFilter" : "Filter Expression")
                                + " can only contain non-primary key attributes: Primary key attribute: "
                                + attribute.name());
            }
        }
    }

    private static void checkFilterPaths(Parsed parsed, ReadTarget target) {
        var filter = parsed.filter();
        if (filter == null) {
            return;
        }
        KeyPaths.check(filter.nestedNames(), target.route().schema());
        if (!parsed.selection().needsItems(target)) {
            checkProjected(filter, target);
        }
    }

    /** Also what a SELECT under an index's key checks. */
    static void checkProjected(Condition filter, ReadTarget target) {
        var missing = new LinkedHashSet<String>();
        for (var name : filter.attributeNames()) {
            if (!target.projects(name)) {
                missing.add(name);
            }
        }
        if (!missing.isEmpty()) {
            throw DynamoException.validation("One or more parameter values were invalid: Secondary index "
                    + Parameters.required(target.index()).name()
                    + " does not project one or more filter attributes: " + missing);
        }
    }
}
