package dev.evenkeel.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.server.Evenkeel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.waiters.Waiter;
import software.amazon.awssdk.core.waiters.WaiterAcceptor;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.LimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** Global indexes: what they show, and how they come and go while the table is being written. */
@OneAndThreeZones(initialPartitions = 3)
class IndexesTest {
    private static final int WRITERS = 4;

    private static void createIndex(DynamoDbClient client, String name, KeySchemaElement... key) {
        client.updateTable(request -> request.tableName(Sdk.PLAIN)
                .attributeDefinitions(IntStream.range(0, key.length)
                        .mapToObj(i -> Sdk.string(key[i].attributeName()))
                        .toList())
                .globalSecondaryIndexUpdates(update -> update.create(
                        index -> index.indexName(name).keySchema(key).projection(Sdk.projection(ProjectionType.ALL)))));
    }

    private static void awaitIndexesActive(DynamoDbClient client) {
        Waiter.builder(DescribeTableResponse.class)
                .addAcceptor(WaiterAcceptor.successOnResponseAcceptor(Sdk::indexesAreActive))
                .addAcceptor(WaiterAcceptor.retryOnResponseAcceptor(_ -> true))
                .overrideConfiguration(configuration -> configuration
                        .maxAttempts(1_000)
                        .backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(Duration.ofMillis(5))))
                .build()
                .run(() -> client.describeTable(request -> request.tableName(Sdk.PLAIN)));
    }

    private static List<Map<String, AttributeValue>> scanIndex(DynamoDbClient client, String index) {
        return client.scanPaginator(request -> request.tableName(Sdk.PLAIN).indexName(index)).items().stream()
                .toList();
    }

    @Test
    void aGlobalIndexFollowsItsTable(DynamoDbClient client, Evenkeel evenkeel) {
        Sdk.createOrders(client);
        Sdk.putOrders(client, "ann", 9);
        client.deleteItem(request -> request.tableName(Sdk.ORDERS).key(Sdk.orderKey("ann", 3)));
        client.updateItem(request -> request.tableName(Sdk.ORDERS)
                .key(Sdk.orderKey("ann", 6))
                .updateExpression("SET #s = :done")
                .expressionAttributeNames(Map.of("#s", "state"))
                .expressionAttributeValues(Map.of(":done", Sdk.s("done"))));
        evenkeel.awaitIndexes();

        assertThat(Sdk.numbers(byState(client, "open"), "number")).containsExactly(0L);
        assertThat(Sdk.numbers(byState(client, "done"), "number")).containsExactly(8L, 7L, 6L, 5L, 4L, 2L, 1L);
    }

    private static List<Map<String, AttributeValue>> byState(DynamoDbClient client, String state) {
        return client.query(request -> request.tableName(Sdk.ORDERS)
                        .indexName(Sdk.BY_STATE)
                        .keyConditionExpression("#s = :s")
                        .expressionAttributeNames(Map.of("#s", "state"))
                        .expressionAttributeValues(Map.of(":s", Sdk.s(state))))
                .items();
    }

    @Test
    void anIndexHoldsWhatItProjectsAndOnlyItemsWithItsKey(DynamoDbClient client, Evenkeel evenkeel) {
        Sdk.createOrders(client);
        var order = new HashMap<>(Sdk.order("ann", 1, "open", 10));
        order.put("note", Sdk.s("fragile"));
        order.put("secret", Sdk.s("hidden"));
        client.putItem(request -> request.tableName(Sdk.ORDERS).item(order));
        client.putItem(request -> request.tableName(Sdk.ORDERS).item(Sdk.orderKey("ann", 2)));
        evenkeel.awaitIndexes();

        order.remove("secret");
        assertThat(client.scan(request -> request.tableName(Sdk.ORDERS).indexName(Sdk.BY_STATE))
                        .items())
                .containsExactly(order);
    }

    @Test
    void anIndexIsNotReadConsistently(DynamoDbClient client) {
        Sdk.createOrders(client);
        assertThatThrownBy(() -> client.scan(request ->
                        request.tableName(Sdk.ORDERS).indexName(Sdk.BY_STATE).consistentRead(true)))
                .isInstanceOf(DynamoDbException.class)
                .hasMessageContaining("Consistent reads are not supported on global secondary indexes");
    }

    @Test
    void aNewIndexIsFilledWithWhatIsThere(DynamoDbClient client) {
        Sdk.createPlain(client);
        Sdk.putAll(
                client,
                Sdk.PLAIN,
                IntStream.range(0, 60)
                        .mapToObj(i -> Map.of("id", Sdk.s("item-" + i), "kind", Sdk.s("kind-" + i % 3)))
                        .toList());

        createIndex(client, "by-kind", Sdk.hash("kind"));
        awaitIndexesActive(client);

        assertThat(client.query(request -> request.tableName(Sdk.PLAIN)
                                .indexName("by-kind")
                                .keyConditionExpression("kind = :k")
                                .expressionAttributeValues(Map.of(":k", Sdk.s("kind-1"))))
                        .count())
                .isEqualTo(20);
        var described = Sdk.describe(client, Sdk.PLAIN).globalSecondaryIndexes().getFirst();
        assertThat(described.itemCount()).isEqualTo(60);
        assertThat(described.indexArn()).endsWith(":table/plain/index/by-kind");
    }

    /** Writers never stop; in the end index and table tell the same. */
    @Test
    void indexesComeAndGoUnderWrites(DynamoDbClient client, Evenkeel evenkeel) throws Exception {
        Sdk.createPlain(client);
        Sdk.putAll(client, Sdk.PLAIN, List.of(Map.of("id", Sdk.s("before-all"), "kind", Sdk.s("kind-0"))));
        var stop = new AtomicBoolean();
        try (ExecutorService executor = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<?>> writers = IntStream.range(0, WRITERS)
                    .<Future<?>>mapToObj(writer -> executor.submit(() -> writeUntil(stop, client, writer)))
                    .toList();
            try {
                for (int round = 0; round < 2; round++) {
                    createIndex(client, "by-kind", Sdk.hash("kind"));
                    awaitIndexesActive(client);
                    assertThat(scanIndex(client, "by-kind")).isNotEmpty();
                    if (round == 0) {
                        client.updateTable(request -> request.tableName(Sdk.PLAIN)
                                .globalSecondaryIndexUpdates(
                                        update -> update.delete(index -> index.indexName("by-kind"))));
                        awaitIndexesActive(client);
                    }
                }
            } finally {
                stop.set(true);
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        }
        evenkeel.awaitIndexes();

        var withKind = client.scanPaginator(request -> request.tableName(Sdk.PLAIN)).items().stream()
                .filter(item -> item.containsKey("kind"))
                .toList();
        assertThat(scanIndex(client, "by-kind")).containsExactlyInAnyOrderElementsOf(withKind);
    }

    private static void writeUntil(AtomicBoolean stop, DynamoDbClient client, int writer) {
        for (int i = 0; !stop.get(); i++) {
            var id = Sdk.s("item-" + i * 7 % 50);
            int step = i + writer;
            if (step % 5 == 0) {
                client.deleteItem(request -> request.tableName(Sdk.PLAIN).key(Map.of("id", id)));
            } else if (step % 5 == 1) {
                client.putItem(request -> request.tableName(Sdk.PLAIN).item(Map.of("id", id)));
            } else {
                var item = Map.of("id", id, "kind", Sdk.s("kind-" + step % 3), "step", Sdk.n(step));
                client.putItem(request -> request.tableName(Sdk.PLAIN).item(item));
            }
        }
    }

    @Test
    void aDeletedIndexIsGone(DynamoDbClient client) {
        Sdk.createPlain(client);
        createIndex(client, "by-kind", Sdk.hash("kind"));
        awaitIndexesActive(client);

        var answer = client.updateTable(request -> request.tableName(Sdk.PLAIN)
                .globalSecondaryIndexUpdates(update -> update.delete(index -> index.indexName("by-kind"))));
        assertThat(answer.tableDescription().globalSecondaryIndexes().getFirst().indexStatus())
                .isEqualTo(IndexStatus.DELETING);
        awaitIndexesActive(client);

        var table = Sdk.describe(client, Sdk.PLAIN);
        assertThat(table.hasGlobalSecondaryIndexes()).isFalse();
        assertThat(table.attributeDefinitions()).containsExactly(Sdk.string("id"));
        assertThatThrownBy(() -> scanIndex(client, "by-kind"))
                .isInstanceOf(DynamoDbException.class)
                .hasMessageContaining("The table does not have the specified index: by-kind");
    }

    @Test
    void oneIndexComesAtATime(DynamoDbClient client) {
        Sdk.createPlain(client);
        assertThatThrownBy(() -> client.updateTable(request -> request.tableName(Sdk.PLAIN)
                        .attributeDefinitions(Sdk.string("x"), Sdk.string("y"))
                        .globalSecondaryIndexUpdates(
                                update -> update.create(index -> index.indexName("by-x")
                                        .keySchema(Sdk.hash("x"))
                                        .projection(Sdk.projection(ProjectionType.ALL))),
                                update -> update.create(index -> index.indexName("by-y")
                                        .keySchema(Sdk.hash("y"))
                                        .projection(Sdk.projection(ProjectionType.ALL))))))
                .isInstanceOf(LimitExceededException.class);
        assertThatThrownBy(() -> client.updateTable(request -> request.tableName(Sdk.PLAIN)
                        .globalSecondaryIndexUpdates(update -> update.delete(index -> index.indexName("by-x")))))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void anIndexKeyMayHaveSeveralAttributes(DynamoDbClient client, Evenkeel evenkeel) {
        client.createTable(request -> request.tableName("matches")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        Sdk.string("id"),
                        Sdk.string("cup"),
                        Sdk.string("region"),
                        Sdk.number("round"),
                        Sdk.string("bracket"))
                .keySchema(Sdk.hash("id"))
                .globalSecondaryIndexes(index -> index.indexName("by-cup")
                        .keySchema(Sdk.hash("cup"), Sdk.hash("region"), Sdk.range("round"), Sdk.range("bracket"))
                        .projection(Sdk.projection(ProjectionType.KEYS_ONLY))));
        int id = 0;
        for (String region : List.of("east", "west")) {
            for (long round = 1; round <= 3; round++) {
                for (String bracket : List.of("lower", "upper")) {
                    var match = Map.of(
                            "id", Sdk.s("match-" + id++),
                            "cup", Sdk.s("winter"),
                            "region", Sdk.s(region),
                            "round", Sdk.n(round),
                            "bracket", Sdk.s(bracket));
                    client.putItem(request -> request.tableName("matches").item(match));
                }
            }
        }
        client.putItem(request -> request.tableName("matches")
                .item(Map.of("id", Sdk.s("no-region"), "cup", Sdk.s("winter"), "round", Sdk.n(1))));
        evenkeel.awaitIndexes();

        var answer = client.queryPaginator(request -> request.tableName("matches")
                .indexName("by-cup")
                .keyConditionExpression("cup = :c AND #r = :r AND round = :n AND begins_with(bracket, :b)")
                .expressionAttributeNames(Map.of("#r", "region"))
                .expressionAttributeValues(
                        Map.of(":c", Sdk.s("winter"), ":r", Sdk.s("west"), ":n", Sdk.n(2), ":b", Sdk.s("up"))));
        assertThat(Sdk.strings(answer.items().stream().toList(), "id")).containsExactly("match-9");

        var west = client.queryPaginator(request -> request.tableName("matches")
                .indexName("by-cup")
                .limit(4)
                .keyConditionExpression("cup = :c AND #r = :r")
                .expressionAttributeNames(Map.of("#r", "region"))
                .expressionAttributeValues(Map.of(":c", Sdk.s("winter"), ":r", Sdk.s("west"))));
        assertThat(Sdk.strings(west.items().stream().toList(), "id"))
                .containsExactly("match-6", "match-7", "match-8", "match-9", "match-10", "match-11");
    }
}
