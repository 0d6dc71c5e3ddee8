package dev.evenkeel.router;

import dev.evenkeel.api.shape.ConditionCheck;
import dev.evenkeel.api.shape.Delete;
import dev.evenkeel.api.shape.Put;
import dev.evenkeel.api.shape.TransactWriteItem;
import dev.evenkeel.api.shape.Update;
import dev.evenkeel.api.shape.WireItem;
import dev.evenkeel.api.shape.WireValue;
import dev.evenkeel.model.DynamoException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One action of TransactWriteItems, whatever its kind.
 *
 * @param subject the item of a put, the key of the others
 */
record ActionParameters(
        Kind kind,
        WireItem subject,
        String tableName,
        @Nullable String updateExpression,
        @Nullable String conditionExpression,
        @Nullable Map<String, String> names,
        @Nullable Map<String, WireValue> values,
        @Nullable String returnValuesOnConditionCheckFailure) {

    enum Kind {
        CHECK,
        PUT,
        UPDATE,
        DELETE
    }

    /** @throws DynamoException validation, unless it is exactly one of the four */
    static ActionParameters of(TransactWriteItem action) {
        int kinds = (action.conditionCheck() == null ? 0 : 1)
                + (action.put() == null ? 0 : 1)
                + (action.update() == null ? 0 : 1)
                + (action.delete() == null ? 0 : 1);
        if (kinds > 1) {
            throw DynamoException.validation("TransactItems can only contain one of Check, Put, Update or Delete");
        }
        if (action.put() != null) {
            return of(action.put());
        }
        if (action.update() != null) {
            return of(action.update());
        }
        if (action.delete() != null) {
            return of(action.delete());
        }
        if (action.conditionCheck() != null) {
            return of(action.conditionCheck());
        }
        throw DynamoException.validation( // DynamoDB's own words, without the check
                "Invalid Request: TransactWriteRequest should contain Delete or Put or Update request");
    }

    private static ActionParameters of(Put put) {
        return new ActionParameters(
                Kind.PUT,
                Parameters.required(put.item()),
                Parameters.required(put.tableName()),
                null,
                put.conditionExpression(),
                put.expressionAttributeNames(),
                put.expressionAttributeValues(),
                put.returnValuesOnConditionCheckFailure());
    }

    private static ActionParameters of(Update update) {
        return new ActionParameters(
                Kind.UPDATE,
                Parameters.required(update.key()),
                Parameters.required(update.tableName()),
                update.updateExpression(),
                update.conditionExpression(),
                update.expressionAttributeNames(),
                update.expressionAttributeValues(),
                update.returnValuesOnConditionCheckFailure());
    }

    private static ActionParameters of(Delete delete) {
        return new ActionParameters(
                Kind.DELETE,
                Parameters.required(delete.key()),
                Parameters.required(delete.tableName()),
                null,
                delete.conditionExpression(),
                delete.expressionAttributeNames(),
                delete.expressionAttributeValues(),
                delete.returnValuesOnConditionCheckFailure());
    }

    private static ActionParameters of(ConditionCheck check) {
        return new ActionParameters(
                Kind.CHECK,
                Parameters.required(check.key()),
                Parameters.required(check.tableName()),
                null,
                check.conditionExpression(),
                check.expressionAttributeNames(),
                check.expressionAttributeValues(),
                check.returnValuesOnConditionCheckFailure());
    }
}
