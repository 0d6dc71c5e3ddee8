package dev.evenkeel.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementErrorCodeEnum;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DuplicateItemException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

@OneAndThreeZones(initialPartitions = 2)
class PartiqlTest {
    @BeforeEach
    void createTables(DynamoDbClient client) {
        Sdk.createPlain(client);
        Sdk.createOrders(client);
    }

    private static List<Map<String, AttributeValue>> run(
            DynamoDbClient client, String statement, AttributeValue... parameters) {
        return client.executeStatement(request ->
                        with(request, parameters).statement(statement).consistentRead(true))
                .items();
    }

    /** The SDK sends an empty list for none, which DynamoDB refuses. */
    private static ExecuteStatementRequest.Builder with(
            ExecuteStatementRequest.Builder request, AttributeValue... parameters) {
        return parameters.length == 0 ? request : request.parameters(parameters);
    }

    private static <E extends Throwable> E failure(Class<E> type, DynamoDbClient client, String statement) {
        return catchThrowableOfType(type, () -> run(client, statement));
    }

    @Test
    void anItemsWholeLife(DynamoDbClient client) {
        var blob = AttributeValue.fromB(SdkBytes.fromUtf8String("blob"));
        assertThat(run(
                        client,
                        "INSERT INTO \"plain\" VALUE {'id': ?, 'n': 1, 'b': ?, 'tags': <<'x', 'y'>>, 'm': {'l': [1, NULL, TRUE]}}",
                        Sdk.s("a"),
                        blob))
                .isEmpty();
        assertThat(run(client, "SELECT n, b, m.l[2], tags FROM plain WHERE id = 'a'"))
                .containsExactly(Map.of(
                        "n", Sdk.n(1),
                        "b", blob,
                        "l[2]", AttributeValue.fromBool(true),
                        "tags", AttributeValue.fromSs(List.of("x", "y"))));
        assertThat(run(
                        client,
                        "UPDATE plain SET n = n + ? SET tags = set_add(tags, <<'z'>>) REMOVE b WHERE id = 'a' AND n = 1 RETURNING MODIFIED NEW *",
                        Sdk.n(2)))
                .containsExactly(Map.of("n", Sdk.n(3), "tags", AttributeValue.fromSs(List.of("x", "y", "z"))));
        assertThat(run(client, "DELETE FROM plain WHERE id = 'a' AND n = 3 RETURNING ALL OLD *"))
                .singleElement()
                .satisfies(old -> assertThat(old).containsKeys("id", "m"));
        assertThat(run(client, "SELECT * FROM plain")).isEmpty();
    }

    @Test
    void failuresAreTyped(DynamoDbClient client) {
        run(client, "INSERT INTO plain VALUE {'id': 'a', 'n': 1}");
        assertThat(failure(DuplicateItemException.class, client, "INSERT INTO plain VALUE {'id': 'a'}")
                        .awsErrorDetails()
                        .errorMessage())
                .isEqualTo("Duplicate primary key exists in table");
        assertThat(failure(
                        ConditionalCheckFailedException.class, client, "UPDATE plain SET n = 2 WHERE id = 'missing'"))
                .isNotNull();
        assertThat(failure(ResourceNotFoundException.class, client, "SELECT * FROM nope"))
                .isNotNull();
        assertThat(failure(DynamoDbException.class, client, "SELEKT")
                        .awsErrorDetails()
                        .errorCode())
                .isEqualTo("ValidationException");
        var failed = catchThrowableOfType(
                ConditionalCheckFailedException.class,
                () -> client.executeStatement(request -> request.statement("DELETE FROM plain WHERE id = 'a' AND n > 5")
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
        assertThat(failed.item()).isEqualTo(Map.of("id", Sdk.s("a"), "n", Sdk.n(1)));
    }

    @Test
    void queriesOfTableAndIndexes(DynamoDbClient client) {
        Sdk.putOrders(client, "ann", 10);
        assertThat(Sdk.numbers(
                        run(client, "SELECT * FROM orders WHERE customer = 'ann' AND number BETWEEN 3 AND 5"),
                        "number"))
                .containsExactly(3L, 4L, 5L);
        assertThat(Sdk.numbers(
                        run(
                                client,
                                "SELECT number FROM \"orders\" WHERE customer = 'ann' AND number > 6 ORDER BY number DESC"),
                        "number"))
                .containsExactly(9L, 8L, 7L);
        assertThat(Sdk.numbers(
                        run(
                                client,
                                "SELECT * FROM \"orders\".\"by-total\" WHERE customer = 'ann' AND total <= ?",
                                Sdk.n(992)),
                        "number"))
                .containsExactly(9L, 8L);
    }

    @Test
    void pagesByToken(DynamoDbClient client) {
        Sdk.putOrders(client, "ann", 10);
        Sdk.putOrders(client, "bob", 7);
        var seen = new ArrayList<Long>();
        String token = null;
        int pages = 0;
        do {
            var next = token;
            Consumer<ExecuteStatementRequest.Builder> request =
                    builder -> builder.statement("SELECT * FROM orders WHERE customer IN [?, ?] AND number >= 2")
                            .parameters(Sdk.s("bob"), Sdk.s("ann"))
                            .limit(4)
                            .consistentRead(true)
                            .nextToken(next);
            var answer = client.executeStatement(request);
            seen.addAll(Sdk.numbers(answer.items(), "number"));
            token = answer.nextToken();
            pages++;
        } while (token != null);
        assertThat(seen).containsExactly(2L, 3L, 4L, 5L, 6L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(pages).isGreaterThan(3);
    }

    @Test
    void batches(DynamoDbClient client) {
        Sdk.putOrders(client, "ann", 2);
        var writes = client.batchExecuteStatement(request -> request.statements(
                        statement("INSERT INTO plain VALUE {'id': 'a'}"),
                        statement("UPDATE orders SET note = 'x' WHERE customer = 'ann' AND number = 1"),
                        statement("UPDATE orders SET note = 'x' WHERE customer = 'ann' AND number = 7"),
                        statement("DELETE FROM nope WHERE id = 'a'"))
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
        assertThat(writes.responses())
                .extracting(response ->
                        response.error() == null ? null : response.error().code())
                .containsExactly(
                        null,
                        null,
                        BatchStatementErrorCodeEnum.CONDITIONAL_CHECK_FAILED,
                        BatchStatementErrorCodeEnum.RESOURCE_NOT_FOUND);
        assertThat(writes.consumedCapacity()).hasSize(2);
        var reads = client.batchExecuteStatement(request -> request.statements(
                statement("SELECT note FROM orders WHERE customer = 'ann' AND number = 1"),
                statement("SELECT * FROM plain WHERE id = 'missing'")));
        assertThat(reads.responses().getFirst().item()).isEqualTo(Map.of("note", Sdk.s("x")));
        assertThat(reads.responses().getLast().hasItem()).isFalse();
    }

    private static BatchStatementRequest statement(String text) {
        return BatchStatementRequest.builder()
                .statement(text)
                .consistentRead(true)
                .build();
    }
}
