package dev.evenkeel.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** The client without blocking, which keeps many requests under way. */
@OneAndThreeZones
class AsyncClientTest {
    /** Shared, because it takes two seconds to close. */
    private static SdkAsyncHttpClient http;

    private DynamoDbAsyncClient client;

    @BeforeAll
    static void openHttp() {
        http = NettyNioAsyncHttpClient.create();
    }

    @AfterAll
    static void closeHttp() {
        http.close();
    }

    @BeforeEach
    void connect(URI endpoint) {
        client = DynamoDbAsyncClient.builder()
                .httpClient(http)
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .build();
        client.createTable(Sdk.plain(Sdk.PLAIN)).join();
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void theWaiterSeesTheTable() {
        try (var waiter = client.waiter()) {
            var waited = waiter.waitUntilTableExists(request -> request.tableName(Sdk.PLAIN))
                    .join();
            assertThat(waited.matched().response()).isPresent();
        }
    }

    @Test
    void manyWritesAtOnceAllHappen() {
        var writes = IntStream.range(0, 200)
                .mapToObj(i -> client.updateItem(request -> request.tableName(Sdk.PLAIN)
                        .key(Map.of("id", Sdk.s("counter-" + i % 4)))
                        .updateExpression("ADD hits :one")
                        .expressionAttributeValues(Map.of(":one", Sdk.n(1)))))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(writes).join();

        var items = client.scan(request -> request.tableName(Sdk.PLAIN).consistentRead(true))
                .join()
                .items();
        assertThat(Sdk.numbers(items, "hits")).isEqualTo(List.of(50L, 50L, 50L, 50L));
    }

    @Test
    void oneOfManyConditionalPutsWins() {
        var puts = IntStream.range(0, 20)
                .mapToObj(i -> client.putItem(request -> request.tableName(Sdk.PLAIN)
                                .item(Map.of("id", Sdk.s("lock"), "owner", Sdk.n(i)))
                                .conditionExpression("attribute_not_exists(id)"))
                        .handle((_, failure) -> failure == null))
                .toList();
        assertThat(puts.stream().filter(CompletableFuture::join)).hasSize(1);
    }

    @Test
    void failuresAreTyped() {
        var delete = client.deleteItem(request ->
                request.tableName(Sdk.PLAIN).key(Map.of("id", Sdk.s("a"))).conditionExpression("attribute_exists(id)"));
        assertThatThrownBy(delete::join).hasCauseInstanceOf(ConditionalCheckFailedException.class);
    }

    @Test
    void thePublisherWalksAllPages() {
        IntStream.range(0, 10)
                .mapToObj(i ->
                        client.putItem(request -> request.tableName(Sdk.PLAIN).item(Map.of("id", Sdk.s("item-" + i)))))
                .toList()
                .forEach(CompletableFuture::join);
        var seen = new ConcurrentLinkedQueue<String>();
        client.scanPaginator(request ->
                        request.tableName(Sdk.PLAIN).consistentRead(true).limit(3))
                .items()
                .subscribe(item -> seen.add(item.get("id").s()))
                .join();
        assertThat(seen).hasSize(10).doesNotHaveDuplicates();
    }
}
