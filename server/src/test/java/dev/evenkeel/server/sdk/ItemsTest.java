package dev.evenkeel.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnItemCollectionMetrics;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

@OneAndThreeZones
class ItemsTest {
    private static final Map<String, AttributeValue> KEY = Map.of("id", Sdk.s("a"));

    @BeforeEach
    void createTables(DynamoDbClient client) {
        Sdk.createPlain(client);
        Sdk.createOrders(client);
    }

    private static Map<String, AttributeValue> get(DynamoDbClient client) {
        return client.getItem(request -> request.tableName(Sdk.PLAIN).key(KEY).consistentRead(true))
                .item();
    }

    private static Map<String, AttributeValue> with(String name, AttributeValue value) {
        return Map.of("id", Sdk.s("a"), name, value);
    }

    @Test
    void everyTypeComesBackAsItWent(DynamoDbClient client) {
        var item = new HashMap<>(KEY);
        item.put("string", Sdk.s("žluťoučký 🐎"));
        item.put("empty", Sdk.s(""));
        item.put("number", AttributeValue.fromN("-12345678901234567890.123456789012345678"));
        item.put("binary", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, -1, 127})));
        item.put("yes", AttributeValue.fromBool(true));
        item.put("nothing", AttributeValue.fromNul(true));
        item.put("strings", AttributeValue.fromSs(List.of("a", "b")));
        item.put("numbers", AttributeValue.fromNs(List.of("1", "2.5")));
        item.put("binaries", AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("x"))));
        item.put(
                "list",
                AttributeValue.fromL(List.of(Sdk.n(1), AttributeValue.fromM(Map.of("deep", Sdk.s("x"))), Sdk.s(""))));
        item.put("map", AttributeValue.fromM(Map.of("emptyList", AttributeValue.fromL(List.of()))));

        client.putItem(request -> request.tableName(Sdk.PLAIN).item(item));

        assertThat(get(client)).isEqualTo(item);
    }

    @Test
    void whatIsNotThereHasNoItem(DynamoDbClient client) {
        var answer = client.getItem(request -> request.tableName(Sdk.PLAIN).key(KEY));
        assertThat(answer.hasItem()).isFalse();
    }

    @Test
    void aProjectionPicksNestedParts(DynamoDbClient client) {
        client.putItem(request -> request.tableName(Sdk.PLAIN)
                .item(with("list", AttributeValue.fromL(List.of(Sdk.n(1), Sdk.n(2), Sdk.n(3))))));
        var answer = client.getItem(request -> request.tableName(Sdk.PLAIN)
                .key(KEY)
                .projectionExpression("#l[2], id")
                .expressionAttributeNames(Map.of("#l", "list")));
        assertThat(answer.item()).isEqualTo(with("list", AttributeValue.fromL(List.of(Sdk.n(3)))));
    }

    @Test
    void aPutTellsWhatItReplaced(DynamoDbClient client) {
        client.putItem(request -> request.tableName(Sdk.PLAIN).item(with("v", Sdk.n(1))));
        var second = client.putItem(request ->
                request.tableName(Sdk.PLAIN).item(with("v", Sdk.n(2))).returnValues(ReturnValue.ALL_OLD));
        assertThat(second.attributes()).isEqualTo(with("v", Sdk.n(1)));
    }

    @Test
    void anUpdateCountsListsAndRemoves(DynamoDbClient client) {
        client.putItem(request -> request.tableName(Sdk.PLAIN)
                .item(Map.of(
                        "id", Sdk.s("a"), "gone", Sdk.n(1), "tags", AttributeValue.fromSs(List.of("old", "kept")))));
        var answer = client.updateItem(request -> request.tableName(Sdk.PLAIN)
                .key(KEY)
                .updateExpression("SET events = list_append(if_not_exists(events, :none), :entry) "
                        + "ADD hits :one REMOVE gone DELETE tags :old")
                .expressionAttributeValues(Map.of(
                        ":none", AttributeValue.fromL(List.of()),
                        ":entry", AttributeValue.fromL(List.of(Sdk.s("first"))),
                        ":one", Sdk.n(1),
                        ":old", AttributeValue.fromSs(List.of("old"))))
                .returnValues(ReturnValue.ALL_NEW));
        assertThat(answer.attributes())
                .isEqualTo(Map.of(
                        "id", Sdk.s("a"),
                        "events", AttributeValue.fromL(List.of(Sdk.s("first"))),
                        "hits", Sdk.n(1),
                        "tags", AttributeValue.fromSs(List.of("kept"))));
        assertThat(get(client)).isEqualTo(answer.attributes());
    }

    @Test
    void anUpdateTellsOnlyWhatItTouchedWhenAsked(DynamoDbClient client) {
        client.putItem(request -> request.tableName(Sdk.PLAIN).item(with("v", Sdk.n(1))));
        var answer = client.updateItem(request -> request.tableName(Sdk.PLAIN)
                .key(KEY)
                .updateExpression("SET v = v + :one, w = :one")
                .expressionAttributeValues(Map.of(":one", Sdk.n(1)))
                .returnValues(ReturnValue.UPDATED_OLD));
        assertThat(answer.attributes()).isEqualTo(Map.of("v", Sdk.n(1)));
    }

    @Test
    void aFailedConditionBringsTheItem(DynamoDbClient client) {
        var stored = with("version", Sdk.n(7));
        client.putItem(request -> request.tableName(Sdk.PLAIN).item(stored));

        var failure = catchThrowableOfType(
                ConditionalCheckFailedException.class,
                () -> client.putItem(request -> request.tableName(Sdk.PLAIN)
                        .item(KEY)
                        .conditionExpression("version = :expected")
                        .expressionAttributeValues(Map.of(":expected", Sdk.n(6)))
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));

        assertThat(failure.item()).isEqualTo(stored);
        assertThat(failure.statusCode()).isEqualTo(400);
        assertThat(failure.awsErrorDetails().errorMessage()).isEqualTo("The conditional request failed");
        assertThat(get(client)).isEqualTo(stored);
    }

    @Test
    void aFailedConditionBringsNothingUnasked(DynamoDbClient client) {
        client.putItem(request -> request.tableName(Sdk.PLAIN).item(KEY));
        var failure = catchThrowableOfType(
                ConditionalCheckFailedException.class,
                () -> client.deleteItem(request ->
                        request.tableName(Sdk.PLAIN).key(KEY).conditionExpression("attribute_not_exists(id)")));
        assertThat(failure.hasItem()).isFalse();
    }

    @Test
    void aDeleteTellsWhatItTook(DynamoDbClient client) {
        client.putItem(request -> request.tableName(Sdk.PLAIN).item(with("v", Sdk.n(1))));
        var deleted = client.deleteItem(
                request -> request.tableName(Sdk.PLAIN).key(KEY).returnValues(ReturnValue.ALL_OLD));
        assertThat(deleted.attributes()).isEqualTo(with("v", Sdk.n(1)));
        assertThat(get(client)).isEmpty();
        assertThat(client.deleteItem(
                                request -> request.tableName(Sdk.PLAIN).key(KEY).returnValues(ReturnValue.ALL_OLD))
                        .hasAttributes())
                .isFalse();
    }

    @Test
    void capacityIsToldByIndex(DynamoDbClient client) {
        var order = new HashMap<>(Sdk.order("ann", 1, "open", 10));
        order.put("note", Sdk.s("x".repeat(1_500)));
        var put = client.putItem(request -> request.tableName(Sdk.ORDERS)
                .item(order)
                .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES)
                .returnItemCollectionMetrics(ReturnItemCollectionMetrics.SIZE));

        var capacity = put.consumedCapacity();
        assertThat(capacity.table().capacityUnits()).isEqualTo(2); // the item has 1 to 2 KB
        assertThat(capacity.globalSecondaryIndexes().get(Sdk.BY_STATE).capacityUnits())
                .isEqualTo(2); // the note is projected
        assertThat(capacity.localSecondaryIndexes().get(Sdk.BY_TOTAL).capacityUnits())
                .isEqualTo(1); // keys only
        assertThat(capacity.capacityUnits()).isEqualTo(5);
        assertThat(put.itemCollectionMetrics().itemCollectionKey()).isEqualTo(Map.of("customer", Sdk.s("ann")));
        assertThat(put.itemCollectionMetrics().sizeEstimateRangeGB()).containsExactly(0.0, 1.0);
    }

    @Test
    void consistentReadsCostTwice(DynamoDbClient client) {
        client.putItem(request -> request.tableName(Sdk.PLAIN).item(with("v", Sdk.s("x".repeat(5_000)))));
        assertThat(readUnits(client, true)).isEqualTo(2);
        assertThat(readUnits(client, false)).isEqualTo(1);
    }

    private static double readUnits(DynamoDbClient client, boolean consistent) {
        return client.getItem(request -> request.tableName(Sdk.PLAIN)
                        .key(KEY)
                        .consistentRead(consistent)
                        .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
                .consumedCapacity()
                .capacityUnits();
    }

    @Test
    void anItemOf400KilobytesIsTheLargest(DynamoDbClient client) {
        int room = 400 * 1024 - "id".length() - "a".length() - "v".length();
        client.putItem(request -> request.tableName(Sdk.PLAIN).item(with("v", Sdk.s("x".repeat(room)))));
        assertThat(get(client).get("v").s()).hasSize(room);
        assertThatThrownBy(() -> client.putItem(request ->
                        request.tableName(Sdk.PLAIN).item(with("v", Sdk.s("x".repeat(room + 1))))))
                .isInstanceOf(DynamoDbException.class)
                .hasMessageContaining("Item size has exceeded the maximum allowed size");
    }

    @Test
    void keysAreNumbersByValue(DynamoDbClient client) {
        client.putItem(request -> request.tableName(Sdk.ORDERS)
                .item(Map.of("customer", Sdk.s("ann"), "number", AttributeValue.fromN("1.0e1"))));
        var answer = client.getItem(request -> request.tableName(Sdk.ORDERS).key(Sdk.orderKey("ann", 10)));
        assertThat(answer.item()).isEqualTo(Sdk.orderKey("ann", 10));
    }
}
