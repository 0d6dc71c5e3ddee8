package dev.evenkeel.server.sdk;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The SDK's long-winded builders in short, and the tables that these tests share. */
final class Sdk {
    /** Key: {@code id}, a string. */
    static final String PLAIN = "plain";

    /** Key: {@code customer}, a string, and {@code number}, a number; indexes by total (local) and by state (global). */
    static final String ORDERS = "orders";

    static final String BY_TOTAL = "by-total";
    static final String BY_STATE = "by-state";

    private static final int BATCH_WRITES_MAX = 25;

    private Sdk() {}

    static AttributeValue s(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue n(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    static KeySchemaElement hash(String name) {
        return KeySchemaElement.builder()
                .attributeName(name)
                .keyType(KeyType.HASH)
                .build();
    }

    static KeySchemaElement range(String name) {
        return KeySchemaElement.builder()
                .attributeName(name)
                .keyType(KeyType.RANGE)
                .build();
    }

    static AttributeDefinition string(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    static AttributeDefinition number(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.N)
                .build();
    }

    static Projection projection(ProjectionType type, String... attributes) {
        var projection = Projection.builder().projectionType(type);
        return attributes.length == 0
                ? projection.build()
                : projection.nonKeyAttributes(attributes).build();
    }

    /** The request for a table without indexes, billed by request. */
    static CreateTableRequest plain(String name) {
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(string("id"))
                .keySchema(hash("id"))
                .build();
    }

    static void createPlain(DynamoDbClient client) {
        client.createTable(plain(PLAIN));
    }

    static void createOrders(DynamoDbClient client) {
        client.createTable(request -> request.tableName(ORDERS)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(string("customer"), number("number"), number("total"), string("state"))
                .keySchema(hash("customer"), range("number"))
                .localSecondaryIndexes(LocalSecondaryIndex.builder()
                        .indexName(BY_TOTAL)
                        .keySchema(hash("customer"), range("total"))
                        .projection(projection(ProjectionType.KEYS_ONLY))
                        .build())
                .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                        .indexName(BY_STATE)
                        .keySchema(hash("state"), range("total"))
                        .projection(projection(ProjectionType.INCLUDE, "note"))
                        .build()));
    }

    static Map<String, AttributeValue> orderKey(String customer, long number) {
        return Map.of("customer", s(customer), "number", n(number));
    }

    static Map<String, AttributeValue> order(String customer, long number, String state, long total) {
        var order = new HashMap<>(orderKey(customer, number));
        order.put("state", s(state));
        order.put("total", n(total));
        return order;
    }

    /** Orders 0 to {@code count} − 1 of a customer: the total falls as the number rises; every third is open. */
    static void putOrders(DynamoDbClient client, String customer, int count) {
        putAll(
                client,
                ORDERS,
                IntStream.range(0, count)
                        .mapToObj(i -> order(customer, i, i % 3 == 0 ? "open" : "done", 1_000 - i))
                        .toList());
    }

    static void putAll(DynamoDbClient client, String table, List<Map<String, AttributeValue>> items) {
        for (int from = 0; from < items.size(); from += BATCH_WRITES_MAX) {
            var batch = items.subList(from, Math.min(items.size(), from + BATCH_WRITES_MAX)).stream()
                    .map(item -> WriteRequest.builder()
                            .putRequest(put -> put.item(item))
                            .build())
                    .toList();
            client.batchWriteItem(request -> request.requestItems(Map.of(table, batch)));
        }
    }

    static TableDescription describe(DynamoDbClient client, String table) {
        return client.describeTable(request -> request.tableName(table)).table();
    }

    /** For a waiter: whether the table has no index that comes, goes or changes. */
    static boolean indexesAreActive(DescribeTableResponse response) {
        return response.table().globalSecondaryIndexes().stream()
                .allMatch(index -> index.indexStatus() == IndexStatus.ACTIVE);
    }

    static List<Long> numbers(List<Map<String, AttributeValue>> items, String attribute) {
        return items.stream()
                .map(item -> Long.parseLong(item.get(attribute).n()))
                .toList();
    }

    static List<String> strings(List<Map<String, AttributeValue>> items, String attribute) {
        return items.stream().map(item -> item.get(attribute).s()).toList();
    }
}
