package dev.evenkeel.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ParameterizedStatement;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnItemCollectionMetrics;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

@OneAndThreeZones(initialPartitions = 2)
class TransactionsTest {
    @BeforeEach
    void createTables(DynamoDbClient client) {
        Sdk.createPlain(client);
        Sdk.createOrders(client);
    }

    private static Map<String, AttributeValue> key(String id) {
        return Map.of("id", Sdk.s(id));
    }

    private static Map<String, AttributeValue> item(String id, long value) {
        return Map.of("id", Sdk.s(id), "value", Sdk.n(value));
    }

    private static TransactWriteItem put(Map<String, AttributeValue> item) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(Sdk.PLAIN).item(item))
                .build();
    }

    private static TransactWriteItem putNew(Map<String, AttributeValue> item) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(Sdk.PLAIN)
                        .item(item)
                        .conditionExpression("attribute_not_exists(id)")
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
                .build();
    }

    private static TransactWriteItem add(String id, long more) {
        return TransactWriteItem.builder()
                .update(Update.builder()
                        .tableName(Sdk.PLAIN)
                        .key(key(id))
                        .updateExpression("ADD #v :more")
                        .expressionAttributeNames(Map.of("#v", "value"))
                        .expressionAttributeValues(Map.of(":more", Sdk.n(more)))
                        .build())
                .build();
    }

    private static TransactWriteItem delete(String id) {
        return TransactWriteItem.builder()
                .delete(delete -> delete.tableName(Sdk.PLAIN).key(key(id)))
                .build();
    }

    private static TransactWriteItem check(String id, String condition) {
        return TransactWriteItem.builder()
                .conditionCheck(ConditionCheck.builder()
                        .tableName(Sdk.PLAIN)
                        .key(key(id))
                        .conditionExpression(condition)
                        .build())
                .build();
    }

    private static TransactGetItem get(String id) {
        return TransactGetItem.builder()
                .get(get -> get.tableName(Sdk.PLAIN).key(key(id)))
                .build();
    }

    private static void write(DynamoDbClient client, TransactWriteItem... actions) {
        client.transactWriteItems(request -> request.transactItems(actions));
    }

    private static Map<String, AttributeValue> read(DynamoDbClient client, String id) {
        return client.getItem(
                        request -> request.tableName(Sdk.PLAIN).key(key(id)).consistentRead(true))
                .item();
    }

    private static List<String> codes(TransactionCanceledException cancelled) {
        return cancelled.cancellationReasons().stream()
                .map(CancellationReason::code)
                .toList();
    }

    private static TransactionCanceledException cancelled(DynamoDbClient client, TransactWriteItem... actions) {
        return catchThrowableOfType(TransactionCanceledException.class, () -> write(client, actions));
    }

    @Test
    void allActionsAreCarriedOut(DynamoDbClient client) {
        write(client, put(item("changed", 1)), put(item("gone", 1)), put(item("checked", 1)));
        write(
                client,
                put(item("new", 5)),
                add("changed", 2),
                delete("gone"),
                check("checked", "attribute_exists(id)"),
                TransactWriteItem.builder()
                        .put(Put.builder()
                                .tableName(Sdk.ORDERS)
                                .item(Sdk.order("ann", 1, "open", 5))
                                .build())
                        .build());

        assertThat(read(client, "new")).isEqualTo(item("new", 5));
        assertThat(read(client, "changed")).isEqualTo(item("changed", 3));
        assertThat(read(client, "gone")).isEmpty();
        assertThat(read(client, "checked")).isEqualTo(item("checked", 1));
        assertThat(client.query(request -> request.tableName(Sdk.ORDERS)
                                .indexName(Sdk.BY_STATE)
                                .keyConditionExpression("#s = :open")
                                .expressionAttributeNames(Map.of("#s", "state"))
                                .expressionAttributeValues(Map.of(":open", Sdk.s("open"))))
                        .count())
                .isEqualTo(1);
    }

    @Test
    void oneFailedConditionCancelsAllAndEveryFailureIsTold(DynamoDbClient client) {
        write(client, put(item("there", 1)));
        var cancelled = cancelled(
                client,
                put(item("new", 1)),
                putNew(item("there", 2)),
                check("absent", "attribute_exists(id)"),
                add("there2", 1));

        assertThat(codes(cancelled))
                .containsExactly("None", "ConditionalCheckFailed", "ConditionalCheckFailed", "None");
        assertThat(cancelled.awsErrorDetails().errorMessage())
                .isEqualTo("Transaction cancelled, please refer cancellation reasons for specific reasons"
                        + " [None, ConditionalCheckFailed, ConditionalCheckFailed, None]");
        var reasons = cancelled.cancellationReasons();
        assertThat(reasons.get(0).message()).isNull();
        assertThat(reasons.get(1).message()).isEqualTo("The conditional request failed");
        assertThat(reasons.get(1).item()).isEqualTo(item("there", 1));
        assertThat(reasons.get(2).hasItem()).isFalse();
        assertThat(read(client, "new")).isEmpty();
        assertThat(read(client, "there")).isEqualTo(item("there", 1));
    }

    @Test
    void whatIsWrongWithAnItemCancelsAndWhatIsWrongWithTheRequestDoesNot(DynamoDbClient client) {
        var wrongKey = cancelled(
                client, put(Map.of("id", Sdk.n(7))), put(Map.of("id", Sdk.n(8))), check("a", "attribute_exists(id)"));
        assertThat(codes(wrongKey)).containsExactly("ValidationError", "None", "None");
        assertThat(wrongKey.cancellationReasons().getFirst().message())
                .isEqualTo("One or more parameter values were invalid: Type mismatch for key id expected: S actual: N");

        write(client, put(item("text", 1)));
        client.updateItem(request -> request.tableName(Sdk.PLAIN)
                .key(key("text"))
                .updateExpression("SET #v = :text")
                .expressionAttributeNames(Map.of("#v", "value"))
                .expressionAttributeValues(Map.of(":text", Sdk.s("no number"))));
        var wrongType = cancelled(client, put(item("other", 1)), add("text", 1));
        assertThat(codes(wrongType)).containsExactly("None", "ValidationError");
        assertThat(wrongType.cancellationReasons().get(1).message())
                .isEqualTo("An operand in the update expression has an incorrect data type");

        assertInvalid(() -> write(client, check("a", "not an expression")), "Syntax error");
        assertInvalid(
                () -> write(client, put(item("a", 1)), add("a", 1)),
                "Transaction request cannot include multiple operations on one item");
        assertInvalid(
                () -> write(client, put(Map.of("id", Sdk.s("a"), "body", Sdk.s("x".repeat(410_000))))),
                "Item size has exceeded the maximum allowed size");
        assertInvalid(
                () -> write(
                        client,
                        IntStream.range(0, 12)
                                .mapToObj(i -> put(Map.of("id", Sdk.s("n" + i), "body", Sdk.s("x".repeat(380_000)))))
                                .toArray(TransactWriteItem[]::new)),
                "size cannot exceed");
        assertInvalid(
                () -> write(
                        client,
                        put(item("a", 1)).toBuilder()
                                .delete(delete("b").delete())
                                .build()),
                "TransactItems can only contain one of Check, Put, Update or Delete");
        assertThatThrownBy(() -> client.transactWriteItems(request -> request.transactItems(TransactWriteItem.builder()
                        .put(put -> put.tableName("nowhere").item(item("a", 1)))
                        .build())))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThat(read(client, "a")).isEmpty();
    }

    private static void assertInvalid(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOf(DynamoDbException.class)
                .hasMessageContaining(message)
                .extracting(failure ->
                        ((DynamoDbException) failure).awsErrorDetails().errorCode())
                .isEqualTo("ValidationException");
    }

    @Test
    void aTokenMakesItHappenOnce(DynamoDbClient client) {
        var token = UUID.randomUUID().toString();
        Consumer<TransactWriteItemsRequest.Builder> request = it -> it.clientRequestToken(token)
                .transactItems(add("counter", 1), add("other", 1))
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
        var first = client.transactWriteItems(request);
        var second = client.transactWriteItems(request);

        assertThat(read(client, "counter")).isEqualTo(item("counter", 1));
        assertThat(first.consumedCapacity().getFirst().writeCapacityUnits()).isEqualTo(4.0);
        assertThat(first.consumedCapacity().getFirst().readCapacityUnits()).isNull();
        assertThat(second.consumedCapacity().getFirst().readCapacityUnits()).isEqualTo(4.0);
        assertThat(second.consumedCapacity().getFirst().writeCapacityUnits()).isNull();
        assertThatThrownBy(() -> client.transactWriteItems(
                        it -> it.clientRequestToken(token).transactItems(add("counter", 2), add("other", 1))))
                .isInstanceOf(IdempotentParameterMismatchException.class);
        write(client, add("counter", 1));
        assertThat(read(client, "counter")).isEqualTo(item("counter", 2));
    }

    @Test
    void aCancelledTransactionLeavesItsTokenFree(DynamoDbClient client) {
        var token = UUID.randomUUID().toString();
        write(client, put(item("there", 1)));
        Runnable write = () -> client.transactWriteItems(
                it -> it.clientRequestToken(token).transactItems(putNew(item("there", 2)), put(item("new", 1))));
        assertThatThrownBy(write::run).isInstanceOf(TransactionCanceledException.class);
        write(client, delete("there"));
        write.run();
        assertThat(read(client, "there")).isEqualTo(item("there", 2));
    }

    @Test
    void aReadFindsTheItemsAsTheyAre(DynamoDbClient client) {
        Sdk.putOrders(client, "ann", 1);
        write(client, put(item("a", 1)), put(Map.of("id", Sdk.s("b"), "kept", Sdk.n(1), "left", Sdk.n(2))));
        var answer = client.transactGetItems(request -> request.transactItems(
                        get("a"),
                        get("missing"),
                        TransactGetItem.builder()
                                .get(it -> it.tableName(Sdk.PLAIN).key(key("b")).projectionExpression("kept"))
                                .build(),
                        TransactGetItem.builder()
                                .get(it -> it.tableName(Sdk.ORDERS).key(Sdk.orderKey("ann", 0)))
                                .build())
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
        var items = answer.responses().stream().map(ItemResponse::item).toList();
        assertThat(items)
                .containsExactly(item("a", 1), Map.of(), Map.of("kept", Sdk.n(1)), Sdk.order("ann", 0, "open", 1_000));
        assertThat(answer.responses().get(1).hasItem()).isFalse();
        assertThat(answer.consumedCapacity().stream().map(ConsumedCapacity::tableName))
                .containsExactly(Sdk.PLAIN, Sdk.ORDERS);
        assertThat(answer.consumedCapacity().stream().map(ConsumedCapacity::readCapacityUnits))
                .containsExactly(6.0, 2.0);

        assertInvalid(
                () -> client.transactGetItems(request -> request.transactItems(get("a"), get("a"))),
                "Transaction request cannot include multiple operations on one item");
        var noKey = catchThrowableOfType(
                TransactionCanceledException.class,
                () -> client.transactGetItems(request -> request.transactItems(
                        get("a"),
                        TransactGetItem.builder()
                                .get(it -> it.tableName(Sdk.PLAIN).key(Map.of()))
                                .build())));
        assertThat(codes(noKey)).containsExactly("None", "ValidationError");
    }

    @Test
    void itsIndexesAndCollectionsAreCharged(DynamoDbClient client) {
        var actions = new ArrayList<TransactWriteItem>();
        for (int i = 0; i < 2; i++) {
            var order = Sdk.order("ann", i, "open", i);
            actions.add(TransactWriteItem.builder()
                    .put(put -> put.tableName(Sdk.ORDERS).item(order))
                    .build());
        }
        var answer = client.transactWriteItems(request -> request.transactItems(actions)
                .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES)
                .returnItemCollectionMetrics(ReturnItemCollectionMetrics.SIZE));
        var capacity = answer.consumedCapacity().getFirst();
        assertThat(capacity.capacityUnits()).isEqualTo(8.0);
        assertThat(capacity.table().writeCapacityUnits()).isEqualTo(4.0);
        assertThat(capacity.localSecondaryIndexes().get(Sdk.BY_TOTAL).capacityUnits())
                .isEqualTo(2.0);
        assertThat(capacity.globalSecondaryIndexes().get(Sdk.BY_STATE).writeCapacityUnits())
                .isEqualTo(2.0);
        assertThat(answer.itemCollectionMetrics().get(Sdk.ORDERS)).hasSize(2);
        assertThat(client.query(request -> request.tableName(Sdk.ORDERS)
                                .indexName(Sdk.BY_TOTAL)
                                .consistentRead(true)
                                .keyConditionExpression("customer = :ann")
                                .expressionAttributeValues(Map.of(":ann", Sdk.s("ann"))))
                        .count())
                .isEqualTo(2);
    }

    @Test
    void aHundredActionsAreDone(DynamoDbClient client) {
        var actions =
                IntStream.range(0, 100).mapToObj(i -> put(item("n" + i, i))).toArray(TransactWriteItem[]::new);
        write(client, actions);
        assertThat(client.scan(request -> request.tableName(Sdk.PLAIN)).count()).isEqualTo(100);
        var more = Arrays.copyOf(actions, 101);
        more[100] = put(item("more", 1));
        assertInvalid(() -> write(client, more), "Member must have length less than or equal to 100");
    }

    private static void execute(DynamoDbClient client, String... statements) {
        client.executeTransaction(request -> request.transactStatements(Arrays.stream(statements)
                .map(text -> ParameterizedStatement.builder().statement(text).build())
                .toList()));
    }

    @Test
    void statementsAreATransactionToo(DynamoDbClient client) {
        write(client, put(item("there", 1)), put(item("checked", 1)));
        execute(
                client,
                "INSERT INTO plain VALUE {'id': 'new', 'value': 5}",
                "UPDATE plain SET \"value\" = 2 WHERE id = 'there'",
                "EXISTS(SELECT * FROM plain WHERE id = 'checked' AND \"value\" = 1)");
        assertThat(read(client, "new")).isEqualTo(item("new", 5));
        assertThat(read(client, "there")).isEqualTo(item("there", 2));

        var duplicate = catchThrowableOfType(
                TransactionCanceledException.class,
                () -> execute(client, "INSERT INTO plain VALUE {'id': 'there'}", "DELETE FROM plain WHERE id = 'new'"));
        assertThat(codes(duplicate)).containsExactly("DuplicateItem", "None");
        assertThat(read(client, "new")).isNotEmpty();

        var found = client.executeTransaction(request -> request.transactStatements(
                ParameterizedStatement.builder()
                        .statement("SELECT * FROM plain WHERE id = 'new'")
                        .build(),
                ParameterizedStatement.builder()
                        .statement("SELECT * FROM plain WHERE id = 'missing'")
                        .build()));
        assertThat(found.responses().stream().map(ItemResponse::item)).containsExactly(item("new", 5), Map.of());
    }
}
