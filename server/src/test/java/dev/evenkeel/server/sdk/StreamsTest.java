package dev.evenkeel.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.server.ManualTicker;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.StreamStatus;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

@OneAndThreeZones
class StreamsTest {
    private static final int POLLS_MAX = 2_000;

    private DynamoDbClient client;
    private DynamoDbStreamsClient streams;
    private ManualTicker ticker;

    @BeforeEach
    void connect(DynamoDbClient tables, URI endpoint, ManualTicker time) {
        client = tables;
        ticker = time;
        streams = DynamoDbStreamsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .build();
    }

    @AfterEach
    void close() {
        streams.close();
    }

    private String createStreaming(StreamViewType view) {
        return client.createTable(Sdk.plain(Sdk.PLAIN).toBuilder()
                        .streamSpecification(
                                stream -> stream.streamEnabled(true).streamViewType(view))
                        .build())
                .tableDescription()
                .latestStreamArn();
    }

    private void enable() {
        client.updateTable(request -> request.tableName(Sdk.PLAIN)
                .streamSpecification(
                        stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)));
    }

    private void disable() {
        client.updateTable(
                request -> request.tableName(Sdk.PLAIN).streamSpecification(stream -> stream.streamEnabled(false)));
    }

    private void put(String id, long value) {
        client.putItem(request -> request.tableName(Sdk.PLAIN).item(item(id, value)));
    }

    private static Map<String, AttributeValue> item(String id, long value) {
        return Map.of("id", Sdk.s(id), "value", Sdk.n(value));
    }

    private static Map<String, AttributeValue> key(String id) {
        return Map.of("id", Sdk.s(id));
    }

    private StreamDescription describe(String arn) {
        return streams.describeStream(request -> request.streamArn(arn)).streamDescription();
    }

    private Shard onlyShard(String arn) {
        var shards = describe(arn).shards();
        assertThat(shards).hasSize(1);
        return shards.getFirst();
    }

    private String iterator(String arn, ShardIteratorType type) {
        return iterator(arn, type, null);
    }

    private String iterator(String arn, ShardIteratorType type, String sequenceNumber) {
        return streams.getShardIterator(request -> request.streamArn(arn)
                        .shardId(onlyShard(arn).shardId())
                        .shardIteratorType(type)
                        .sequenceNumber(sequenceNumber))
                .shardIterator();
    }

    /** Reads on until there are so many; the replica that is asked may be behind. */
    private List<Record> read(String iterator, int count) {
        var records = new ArrayList<Record>();
        var next = iterator;
        for (int i = 0; i < POLLS_MAX && next != null && records.size() < count; i++) {
            var at = next;
            var page = streams.getRecords(request -> request.shardIterator(at));
            records.addAll(page.records());
            next = page.nextShardIterator();
        }
        return records;
    }

    @Test
    void changesComeInOrderWithTheirImages() {
        var arn = createStreaming(StreamViewType.NEW_AND_OLD_IMAGES);
        put("a", 1);
        put("a", 2);
        client.deleteItem(request -> request.tableName(Sdk.PLAIN).key(key("a")));
        client.deleteItem(request -> request.tableName(Sdk.PLAIN).key(key("a")));

        var records = read(iterator(arn, ShardIteratorType.TRIM_HORIZON), 3);

        assertThat(records)
                .extracting(Record::eventName)
                .containsExactly(OperationType.INSERT, OperationType.MODIFY, OperationType.REMOVE);
        assertThat(records).allSatisfy(record -> {
            assertThat(record.eventSource()).isEqualTo("aws:dynamodb");
            assertThat(record.eventVersion()).isEqualTo("1.1");
            assertThat(record.awsRegion()).isEqualTo("us-east-1");
            assertThat(record.eventID()).matches("[0-9a-f]{32}");
            assertThat(record.userIdentity()).isNull();
            assertThat(record.dynamodb().keys()).isEqualTo(key("a"));
            assertThat(record.dynamodb().sequenceNumber()).matches("[0-9]{21,40}");
            assertThat(record.dynamodb().streamViewType()).isEqualTo(StreamViewType.NEW_AND_OLD_IMAGES);
            assertThat(record.dynamodb().approximateCreationDateTime().getNano())
                    .isZero();
        });
        assertThat(records).extracting(Record::eventID).doesNotHaveDuplicates();
        assertThat(records)
                .extracting(record -> record.dynamodb().sequenceNumber())
                .isSorted();
        var modify = records.get(1).dynamodb();
        assertThat(modify.oldImage()).isEqualTo(item("a", 1));
        assertThat(modify.newImage()).isEqualTo(item("a", 2));
        assertThat(modify.sizeBytes()).isEqualTo(3 + 10 + 10);
        assertThat(records.getFirst().dynamodb().hasOldImage()).isFalse();
        assertThat(records.getLast().dynamodb().hasNewImage()).isFalse();
    }

    @Test
    void aViewTypeKeepsWhatItSays() {
        var arn = createStreaming(StreamViewType.KEYS_ONLY);
        put("a", 1);
        var change = read(iterator(arn, ShardIteratorType.TRIM_HORIZON), 1)
                .getFirst()
                .dynamodb();
        assertThat(change.keys()).isEqualTo(key("a"));
        assertThat(change.hasNewImage() || change.hasOldImage()).isFalse();

        disable();
        client.updateTable(request -> request.tableName(Sdk.PLAIN)
                .streamSpecification(stream -> stream.streamEnabled(true).streamViewType(StreamViewType.OLD_IMAGE)));
        put("a", 2);
        var next = Sdk.describe(client, Sdk.PLAIN).latestStreamArn();
        change = read(iterator(next, ShardIteratorType.TRIM_HORIZON), 1)
                .getFirst()
                .dynamodb();
        assertThat(change.oldImage()).isEqualTo(item("a", 1));
        assertThat(change.hasNewImage()).isFalse();
    }

    @Test
    void whatChangesNothingLeavesNoRecord() {
        var arn = createStreaming(StreamViewType.NEW_IMAGE);
        put("a", 1);
        put("a", 1);
        client.updateItem(request -> request.tableName(Sdk.PLAIN)
                .key(key("a"))
                .updateExpression("SET #v = :v")
                .expressionAttributeNames(Map.of("#v", "value"))
                .expressionAttributeValues(Map.of(":v", Sdk.n(1))));
        put("b", 1);

        var records = read(iterator(arn, ShardIteratorType.TRIM_HORIZON), 2);

        assertThat(records).extracting(record -> record.dynamodb().keys()).containsExactly(key("a"), key("b"));
    }

    @Test
    void aTransactionIsRecordedItemByItem() {
        var arn = createStreaming(StreamViewType.NEW_AND_OLD_IMAGES);
        put("a", 1);
        client.transactWriteItems(request -> request.transactItems(
                write -> write.put(it -> it.tableName(Sdk.PLAIN).item(item("b", 2))),
                write -> write.delete(it -> it.tableName(Sdk.PLAIN).key(key("a"))),
                write -> write.conditionCheck(
                        it -> it.tableName(Sdk.PLAIN).key(key("c")).conditionExpression("attribute_not_exists(id)"))));
        put("d", 4);

        var records = read(iterator(arn, ShardIteratorType.TRIM_HORIZON), 4);

        assertThat(records)
                .extracting(record -> record.dynamodb().keys())
                .containsExactly(key("a"), key("b"), key("a"), key("d"));
        assertThat(records.get(2).eventName()).isEqualTo(OperationType.REMOVE);
        assertThat(records)
                .extracting(record -> record.dynamodb().sequenceNumber())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void readersBeginWhereTheySay() {
        var arn = createStreaming(StreamViewType.NEW_IMAGE);
        put("a", 1);
        put("b", 1);
        var latest = iterator(arn, ShardIteratorType.LATEST);
        put("c", 1);

        var all = read(iterator(arn, ShardIteratorType.TRIM_HORIZON), 3);
        assertThat(read(latest, 1)).isEqualTo(all.subList(2, 3));
        var second = all.get(1).dynamodb().sequenceNumber();
        assertThat(read(iterator(arn, ShardIteratorType.AT_SEQUENCE_NUMBER, second), 2))
                .isEqualTo(all.subList(1, 3));
        assertThat(read(iterator(arn, ShardIteratorType.AFTER_SEQUENCE_NUMBER, second), 1))
                .isEqualTo(all.subList(2, 3));
    }

    @Test
    void aPageHasLimits() {
        var arn = createStreaming(StreamViewType.NEW_IMAGE);
        var large = "x".repeat(300_000);
        IntStream.range(0, 4)
                .forEach(i -> client.putItem(request ->
                        request.tableName(Sdk.PLAIN).item(Map.of("id", Sdk.s("item-" + i), "large", Sdk.s(large)))));
        read(iterator(arn, ShardIteratorType.TRIM_HORIZON), 4);
        var start = iterator(arn, ShardIteratorType.TRIM_HORIZON);
        assertThat(streams.getRecords(request -> request.shardIterator(start).limit(2))
                        .records())
                .hasSizeLessThanOrEqualTo(2);
        assertThat(streams.getRecords(request -> request.shardIterator(start)).records())
                .hasSizeLessThanOrEqualTo(3);
        assertThat(read(start, 4)).hasSize(4);
        assertThatThrownBy(() -> streams.getRecords(
                        request -> request.shardIterator(start).limit(1_001)))
                .isInstanceOfSatisfying(
                        DynamoDbException.class,
                        failure -> assertThat(failure.awsErrorDetails().errorMessage())
                                .isEqualTo("1 validation error detected: Value '1001' at 'limit' failed to satisfy"
                                        + " constraint: Member must have value less than or equal to 1000"));
    }

    @Test
    void aStreamThatIsSwitchedOffCanBeReadToItsEnd() {
        var arn = createStreaming(StreamViewType.NEW_IMAGE);
        assertThat(describe(arn).streamStatus()).isEqualTo(StreamStatus.ENABLED);
        put("a", 1);
        disable();
        put("b", 1);

        assertThat(describe(arn).streamStatus()).isEqualTo(StreamStatus.DISABLED);
        assertThat(onlyShard(arn).sequenceNumberRange().endingSequenceNumber()).isNotNull();
        assertThat(read(iterator(arn, ShardIteratorType.TRIM_HORIZON), 2)).hasSize(1); // until there is no next one
        ticker.advance(Duration.ofHours(25));
        assertThatThrownBy(() -> describe(arn))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Requested resource not found: Stream: " + arn + " not found");
    }

    @Test
    void eachTimeItIsSwitchedOnItIsAnother() {
        var first = createStreaming(StreamViewType.NEW_IMAGE);
        put("a", 1);
        disable();
        enable();
        put("b", 1);
        var second = Sdk.describe(client, Sdk.PLAIN).latestStreamArn();

        assertThat(second).isNotEqualTo(first);
        var listed =
                streams.listStreams(request -> request.tableName(Sdk.PLAIN)).streams();
        assertThat(listed).extracting(it -> it.streamArn()).containsSubsequence(first, second);
        assertThat(read(iterator(first, ShardIteratorType.TRIM_HORIZON), 2))
                .extracting(record -> record.dynamodb().keys())
                .containsExactly(key("a"));
        assertThat(read(iterator(second, ShardIteratorType.TRIM_HORIZON), 1))
                .extracting(record -> record.dynamodb().keys())
                .containsExactly(key("b"));
    }

    @Test
    void aStreamOutlivesItsTable() {
        var arn = createStreaming(StreamViewType.NEW_IMAGE);
        put("a", 1);
        client.deleteTable(request -> request.tableName(Sdk.PLAIN));

        assertThat(describe(arn).streamStatus()).isEqualTo(StreamStatus.DISABLED);
        assertThat(read(iterator(arn, ShardIteratorType.TRIM_HORIZON), 2)).hasSize(1);
    }

    @Test
    void anIteratorLastsFifteenMinutes() {
        var arn = createStreaming(StreamViewType.NEW_IMAGE);
        var iterator = iterator(arn, ShardIteratorType.TRIM_HORIZON);
        ticker.advance(Duration.ofMinutes(16));
        assertThatThrownBy(() -> streams.getRecords(request -> request.shardIterator(iterator)))
                .isInstanceOf(ExpiredIteratorException.class);
    }

    @Test
    void recordsLastADay() {
        var arn = createStreaming(StreamViewType.NEW_IMAGE);
        put("a", 1);
        var first = read(iterator(arn, ShardIteratorType.TRIM_HORIZON), 1).getFirst();
        ticker.advance(Duration.ofHours(23));
        put("b", 1);
        ticker.advance(Duration.ofHours(2));

        assertThat(read(iterator(arn, ShardIteratorType.TRIM_HORIZON), 1))
                .extracting(record -> record.dynamodb().keys())
                .containsExactly(key("b"));
        var trimmed = first.dynamodb().sequenceNumber();
        assertThatThrownBy(() -> iterator(arn, ShardIteratorType.AT_SEQUENCE_NUMBER, trimmed))
                .isInstanceOf(TrimmedDataAccessException.class)
                .hasMessageContaining("The data you are trying to access has been trimmed");
    }

    @Test
    void whatIsNotThereIsSaidSo() {
        var arn = createStreaming(StreamViewType.NEW_IMAGE);
        assertThatThrownBy(() -> streams.getShardIterator(request -> request.streamArn(arn)
                        .shardId("shardId-00000000000000000000-00000000")
                        .shardIteratorType(ShardIteratorType.LATEST)))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Requested resource not found: Shard does not exist");
        assertThatThrownBy(() -> streams.getRecords(request -> request.shardIterator("nonsense")))
                .isInstanceOfSatisfying(
                        DynamoDbException.class,
                        failure -> assertThat(failure.awsErrorDetails().errorCode())
                                .isEqualTo("ValidationException"));
        assertThatThrownBy(() -> streams.listStreams(request -> request.tableName("missing")))
                .isInstanceOf(ResourceNotFoundException.class);
    }
}
