package dev.evenkeel.router;

import dev.evenkeel.api.shape.PutItemInput;
import dev.evenkeel.api.shape.PutItemOutput;
import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.ExpressionKind;
import dev.evenkeel.expression.ExpressionParameters;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.ItemSize;
import dev.evenkeel.partition.ItemWrite;
import org.jspecify.annotations.Nullable;

/** PutItem. The checks stand in DynamoDB's order: the request by itself, then against the table. */
final class PutItemHandler implements OperationHandler<PutItemInput, PutItemOutput> {
    private final Routes routes;

    PutItemHandler(Routes routes) {
        this.routes = routes;
    }

    @Override
    public PutItemOutput handle(PutItemInput input) {
        var writeCondition = new WriteCondition(
                input.expected(),
                input.conditionalOperator(),
                input.conditionExpression(),
                input.expressionAttributeNames(),
                input.expressionAttributeValues());
        if (!writeCondition.isAbsent()) {
            checkMixture(writeCondition);
        }
        var item = Parameters.item(Parameters.required(input.item()));
        var returned = ReturnValues.ofWholeItem(input.returnValues());
        checkSize(item);
        var condition = writeCondition.isAbsent() ? null : condition(writeCondition);

        var route = routes.table(Parameters.required(input.tableName()));
        var position = KeyValidation.positionOfItem(item, route.key(), KeyValidation.Wording.ITEM);
        IndexKeyValidation.checkItem(item, route.schema());

        var outcome = route.replica(position)
                .write(new ItemWrite.Put(
                        position,
                        item,
                        condition,
                        ReturnValues.onConditionFailure(input.returnValuesOnConditionCheckFailure())));
        return new PutItemOutput(
                returned.of(outcome),
                CapacityTally.ofWrite(input.returnConsumedCapacity(), route, outcome),
                CollectionMetrics.of(input.returnItemCollectionMetrics(), route, item, outcome));
    }

    static void checkSize(Item item) {
        if (item.sizeBytes() > ItemSize.ITEM_BYTES_MAX) {
            throw DynamoException.validation("Item size has exceeded the maximum allowed size");
        }
    }

    /** Also what DeleteItem checks. */
    static void checkMixture(WriteCondition condition) {
        new ExpressionParameters()
                .expression(ExpressionKind.CONDITION, condition.expression())
                .legacy("Expected", condition.expected())
                .legacy("ConditionalOperator", condition.conditionalOperator())
                .check(condition.names(), condition.values());
    }

    /** Also what DeleteItem reads. */
    static @Nullable Condition condition(WriteCondition parameters) {
        var expected = parameters.fromExpected();
        if (expected != null) {
            return expected;
        }
        var placeholders = parameters.placeholders();
        var condition = parameters.fromExpression(placeholders);
        placeholders.checkAllUsed();
        return condition;
    }
}
