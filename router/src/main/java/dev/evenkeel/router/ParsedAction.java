package dev.evenkeel.router;

import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.ExpressionKind;
import dev.evenkeel.expression.ExpressionParameters;
import dev.evenkeel.expression.Expressions;
import dev.evenkeel.expression.Update;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Item;
import dev.evenkeel.partition.ItemWrite;
import org.jspecify.annotations.Nullable;

/**
 * One action of TransactWriteItems, valid by itself.
 *
 * @param subject the item of a put, the key of the others
 * @param update null unless it is one
 */
record ParsedAction(
        ActionParameters parameters,
        Item subject,
        @Nullable Update update,
        @Nullable Condition condition) {

    /** @throws DynamoException validation, of what can be seen without the table */
    static ParsedAction of(ActionParameters parameters) {
        var expressions = new ExpressionParameters();
        if (parameters.kind() == ActionParameters.Kind.UPDATE) {
            expressions.expression(ExpressionKind.UPDATE, parameters.updateExpression());
        }
        expressions
                .expression(ExpressionKind.CONDITION, parameters.conditionExpression())
                .check(parameters.names(), parameters.values());
        var subject = Parameters.item(parameters.subject());
        if (parameters.kind() == ActionParameters.Kind.PUT) {
            PutItemHandler.checkSize(subject);
        }
        var placeholders = Parameters.placeholders(parameters.names(), parameters.values());
        var update = parameters.updateExpression() == null
                ? null
                : Expressions.update(parameters.updateExpression(), placeholders);
        var condition = parameters.conditionExpression() == null
                ? null
                : Expressions.condition(ExpressionKind.CONDITION, parameters.conditionExpression(), placeholders);
        placeholders.checkAllUsed();
        return new ParsedAction(parameters, subject, update, condition);
    }

    /**
     * What it does to an item of that table.
     *
     * @throws DynamoException validation, against the table
     */
    ItemWrite against(TableRoute route) {
        boolean returnsItem = ReturnValues.onConditionFailure(parameters.returnValuesOnConditionCheckFailure());
        if (parameters.kind() == ActionParameters.Kind.PUT) {
            var position = KeyValidation.positionOfItem(subject, route.key(), KeyValidation.Wording.ITEM);
            IndexKeyValidation.checkItem(subject, route.schema());
            return new ItemWrite.Put(position, subject, condition, returnsItem);
        }
        var position = KeyValidation.positionOfKey(subject, route.key());
        return switch (parameters.kind()) {
            case DELETE -> new ItemWrite.Delete(position, condition, returnsItem);
            case CHECK -> new ItemWrite.Check(position, Parameters.required(condition), returnsItem);
            case UPDATE -> {
                var changes = Parameters.required(update);
                UpdateItemHandler.checkTargets(changes, route.schema());
                yield new ItemWrite.Change(position, subject, changes, condition, returnsItem);
            }
            case PUT -> throw new IllegalStateException("a put is not addressed by a key");
        };
    }
}
