package dev.evenkeel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** A whole node, in memory and on disk, through the real SDK. */
class EvenkeelTest {
    private static final String TABLE = "orders";

    @TempDir
    private Path folder;

    private static void createTable(DynamoDbClient client) {
        client.createTable(request -> request.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("id")
                        .keyType(KeyType.HASH)
                        .build()));
    }

    private static void addIndex(DynamoDbClient client) {
        client.updateTable(request -> request.tableName(TABLE)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("state")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .globalSecondaryIndexUpdates(update -> update.create(create -> create.indexName("by-state")
                        .keySchema(KeySchemaElement.builder()
                                .attributeName("state")
                                .keyType(KeyType.HASH)
                                .build())
                        .projection(projection -> projection.projectionType(ProjectionType.ALL)))));
    }

    private static Map<String, AttributeValue> order(int number) {
        return Map.of("id", AttributeValue.fromS("o" + number), "state", AttributeValue.fromS("new"));
    }

    private static void putOrders(DynamoDbClient client, int from, int to) {
        for (int i = from; i < to; i++) {
            Map<String, AttributeValue> order = order(i);
            client.putItem(request -> request.tableName(TABLE).item(order));
        }
    }

    private static int countNew(DynamoDbClient client) {
        return client.query(request -> request.tableName(TABLE)
                        .indexName("by-state")
                        .keyConditionExpression("#s = :s")
                        .expressionAttributeNames(Map.of("#s", "state"))
                        .expressionAttributeValues(Map.of(":s", AttributeValue.fromS("new"))))
                .count();
    }

    private static void awaitIndexActive(DynamoDbClient client) {
        client.waiter().waitUntilTableExists(request -> request.tableName(TABLE));
        while (client.describeTable(request -> request.tableName(TABLE)).table().globalSecondaryIndexes().stream()
                .anyMatch(index -> index.indexStatus() != IndexStatus.ACTIVE)) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void tableItemsAndIndexThroughTheSdk(int partitions) {
        try (var evenkeel = Evenkeel.builder().initialPartitions(partitions).start();
                var client = SdkClients.client(evenkeel)) {
            createTable(client);
            putOrders(client, 0, 30);
            addIndex(client);
            putOrders(client, 30, 40);
            awaitIndexActive(client);
            evenkeel.awaitIndexes();
            assertThat(countNew(client)).isEqualTo(40);
            var description =
                    client.describeTable(request -> request.tableName(TABLE)).table();
            assertThat(description.itemCount()).isEqualTo(40);
            assertThat(description.tableArn()).isEqualTo("arn:aws:dynamodb:us-east-1:000000000000:table/orders");
            client.updateTable(request -> request.tableName(TABLE)
                    .globalSecondaryIndexUpdates(update -> update.delete(delete -> delete.indexName("by-state"))));
            client.deleteTable(request -> request.tableName(TABLE));
            assertThatThrownBy(() -> putOrders(client, 0, 1)).isInstanceOf(ResourceNotFoundException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void dataFolderOutlivesTheProcess(int zones) {
        for (int round = 0; round < 3; round++) {
            try (var evenkeel = Evenkeel.builder()
                            .data(folder)
                            .zones(zones)
                            .initialPartitions(2)
                            .start();
                    var client = SdkClients.client(evenkeel)) {
                if (round == 0) {
                    createTable(client);
                    addIndex(client);
                    awaitIndexActive(client);
                }
                putOrders(client, 10 * round, 10 * round + 10);
                evenkeel.awaitIndexes();
                assertThat(countNew(client)).isEqualTo(10 * round + 10);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aTransactionsTokenOutlivesTheProcess(int zones) {
        var id = Map.of("id", AttributeValue.fromS("counter"));
        for (int round = 0; round < 2; round++) {
            try (var evenkeel = Evenkeel.builder().data(folder).zones(zones).start();
                    var client = SdkClients.client(evenkeel)) {
                if (round == 0) {
                    createTable(client);
                }
                client.transactWriteItems(request -> request.clientRequestToken("once")
                        .transactItems(item -> item.update(update -> update.tableName(TABLE)
                                .key(id)
                                .updateExpression("ADD n :one")
                                .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1"))))));
                assertThat(client.getItem(request ->
                                        request.tableName(TABLE).key(id).consistentRead(true))
                                .item())
                        .containsEntry("n", AttributeValue.fromN("1"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void streamsOutliveTheProcess(int zones) {
        var seen = new ArrayList<String>();
        String iterator = null;
        for (int round = 0; round < 2; round++) {
            try (var evenkeel = Evenkeel.builder().data(folder).zones(zones).start();
                    var client = SdkClients.client(evenkeel);
                    var streams = DynamoDbStreamsClient.builder()
                            .endpointOverride(evenkeel.endpoint())
                            .region(Region.US_EAST_1)
                            .credentialsProvider(
                                    StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                            .build()) {
                if (round == 0) {
                    createTable(client);
                    client.updateTable(request -> request.tableName(TABLE)
                            .streamSpecification(
                                    stream -> stream.streamEnabled(true).streamViewType(StreamViewType.KEYS_ONLY)));
                    iterator = oldest(streams, streamArn(client));
                }
                putOrders(client, 10 * round, 10 * round + 10);
                iterator = readThrough(streams, Objects.requireNonNull(iterator), seen, 10 * round + 10);
            }
        }
        assertThat(seen).hasSize(20).doesNotHaveDuplicates();
    }

    private static String streamArn(DynamoDbClient client) {
        return client.describeTable(request -> request.tableName(TABLE)).table().latestStreamArn();
    }

    private static String oldest(DynamoDbStreamsClient streams, String arn) {
        var shards = streams.describeStream(request -> request.streamArn(arn))
                .streamDescription()
                .shards();
        assertThat(shards).hasSize(1);
        return streams.getShardIterator(request -> request.streamArn(arn)
                        .shardId(shards.getFirst().shardId())
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
    }

    /** The replica that is asked may be behind. */
    private static String readThrough(DynamoDbStreamsClient streams, String iterator, List<String> seen, int count) {
        var next = iterator;
        for (int i = 0; i < 10_000 && seen.size() < count; i++) {
            var at = next;
            var page = streams.getRecords(request -> request.shardIterator(at));
            page.records().forEach(record -> seen.add(record.dynamodb().keys().toString()));
            next = page.nextShardIterator();
        }
        return next;
    }

    private static TableStatus status(DynamoDbClient client) {
        return client.describeTable(request -> request.tableName(TABLE)).table().tableStatus();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void transitionsTakeAsLongAsTheTickerSays(int zones) {
        var ticker = ManualTicker.running();
        try (var evenkeel = Evenkeel.builder()
                        .zones(zones)
                        .controlPlaneDelay(Duration.ofHours(1))
                        .ticker(ticker)
                        .start();
                var client = SdkClients.client(evenkeel)) {
            createTable(client);
            assertThat(status(client)).isEqualTo(TableStatus.CREATING);
            ticker.advance(Duration.ofHours(1));
            while (status(client) != TableStatus.ACTIVE) { // the SDK's waiter looks every twenty seconds
                Thread.onSpinWait();
            }
            putOrders(client, 0, 1);
        }
    }

    @Test
    void everythingStartsFromWhatTheBuilderSays() {
        try (var evenkeel =
                Evenkeel.builder().host("127.0.0.1").region("eu-central-1").start()) {
            assertThat(evenkeel.endpoint()).hasToString("http://127.0.0.1:" + evenkeel.port());
            assertThat(evenkeel.region()).isEqualTo("eu-central-1");
        }
    }

    @Test
    void takenPortIsOneClearLine() {
        try (var evenkeel = Evenkeel.start()) {
            assertThatThrownBy(() -> Evenkeel.builder().port(evenkeel.port()).start())
                    .isInstanceOf(StartException.class)
                    .hasMessage("Port " + evenkeel.port()
                            + " of localhost is in use: stop what uses it, or choose another with --port");
        }
    }

    @Test
    void unknownHostIsOneClearLine() {
        assertThatThrownBy(() -> Evenkeel.builder().host("no.such.host.invalid").start())
                .isInstanceOf(StartException.class)
                .hasMessage("There is no address for the host no.such.host.invalid");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void lockedFolderIsOneClearLine(int zones) {
        try (var first = Evenkeel.builder().data(folder).zones(zones).start()) {
            assertThat(first.port()).isPositive();
            assertThatThrownBy(
                            () -> Evenkeel.builder().data(folder).zones(zones).start())
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("is in use by another process");
        }
    }

    @Test
    void newerFormatIsOneClearLine() throws IOException {
        Files.writeString(folder.resolve("FORMAT"), "evenkeel data folder, format 99\n");
        assertThatThrownBy(() -> Evenkeel.builder().data(folder).start())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("format 99")
                .hasMessageNotContaining("\n");
    }

    @Test
    void folderOfSomethingElseIsLeftAlone() throws IOException {
        Files.writeString(folder.resolve("thesis.txt"), "precious");
        assertThatThrownBy(() -> Evenkeel.builder().data(folder).start()).isInstanceOf(StartException.class);
        assertThat(folder).isDirectoryContaining(file -> file.endsWith("thesis.txt"));
    }

    /** Else a mistyped option would show an empty database. */
    @ParameterizedTest
    @CsvSource({"1, 3", "3, 1"})
    void folderOfAnotherNumberOfZonesIsLeftAlone(int zones, int other) {
        Evenkeel.builder().data(folder).zones(zones).start().close();
        assertThatThrownBy(() -> Evenkeel.builder().data(folder).zones(other).start())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("name an empty or a new one");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 100_000})
    void impossibleNumbersOfPartitionsAreRefused(int count) {
        assertThatThrownBy(() -> Evenkeel.builder().initialPartitions(count)).isInstanceOf(StartException.class);
    }
}
