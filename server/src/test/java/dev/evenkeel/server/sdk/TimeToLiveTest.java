package dev.evenkeel.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.server.Evenkeel;
import dev.evenkeel.server.ManualTicker;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveResponse;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Items with a time go when it has come, as the clock says, which the tests move. */
@OneAndThreeZones(initialPartitions = 3)
class TimeToLiveTest {
    private static final int POLLS_MAX = 2_000;

    private DynamoDbClient client;
    private Evenkeel evenkeel;
    private ManualTicker ticker;

    @BeforeEach
    void connect(DynamoDbClient tables, Evenkeel database, ManualTicker time) {
        client = tables;
        evenkeel = database;
        ticker = time;
    }

    private UpdateTimeToLiveResponse set(String table, boolean enabled, String attribute) {
        return client.updateTimeToLive(request -> request.tableName(table)
                .timeToLiveSpecification(spec -> spec.enabled(enabled).attributeName(attribute)));
    }

    private TimeToLiveDescription describe() {
        return client.describeTimeToLive(request -> request.tableName(Sdk.PLAIN))
                .timeToLiveDescription();
    }

    private long inSeconds(long seconds) {
        return ticker.now().getEpochSecond() + seconds;
    }

    private void put(String id, String attribute, long second) {
        client.putItem(request -> request.tableName(Sdk.PLAIN).item(Map.of("id", Sdk.s(id), attribute, Sdk.n(second))));
    }

    private List<String> left() {
        return Sdk.strings(client.scan(request -> request.tableName(Sdk.PLAIN)).items(), "id").stream()
                .sorted()
                .toList();
    }

    private void assertRefused(boolean enabled, String attribute, String message) {
        assertThatThrownBy(() -> set(Sdk.PLAIN, enabled, attribute))
                .isInstanceOfSatisfying(DynamoDbException.class, refused -> {
                    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
                    assertThat(refused.awsErrorDetails().errorMessage()).isEqualTo(message);
                });
    }

    @Test
    void isSwitchedOnAndOff() {
        Sdk.createPlain(client);
        assertThat(describe()).isEqualTo(description(TimeToLiveStatus.DISABLED, null));

        var answer = set(Sdk.PLAIN, true, "until").timeToLiveSpecification();
        assertThat(answer.enabled()).isTrue();
        assertThat(answer.attributeName()).isEqualTo("until");
        assertThat(describe()).isEqualTo(description(TimeToLiveStatus.ENABLED, "until"));
        assertThat(Sdk.describe(client, Sdk.PLAIN).tableStatus()).isEqualTo(TableStatus.ACTIVE);

        assertThat(set(Sdk.PLAIN, false, "until").timeToLiveSpecification().enabled())
                .isFalse();
        assertThat(describe()).isEqualTo(description(TimeToLiveStatus.DISABLED, null));
        set(Sdk.PLAIN, true, "id");
        assertThat(describe()).isEqualTo(description(TimeToLiveStatus.ENABLED, "id"));
    }

    private static TimeToLiveDescription description(TimeToLiveStatus status, String attribute) {
        return TimeToLiveDescription.builder()
                .timeToLiveStatus(status)
                .attributeName(attribute)
                .build();
    }

    @Test
    void refusalsAreDynamos() {
        assertThatThrownBy(() -> set("none", true, "until"))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Requested resource not found: Table: none not found");
        Sdk.createPlain(client);
        assertRefused(false, "until", "TimeToLive is already disabled");
        assertRefused(
                true,
                "",
                "1 validation error detected: Value '' at 'timeToLiveSpecification.attributeName' failed to satisfy"
                        + " constraint: Member must have length greater than or equal to 1");
        assertRefused(
                true,
                "x".repeat(256),
                "1 validation error detected: Value '" + "x".repeat(256)
                        + "' at 'timeToLiveSpecification.attributeName' failed to satisfy"
                        + " constraint: Member must have length less than or equal to 255");

        set(Sdk.PLAIN, true, "until");
        assertRefused(true, "until", "TimeToLive is already enabled");
        var other = "TimeToLive is active on a different AttributeName: current AttributeName is until";
        assertRefused(true, "other", other);
        assertRefused(false, "other", other);

        set(Sdk.PLAIN, false, "until");
        assertRefused(false, "until", "TimeToLive is already disabled");
    }

