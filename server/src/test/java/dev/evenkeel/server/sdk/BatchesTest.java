package dev.evenkeel.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

@OneAndThreeZones(initialPartitions = 2)
class BatchesTest {
    @BeforeEach
    void createTables(DynamoDbClient client) {
        Sdk.createPlain(client);
        Sdk.createOrders(client);
    }

    private static WriteRequest put(Map<String, AttributeValue> item) {
        return WriteRequest.builder().putRequest(put -> put.item(item)).build();
    }

    private static WriteRequest delete(Map<String, AttributeValue> key) {
        return WriteRequest.builder().deleteRequest(delete -> delete.key(key)).build();
    }

    private static Map<String, AttributeValue> key(String id) {
        return Map.of("id", Sdk.s(id));
    }

    @Test
    void aBatchWritesToManyTables(DynamoDbClient client) {
        client.putItem(request -> request.tableName(Sdk.PLAIN).item(key("old")));
        var answer = client.batchWriteItem(request -> request.requestItems(Map.of(
                        Sdk.PLAIN, List.of(put(key("new")), delete(key("old"))),
                        Sdk.ORDERS, List.of(put(Sdk.order("ann", 1, "open", 5)))))
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));

        assertThat(answer.unprocessedItems()).isEmpty();
        assertThat(answer.consumedCapacity()).hasSize(2);
        assertThat(Sdk.strings(
                        client.scan(request -> request.tableName(Sdk.PLAIN)).items(), "id"))
                .containsExactly("new");
        assertThat(client.scan(request -> request.tableName(Sdk.ORDERS)).count())
                .isEqualTo(1);
    }

    @Test
    void aBatchReadsFromManyTables(DynamoDbClient client) {
        Sdk.putOrders(client, "ann", 3);
        client.putItem(request -> request.tableName(Sdk.PLAIN).item(key("a")));
        var answer = client.batchGetItem(request -> request.requestItems(Map.of(
                Sdk.PLAIN,
                        KeysAndAttributes.builder()
                                .keys(List.of(key("a"), key("missing")))
                                .build(),
                Sdk.ORDERS,
                        KeysAndAttributes.builder()
                                .keys(List.of(Sdk.orderKey("ann", 0), Sdk.orderKey("ann", 2)))
                                .projectionExpression("#t")
                                .expressionAttributeNames(Map.of("#t", "total"))
                                .consistentRead(true)
                                .build())));
        assertThat(answer.responses().get(Sdk.PLAIN)).containsExactly(key("a"));
        assertThat(Sdk.numbers(answer.responses().get(Sdk.ORDERS), "total")).containsExactlyInAnyOrder(1_000L, 998L);
        assertThat(answer.unprocessedKeys()).isEmpty();
    }

    /** 16 MB of answer are full after 40 such items: the paginator asks for the rest. */
    @Test
    void thePaginatorFetchesWhatFoundNoRoom(DynamoDbClient client) {
        var body = Sdk.s("x".repeat(399_000));
        var ids = IntStream.range(0, 50).mapToObj(i -> "item-" + i).toList();
        ids.forEach(id ->
                client.putItem(request -> request.tableName(Sdk.PLAIN).item(Map.of("id", Sdk.s(id), "body", body))));
        var keys = KeysAndAttributes.builder()
                .keys(ids.stream().map(BatchesTest::key).toList())
                .build();

        var pages = client.batchGetItemPaginator(request -> request.requestItems(Map.of(Sdk.PLAIN, keys))).stream()
                .toList();

        assertThat(pages).hasSize(2);
        assertThat(pages.getFirst().unprocessedKeys()).containsOnlyKeys(Sdk.PLAIN);
        assertThat(pages.stream()
                        .map(BatchGetItemResponse::responses)
                        .flatMap(responses -> Sdk.strings(responses.get(Sdk.PLAIN), "id").stream()))
                .containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void aBatchWithAMistakeWritesNothing(DynamoDbClient client) {
        assertThatThrownBy(() -> client.batchWriteItem(request ->
                        request.requestItems(Map.of(Sdk.PLAIN, List.of(put(key("a")), put(key("b")), put(key("a")))))))
                .isInstanceOf(DynamoDbException.class)
                .hasMessageContaining("Provided list of item keys contains duplicates");
        assertThat(client.scan(request -> request.tableName(Sdk.PLAIN)).count()).isZero();
    }
}
