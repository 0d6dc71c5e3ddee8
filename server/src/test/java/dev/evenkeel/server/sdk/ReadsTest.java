package dev.evenkeel.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/** Query, Scan and their pages over a table of several partitions. */
@OneAndThreeZones(initialPartitions = 3)
class ReadsTest {
    private static final int PER_CUSTOMER = 30;
    private static final List<String> CUSTOMERS = List.of("ann", "bob", "eve", "joe");

    @BeforeEach
    void fill(DynamoDbClient client) {
        Sdk.createOrders(client);
        CUSTOMERS.forEach(customer -> Sdk.putOrders(client, customer, PER_CUSTOMER));
    }

    private static QueryRequest ofAnn() {
        return QueryRequest.builder()
                .tableName(Sdk.ORDERS)
                .keyConditionExpression("customer = :c")
                .expressionAttributeValues(Map.of(":c", Sdk.s("ann")))
                .build();
    }

    private static List<Long> numbersUpTo(long end) {
        return LongStream.range(0, end).boxed().toList();
    }

    @Test
    void aQueryAnswersInTheOrderOfTheSortKey(DynamoDbClient client) {
        assertThat(Sdk.numbers(client.query(ofAnn()).items(), "number")).isEqualTo(numbersUpTo(PER_CUSTOMER));
        var backwards = client.query(ofAnn().toBuilder().scanIndexForward(false).build());
        assertThat(Sdk.numbers(backwards.items(), "number"))
                .isEqualTo(numbersUpTo(PER_CUSTOMER).reversed());
    }

    @Test
    void theQueryPaginatorFindsEverythingOnce(DynamoDbClient client) {
        var pages = client.queryPaginator(ofAnn().toBuilder().limit(7).build());
        assertThat(pages.stream().map(QueryResponse::count)).containsExactly(7, 7, 7, 7, 2);
        assertThat(Sdk.numbers(pages.items().stream().toList(), "number")).isEqualTo(numbersUpTo(PER_CUSTOMER));
    }

    @Test
    void aQueryNarrowsAndFilters(DynamoDbClient client) {
        var answer = client.query(request -> request.tableName(Sdk.ORDERS)
                .keyConditionExpression("customer = :c AND #n BETWEEN :from AND :to")
                .filterExpression("#s = :open AND #t > :least")
                .expressionAttributeNames(Map.of("#n", "number", "#s", "state", "#t", "total"))
                .expressionAttributeValues(Map.of(
                        ":c", Sdk.s("bob"),
                        ":from", Sdk.n(3),
                        ":to", Sdk.n(12),
                        ":open", Sdk.s("open"),
                        ":least", Sdk.n(990))));
        assertThat(Sdk.numbers(answer.items(), "number")).containsExactly(3L, 6L, 9L);
        assertThat(answer.scannedCount()).isEqualTo(10);
        assertThat(answer.hasLastEvaluatedKey()).isFalse();
    }

    @Test
    void aQueryCountsWithoutItems(DynamoDbClient client) {
        var answer = client.query(ofAnn().toBuilder().select(Select.COUNT).build());
        assertThat(answer.count()).isEqualTo(PER_CUSTOMER);
        assertThat(answer.hasItems()).isFalse();
    }

    @Test
    void aPageGoesOnFromAnyKey(DynamoDbClient client) {
        var answer = client.query(
                ofAnn().toBuilder().exclusiveStartKey(Sdk.orderKey("ann", 25)).build());
        assertThat(Sdk.numbers(answer.items(), "number")).containsExactly(26L, 27L, 28L, 29L);
    }

    @Test
    void aLocalIndexHasItsOwnOrder(DynamoDbClient client) {
        var pages = client.queryPaginator(ofAnn().toBuilder()
                .indexName(Sdk.BY_TOTAL)
                .consistentRead(true)
                .limit(4)
                .build());
        assertThat(Sdk.numbers(pages.items().stream().toList(), "number"))
                .isEqualTo(numbersUpTo(PER_CUSTOMER).reversed());
        assertThat(pages.items().stream().findFirst().orElseThrow()).containsOnlyKeys("customer", "number", "total");
    }

    @Test
    void aLocalIndexFetchesWhatItLacks(DynamoDbClient client) {
        var answer = client.query(ofAnn().toBuilder()
                .indexName(Sdk.BY_TOTAL)
                .select(Select.ALL_ATTRIBUTES)
                .limit(5)
                .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES)
                .build());
        assertThat(answer.items()).allSatisfy(item -> assertThat(item).containsKey("state"));
        assertThat(answer.consumedCapacity().table().capacityUnits()).isEqualTo(2.5); // five fetches
    }

    @Test
    void theScanPaginatorFindsEverythingOnce(DynamoDbClient client) {
        var pages = client.scanPaginator(
                request -> request.tableName(Sdk.ORDERS).limit(11).consistentRead(true));
        assertThat(pages.stream().mapToInt(ScanResponse::count).max()).hasValue(11);
        assertThat(keys(pages.items().stream().toList()))
                .hasSize(CUSTOMERS.size() * PER_CUSTOMER)
                .doesNotHaveDuplicates();
    }

    @Test
    void segmentsDivideTheTable(DynamoDbClient client) {
        int segments = 3;
        var found = new ArrayList<List<Object>>();
        for (int segment : IntStream.range(0, segments).toArray()) {
            var pages = client.scanPaginator(request -> request.tableName(Sdk.ORDERS)
                    .limit(10)
                    .totalSegments(segments)
                    .segment(segment));
            found.addAll(keys(pages.items().stream().toList()));
        }
        assertThat(found).hasSize(CUSTOMERS.size() * PER_CUSTOMER).doesNotHaveDuplicates();
    }

    private static List<List<Object>> keys(List<Map<String, AttributeValue>> items) {
        return items.stream()
                .map(item -> List.<Object>of(
                        item.get("customer").s(), item.get("number").n()))
                .toList();
    }

    @Test
    void aScanFiltersBehindTheLimit(DynamoDbClient client) {
        var answer = client.scan(
                request -> request.tableName(Sdk.ORDERS).limit(9).filterExpression("attribute_not_exists(customer)"));
        assertThat(answer.count()).isZero();
        assertThat(answer.scannedCount()).isEqualTo(9);
        assertThat(answer.lastEvaluatedKey()).containsOnlyKeys("customer", "number");
    }

    @Test
    void aPageEndsAtAMegabyte(DynamoDbClient client) {
        Sdk.createPlain(client);
        var body = Sdk.s("x".repeat(100_000));
        Sdk.putAll(
                client,
                Sdk.PLAIN,
                IntStream.range(0, 15)
                        .mapToObj(i -> Map.of("id", Sdk.s("item-" + i), "body", body))
                        .toList());

        var pages = client.scanPaginator(request -> request.tableName(Sdk.PLAIN).projectionExpression("id"));

        assertThat(pages.stream().map(ScanResponse::count)).containsExactly(11, 4);
        assertThat(new HashSet<>(Sdk.strings(pages.items().stream().toList(), "id")))
                .hasSize(15);
    }
}
