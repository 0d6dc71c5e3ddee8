package dev.evenkeel.router;

import dev.evenkeel.api.shape.UpdateItemInput;
import dev.evenkeel.api.shape.UpdateItemOutput;
import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.ExpressionKind;
import dev.evenkeel.expression.ExpressionParameters;
import dev.evenkeel.expression.Expressions;
import dev.evenkeel.expression.Legacy;
import dev.evenkeel.expression.Update;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.partition.ItemWrite;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** UpdateItem. The checks stand in DynamoDB's order: the request by itself, then against the table. */
final class UpdateItemHandler implements OperationHandler<UpdateItemInput, UpdateItemOutput> {
    private final Routes routes;

    UpdateItemHandler(Routes routes) {
        this.routes = routes;
    }

    /** A request that does not say what to do still creates the item, if there is none. */
    private record Change(Update update, @Nullable Condition condition) {}

    @Override
    public UpdateItemOutput handle(UpdateItemInput input) {
        checkMixture(input);
        var key = Parameters.item(Parameters.required(input.key()));
        var change = change(input);

        var route = routes.table(Parameters.required(input.tableName()));
        var position = KeyValidation.positionOfKey(key, route.key());
        checkTargets(change.update(), route.schema());

        var outcome = route.replica(position)
                .write(new ItemWrite.Change(
                        position,
                        key,
                        change.update(),
                        change.condition(),
                        ReturnValues.onConditionFailure(input.returnValuesOnConditionCheckFailure())));
        return new UpdateItemOutput(
                ReturnValues.of(input.returnValues()).of(outcome),
                CapacityTally.ofWrite(input.returnConsumedCapacity(), route, outcome),
                CollectionMetrics.of(input.returnItemCollectionMetrics(), route, key, outcome));
    }

    private static void checkMixture(UpdateItemInput input) {
        new ExpressionParameters()
                .expression(ExpressionKind.UPDATE, input.updateExpression())
                .expression(ExpressionKind.CONDITION, input.conditionExpression())
                .legacy("AttributeUpdates", input.attributeUpdates())
                .legacy("Expected", input.expected())
                .legacy("ConditionalOperator", input.conditionalOperator())
                .check(input.expressionAttributeNames(), input.expressionAttributeValues());
    }

    private static Change change(UpdateItemInput input) {
        var updates = input.attributeUpdates();
        var update = Legacy.update(updates == null ? Map.of() : Parameters.updates(updates));
        var writeCondition = new WriteCondition(
                input.expected(),
                input.conditionalOperator(),
                input.conditionExpression(),
                input.expressionAttributeNames(),
                input.expressionAttributeValues());
        if (writeCondition.isAbsent() && input.updateExpression() == null) {
            return new Change(update, null);
        }
        var condition = writeCondition.fromExpected();
        var placeholders = writeCondition.placeholders();
        var expression = input.updateExpression();
        if (expression != null) {
            update = Expressions.update(expression, placeholders);
        }
        if (condition == null) {
            condition = writeCondition.fromExpression(placeholders);
        }
        placeholders.checkAllUsed();
        return new Change(update, condition);
    }

    /** Also what updates in transactions check. */
    static void checkTargets(Update update, TableSchema schema) {
        for (var attribute : schema.key().attributes()) {
            if (update.attributeNames().contains(attribute.name())) {
                throw DynamoException.validation("One or more parameter values were invalid: Cannot update attribute "
                        + attribute.name() + ". This attribute is part of the key");
            }
        }
        IndexKeyValidation.checkAssigned(update.assignedTypes(), schema);
        KeyPaths.check(update.nestedNames(), schema);
    }
}
