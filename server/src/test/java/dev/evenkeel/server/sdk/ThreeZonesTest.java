package dev.evenkeel.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.evenkeel.server.Evenkeel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * What one node does is there for the next at once. Nodes answer in turn, so a client meets another with each request.
 * Nothing is sent again by the client: nobody may need that.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThreeZonesTest {
    private static final int NODES = 3;
    private static final int ROUNDS = 7; // no multiple of the nodes: every step is somebody else's in the next
    private static final int CLIENTS = 12;

    private Evenkeel evenkeel;
    private DynamoDbClient client;

    @BeforeAll
    void start() {
        evenkeel = Evenkeel.builder().zones(3).initialPartitions(2).start();
        client = DynamoDbClient.builder()
                .endpointOverride(evenkeel.endpoint())
                .region(Region.of(evenkeel.region()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .overrideConfiguration(configuration -> configuration.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    @AfterAll
    void close() {
        client.close();
        evenkeel.close();
    }

    private List<Map<String, AttributeValue>> scan(String table) {
        return client.scan(request -> request.tableName(table).consistentRead(true))
                .items();
    }

    private void delete(String table) {
        client.deleteTable(request -> request.tableName(table));
    }

    @Test
    void aTableIsThereForAllNodesAtOnce() {
        for (int round = 0; round < ROUNDS; round++) {
            var name = "new-" + round;
            client.createTable(Sdk.plain(name));
            for (int node = 0; node < NODES; node++) {
                var item = Map.of("id", Sdk.s("item-" + node));
                client.putItem(request -> request.tableName(name).item(item));
                assertThat(Sdk.describe(client, name).tableStatus()).isEqualTo(TableStatus.ACTIVE);
                assertThat(client.listTables().tableNames()).contains(name);
                assertThat(scan(name)).hasSize(node + 1).contains(item);
                assertThat(Sdk.describe(client, name).itemCount()).isEqualTo(node + 1);
            }
            delete(name);
            for (int node = 0; node < NODES; node++) {
                assertThat(client.listTables().tableNames()).doesNotContain(name);
                assertGone(name);
            }
        }
    }

    private void assertGone(String name) {
        for (var call : List.<Runnable>of(
                () -> Sdk.describe(client, name),
                () -> scan(name),
                () -> client.putItem(request -> request.tableName(name).item(Map.of("id", Sdk.s("late")))))) {
            assertThat(failure(call)).isInstanceOf(ResourceNotFoundException.class);
        }
    }

    private static Throwable failure(Runnable call) {
        return catchThrowable(call::run);
    }

    /** Nodes that know the old table have to find the new one, which may not even have the same key. */
    @Test
    void aTableOfTheSameNameIsAnother() {
        for (int round = 0; round < ROUNDS; round++) {
            var key = "key-" + round % 2;
            client.createTable(request -> request.tableName("phoenix")
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(Sdk.string(key))
                    .keySchema(Sdk.hash(key)));
            var items = IntStream.range(0, 2 * NODES)
                    .mapToObj(i -> Map.of(key, Sdk.s("item-" + i)))
                    .toList();
            if (round % 3 == 0) {
                client.putItem(request -> request.tableName("phoenix").item(items.getFirst()));
                client.updateItem(request -> request.tableName("phoenix").key(items.get(1)));
            } else if (round % 3 == 1) {
                assertThat(client.batchWriteItem(request -> request.requestItems(Map.of("phoenix", puts(items))))
                                .unprocessedItems())
                        .isEmpty();
            } else {
                assertThat(scan("phoenix")).isEmpty();
            }
            for (var item : items) {
                client.putItem(request -> request.tableName("phoenix").item(item));
            }
            assertThat(scan("phoenix")).containsExactlyInAnyOrderElementsOf(items);
            delete("phoenix");
        }
    }

    private static List<WriteRequest> puts(List<Map<String, AttributeValue>> items) {
        return items.stream()
                .map(item ->
                        WriteRequest.builder().putRequest(put -> put.item(item)).build())
                .toList();
    }

    @Test
    void settingsAndTagsShowAtOnce() {
        client.createTable(Sdk.plain("settings"));
        var arn = Sdk.describe(client, "settings").tableArn();
        for (int round = 0; round < ROUNDS; round++) {
            boolean isProtected = round % 2 == 0;
            var tag = Tag.builder().key("round").value("" + round).build();
            client.updateTable(request -> request.tableName("settings").deletionProtectionEnabled(isProtected));
            client.tagResource(request -> request.resourceArn(arn).tags(tag));
            for (int node = 0; node < NODES; node++) {
                assertThat(Sdk.describe(client, "settings").deletionProtectionEnabled())
                        .isEqualTo(isProtected);
                assertThat(client.listTagsOfResource(request -> request.resourceArn(arn))
                                .tags())
                        .containsExactly(tag);
            }
        }
        client.updateTable(request -> request.tableName("settings").deletionProtectionEnabled(false));
        delete("settings");
    }

    @Test
    void anIndexIsReadThroughAllNodesOnceOneSaysItIsActive() {
        client.createTable(Sdk.plain("indexed"));
        for (int round = 0; round < ROUNDS; round++) {
            var id = Sdk.s("item-" + round);
            client.putItem(request -> request.tableName("indexed").item(Map.of("id", id, "kind", Sdk.s("any"))));
            client.updateTable(request -> request.tableName("indexed")
                    .attributeDefinitions(Sdk.string("kind"))
                    .globalSecondaryIndexUpdates(update -> update.create(index -> index.indexName("by-kind")
                            .keySchema(Sdk.hash("kind"))
                            .projection(Sdk.projection(ProjectionType.ALL)))));
            while (Sdk.describe(client, "indexed")
                            .globalSecondaryIndexes()
                            .getFirst()
                            .indexStatus()
                    != IndexStatus.ACTIVE) {
                Thread.onSpinWait();
            }
            for (int node = 0; node < NODES; node++) {
                var found = client.scan(request -> request.tableName("indexed").indexName("by-kind"));
                assertThat(found.count()).isLessThanOrEqualTo(round + 1);
            }
            evenkeel.awaitIndexes();
            for (int node = 0; node < NODES; node++) {
                var found = client.scan(request -> request.tableName("indexed").indexName("by-kind"));
                assertThat(found.count()).isEqualTo(round + 1);
            }
            client.updateTable(request -> request.tableName("indexed")
                    .globalSecondaryIndexUpdates(update -> update.delete(index -> index.indexName("by-kind"))));
            for (int node = 0; node < NODES; node++) {
                assertThat(Sdk.describe(client, "indexed").hasGlobalSecondaryIndexes())
                        .isFalse();
                assertThat(failure(() -> client.scan(
                                request -> request.tableName("indexed").indexName("by-kind"))))
                        .hasMessageContaining("The table does not have the specified index: by-kind");
            }
        }
        delete("indexed");
    }

    @Test
    void tablesComeAndGoThroughAllNodesAtOnce() throws Exception {
        var done = allAtOnce(number -> {
            var name = "mine-" + number;
            client.createTable(Sdk.plain(name));
            client.putItem(request -> request.tableName(name).item(Map.of("id", Sdk.s(name))));
            client.updateTable(request -> request.tableName(name).deletionProtectionEnabled(false));
            assertThat(Sdk.strings(scan(name), "id")).containsExactly(name);
            delete(name);
            client.createTable(Sdk.plain(name));
            assertThat(scan(name)).isEmpty();
            delete(name);
            return !client.listTables().tableNames().contains(name);
        });
        assertThat(done).hasSize(CLIENTS).containsOnly(true);
    }

    @Test
    void oneOfManyMakesATable() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var made = allAtOnce(_ -> {
                try {
                    client.createTable(Sdk.plain("wanted"));
                    return true;
                } catch (ResourceInUseException _) {
                    return false;
                }
            });
            assertThat(made).filteredOn(it -> it).hasSize(1);
            assertThat(scan("wanted")).isEmpty();
            delete("wanted");
        }
    }

    private interface Task {
        boolean run(int number);
    }

    private static List<Boolean> allAtOnce(Task task) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < CLIENTS; i++) {
                int number = i;
                tasks.add(() -> task.run(number));
            }
            var results = new ArrayList<Boolean>();
            for (Future<Boolean> future : threads.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        }
    }
}
