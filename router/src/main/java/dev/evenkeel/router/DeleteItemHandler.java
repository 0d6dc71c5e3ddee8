package dev.evenkeel.router;

import dev.evenkeel.api.shape.DeleteItemInput;
import dev.evenkeel.api.shape.DeleteItemOutput;
import dev.evenkeel.partition.ItemWrite;

/** DeleteItem. */
final class DeleteItemHandler implements OperationHandler<DeleteItemInput, DeleteItemOutput> {
    private final Routes routes;

    DeleteItemHandler(Routes routes) {
        this.routes = routes;
    }

    @Override
    public DeleteItemOutput handle(DeleteItemInput input) {
        var writeCondition = new WriteCondition(
                input.expected(),
                input.conditionalOperator(),
                input.conditionExpression(),
                input.expressionAttributeNames(),
                input.expressionAttributeValues());
        if (!writeCondition.isAbsent()) {
            PutItemHandler.checkMixture(writeCondition);
        }
        var key = Parameters.item(Parameters.required(input.key()));
        var returned = ReturnValues.ofWholeItem(input.returnValues());
        var condition = writeCondition.isAbsent() ? null : PutItemHandler.condition(writeCondition);

        var route = routes.table(Parameters.required(input.tableName()));
        var position = KeyValidation.positionOfKey(key, route.key());

        var outcome = route.replica(position)
                .write(new ItemWrite.Delete(
                        position,
                        condition,
                        ReturnValues.onConditionFailure(input.returnValuesOnConditionCheckFailure())));
        return new DeleteItemOutput(
                returned.of(outcome),
                CapacityTally.ofWrite(input.returnConsumedCapacity(), route, outcome),
                CollectionMetrics.of(input.returnItemCollectionMetrics(), route, key, outcome));
    }
}
