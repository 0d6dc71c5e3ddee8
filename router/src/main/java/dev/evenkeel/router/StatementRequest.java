package dev.evenkeel.router;

import dev.evenkeel.api.shape.BatchStatementRequest;
import dev.evenkeel.api.shape.ExecuteStatementInput;
import dev.evenkeel.api.shape.WireValue;
import dev.evenkeel.expression.Statement;
import dev.evenkeel.expression.Statements;
import dev.evenkeel.model.AttributeValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A PartiQL statement with what the request says of how to run it.
 *
 * @param limit items to look at, at most
 * @param capacityMode {@code ReturnConsumedCapacity}
 */
record StatementRequest(
        String text,
        List<AttributeValue> parameters,
        boolean consistent,
        int limit,
        @Nullable String nextToken,
        @Nullable String capacityMode,
        boolean returnItemOnConditionFailure) {

    /** @throws dev.evenkeel.model.DynamoException validation, when it is no statement or a parameter is malformed */
    static StatementRequest of(ExecuteStatementInput input) {
        var text = Parameters.required(input.statement());
        return new StatementRequest(
                text,
                parameters(text, input.parameters()),
                Boolean.TRUE.equals(input.consistentRead()),
                input.limit() == null ? Integer.MAX_VALUE : input.limit(),
                input.nextToken(),
                input.returnConsumedCapacity(),
                ReturnValues.onConditionFailure(input.returnValuesOnConditionCheckFailure()));
    }

    /**
     * One of a batch. DynamoDB takes its {@code ReturnValuesOnConditionCheckFailure} and gives no item all the same.
     *
     * @throws dev.evenkeel.model.DynamoException validation, when it is no statement or a parameter is malformed
     */
    static StatementRequest of(BatchStatementRequest member, @Nullable String capacityMode) {
        var text = Parameters.required(member.statement());
        return new StatementRequest(
                text,
                parameters(text, member.parameters()),
                Boolean.TRUE.equals(member.consistentRead()),
                Integer.MAX_VALUE,
                null,
                capacityMode,
                false);
    }

    /** A text that is no statement is told before a parameter that is no value. */
    static List<AttributeValue> parameters(String text, @Nullable List<WireValue> wires) {
        Statements.isRead(text);
        var values = new ArrayList<AttributeValue>();
        if (wires != null) {
            wires.forEach(wire -> values.add(Parameters.value(wire)));
        }
        return values;
    }

    /** @throws dev.evenkeel.model.DynamoException validation */
    Statement bind() {
        return Statements.bind(text, parameters);
    }
}
