package dev.evenkeel.router;

import dev.evenkeel.api.Operation;
import dev.evenkeel.api.shape.BatchExecuteStatementInput;
import dev.evenkeel.api.shape.BatchExecuteStatementOutput;
import dev.evenkeel.api.shape.BatchStatementRequest;
import dev.evenkeel.api.shape.BatchStatementResponse;
import dev.evenkeel.api.shape.ExecuteStatementInput;
import dev.evenkeel.api.shape.ExecuteStatementOutput;
import dev.evenkeel.api.shape.WireValue;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Item;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Statements against a {@link World}. */
record Partiql(World world) {

    static ExecuteStatementInput.Builder input(String statement, Object... parameters) {
        return ExecuteStatementInput.builder().statement(statement).parameters(wire(parameters));
    }

    private static @Nullable List<WireValue> wire(Object... parameters) {
        return parameters.length == 0
                ? null
                : Arrays.stream(parameters)
                        .map(parameter -> WireValue.of(value(parameter)))
                        .toList();
    }

    private static AttributeValue value(Object parameter) {
        return switch (parameter) {
            case String text -> AttributeValue.of(text);
            case Number number -> AttributeValue.of(number.longValue());
            default -> (AttributeValue) parameter;
        };
    }

    ExecuteStatementOutput run(ExecuteStatementInput.Builder input) {
        return execute("ExecuteStatement", input.build());
    }

    /** The items of an answer on one page. */
    List<Item> items(String statement, Object... parameters) {
        var answer = run(input(statement, parameters));
        if (answer.nextToken() != null) {
            throw new AssertionError("there is another page of " + statement);
        }
        return Objects.requireNonNull(answer.items());
    }

    /** The items of all pages. */
    List<Item> all(ExecuteStatementInput.Builder input) {
        var items = new ArrayList<Item>();
        String token = null;
        do {
            var answer = run(input.nextToken(token));
            items.addAll(Objects.requireNonNull(answer.items()));
            token = answer.nextToken();
        } while (token != null);
        return items;
    }

    String failure(String statement, Object... parameters) {
        return failure(input(statement, parameters));
    }

    /** The error that a statement is answered with, as {@code code: message}. */
    String failure(ExecuteStatementInput.Builder input) {
        try {
            throw new AssertionError("answered " + run(input));
        } catch (DynamoException failure) {
            return failure.code() + ": " + failure.getMessage();
        }
    }

    BatchExecuteStatementOutput batch(BatchStatementRequest... members) {
        return execute("BatchExecuteStatement", new BatchExecuteStatementInput(List.of(members), "TOTAL"));
    }

    /** The responses to a batch, as {@code item}, {@code -} or {@code code: message}, each with its table. */
    List<String> responses(String... statements) {
        var members = Arrays.stream(statements)
                .map(statement ->
                        BatchStatementRequest.builder().statement(statement).build())
                .toArray(BatchStatementRequest[]::new);
        return Objects.requireNonNull(batch(members).responses()).stream()
                .map(Partiql::describe)
                .toList();
    }

    private static String describe(BatchStatementResponse response) {
        var error = response.error();
        var result = error != null
                ? error.code() + ": " + error.message()
                : response.item() == null ? "-" : response.item().toString();
        return response.tableName() + " " + result;
    }

    @SuppressWarnings("unchecked") // the caller names the input and output of the operation it names
    private <I, O> O execute(String operation, I input) {
        return world.router.execute((Operation<I, O>) Wire.operation(operation), input);
    }

    /** The plan of a statement, as it is traced. */
    String plan(String statement, Object... parameters) {
        var request = StatementRequest.of(input(statement, parameters).build());
        return new StatementPlanner(world.routes()).plan(request).explain();
    }
}