    @Test
    void itemsGoWhenTheirTimeIsOver() {
        Sdk.createPlain(client);
        put("before", "until", inSeconds(60));
        set(Sdk.PLAIN, true, "until");
        put("soon", "until", inSeconds(60));
        put("later", "until", inSeconds(7_200));
        put("moved", "until", inSeconds(60));
        put("moved", "until", inSeconds(7_200));
        put("never", "other", inSeconds(60));
        client.putItem(request -> request.tableName(Sdk.PLAIN)
                .item(Map.of("id", Sdk.s("text"), "until", Sdk.s(Long.toString(inSeconds(60))))));
        put("ancient", "until", inSeconds(-6L * 366 * 86_400));
        evenkeel.awaitExpiry();
        assertThat(left()).hasSize(7);

        ticker.advance(Duration.ofSeconds(62));
        evenkeel.awaitExpiry();
        assertThat(left()).containsExactly("ancient", "later", "moved", "never", "text");

        ticker.advance(Duration.ofHours(2));
        evenkeel.awaitExpiry();
        assertThat(left()).containsExactly("ancient", "never", "text");
        assertThat(Sdk.describe(client, Sdk.PLAIN).itemCount()).isEqualTo(3);
    }

    @Test
    void itemsGoByThemselves() {
        Sdk.createPlain(client);
        set(Sdk.PLAIN, true, "until");
        put("a", "until", inSeconds(60));
        ticker.advance(Duration.ofSeconds(62));

        for (int i = 0; i < POLLS_MAX && !left().isEmpty(); i++) {
            Thread.onSpinWait(); // each look is a request
        }
        assertThat(left()).isEmpty();
    }

    @Test
    void whatIsSwitchedOffStays() {
        Sdk.createPlain(client);
        set(Sdk.PLAIN, true, "until");
        put("a", "until", inSeconds(60));
        put("b", "other", inSeconds(60));
        set(Sdk.PLAIN, false, "until");
        ticker.advance(Duration.ofSeconds(62));
        evenkeel.awaitExpiry();
        assertThat(left()).containsExactly("a", "b");

        set(Sdk.PLAIN, true, "other");
        evenkeel.awaitExpiry();
        assertThat(left()).containsExactly("a");
    }

    @Test
    void manyItemsAndTheirIndexEntriesGo() {
        Sdk.createOrders(client);
        var orders = IntStream.range(0, 300)
                .mapToObj(i -> withTime(Sdk.order("c" + i % 7, i, "open", i), inSeconds(i < 250 ? 10 : 10_000)))
                .toList();
        Sdk.putAll(client, Sdk.ORDERS, orders);
        set(Sdk.ORDERS, true, "until");
        ticker.advance(Duration.ofSeconds(12));
        evenkeel.awaitExpiry();

        assertThat(client.scan(request -> request.tableName(Sdk.ORDERS)).count())
                .isEqualTo(50);
        assertThat(client.scan(request -> request.tableName(Sdk.ORDERS).indexName(Sdk.BY_STATE))
                        .count())
                .isEqualTo(50);
        assertThat(client.scan(request -> request.tableName(Sdk.ORDERS).indexName(Sdk.BY_TOTAL))
                        .count())
                .isEqualTo(50);
    }

    private static Map<String, AttributeValue> withTime(Map<String, AttributeValue> item, long second) {
        var all = new HashMap<>(item);
        all.put("until", Sdk.n(second));
        return all;
    }

    @Test
    void theStreamTellsWhoDeletedIt(URI endpoint) {
        var arn = client.createTable(Sdk.plain(Sdk.PLAIN).toBuilder()
                        .streamSpecification(
                                stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES))
                        .build())
                .tableDescription()
                .latestStreamArn();
        set(Sdk.PLAIN, true, "until");
        put("a", "until", inSeconds(1));
        ticker.advance(Duration.ofSeconds(3));
        evenkeel.awaitExpiry();

        try (var streams = DynamoDbStreamsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .build()) {
            var records =
                    streams.describeStream(request -> request.streamArn(arn)).streamDescription().shards().stream()
                            .map(shard -> streams.getShardIterator(request -> request.streamArn(arn)
                                            .shardId(shard.shardId())
                                            .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                                    .shardIterator())
                            .flatMap(at -> streams.getRecords(request -> request.shardIterator(at)).records().stream())
                            .toList();
            assertThat(records).hasSize(2);
            assertThat(records.getFirst().userIdentity()).isNull();
            var removed = records.getLast();
            assertThat(removed.eventName()).isEqualTo(OperationType.REMOVE);
            assertThat(removed.userIdentity().type()).isEqualTo("Service");
            assertThat(removed.userIdentity().principalId()).isEqualTo("dynamodb.amazonaws.com");
            assertThat(removed.dynamodb().oldImage()).containsEntry("id", Sdk.s("a"));
        }
    }

    @Test
    void aNewTableOfTheSameNameKnowsNothingOfTheOld() {
        Sdk.createPlain(client);
        set(Sdk.PLAIN, true, "until");
        put("a", "until", inSeconds(1));
        client.deleteTable(request -> request.tableName(Sdk.PLAIN));
        Sdk.createPlain(client);
        put("a", "until", inSeconds(1));
        ticker.advance(Duration.ofSeconds(3));
        evenkeel.awaitExpiry();

        assertThat(describe().timeToLiveStatus()).isEqualTo(TimeToLiveStatus.DISABLED);
        assertThat(left()).containsExactly("a");
    }
}
