package dev.evenkeel.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * An application of several workers that share the shards of a table by leases, as the Kinesis Client Library does it. While
 * items are written, leases go to and fro between two workers, one stops without a word in the middle of what it has read,
 * another takes its place, and the stream is switched off and on again, which ends all shards and begins new ones.
 *
 * <p>Partitions do not split yet; when they do, a shard has a parent, and {@link StreamShard} orders by it.
 */
@OneAndThreeZones(initialPartitions = 3)
class StreamConsumersTest {
    private static final int STEPS = 450;
    private static final int STEPS_TO_FINISH_MAX = 10_000;
    private static final int ITEMS = 9;

    private DynamoDbClient client;
    private DynamoDbStreamsClient streams;

    @BeforeEach
    void connect(URI endpoint) {
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any"));
        client = DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .build();
        streams = DynamoDbStreamsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .build();
    }

    @AfterEach
    void close() {
        streams.close();
        client.close();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void everyChangeIsProcessedInOrder(long seed) {
        new Run(seed).run();
    }

    /** A writer, its workers, and what the seed makes of them. */
    private final class Run {
        private final Random random;
        private final String context;
        private final String table;
        private final ShardLeases leases;
        private final ChangeJournal journal = new ChangeJournal();
        private final List<StreamWorker> workers = new ArrayList<>();
        private boolean streaming = true;
        private long now;
        private long lastValue;

        Run(long seed) {
            this.random = new Random(seed);
            this.context = "seed " + seed;
            this.table = "changes-" + seed; // the streams of a table that was deleted live on under its name
            this.leases = new ShardLeases(client, "leases-" + seed);
        }

        void run() {
            leases.createTable();
            client.createTable(Sdk.plain(table).toBuilder()
                    .streamSpecification(
                            stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES))
                    .build());
            var first = join("first");
            goOn(STEPS / 3);
            var second = join("second");
            goOn(STEPS / 3);
            switchStream(false);
            write(); // tells nobody
            switchStream(true);
            goOn(STEPS / 3);
            stopInTheMiddle(first);
            join("third");
            goOn(STEPS / 3);
            switchStream(false);
            finish();

            journal.check(context);
            assertThat(first.stolen())
                    .as("leases the first worker stole; %s", context)
                    .isPositive();
            assertThat(second.stolen())
                    .as("leases the second worker stole; %s", context)
                    .isPositive();
            assertThat(journal.duplicates())
                    .as("what the stopped worker had read came again; %s", context)
                    .isPositive();
        }

        private StreamWorker join(String name) {
            var worker = new StreamWorker(name, table, streams, leases, journal::processed);
            workers.add(worker);
            return worker;
        }

        private void goOn(int steps) {
            for (int i = 0; i < steps; i++) {
                if (random.nextInt(5) < 2) {
                    write();
                } else {
                    work();
                }
            }
        }

        private void work() {
            now++;
            var worker = workers.get(random.nextInt(workers.size()));
            switch (random.nextInt(8)) {
                case 0 -> worker.takeLease(now, random);
                case 1 -> worker.checkpoint(random);
                case 2, 3 -> worker.renew();
                default -> worker.read(random);
            }
        }

        private void stopInTheMiddle(StreamWorker worker) {
            for (int i = 0; i < STEPS_TO_FINISH_MAX && !worker.hasUnconfirmed(); i++) {
                goOn(1);
            }
            assertThat(worker.hasUnconfirmed()).as(context).isTrue();
            workers.remove(worker);
        }

        private void finish() {
            for (int i = 0; i < STEPS_TO_FINISH_MAX && !isFinished(); i++) {
                work();
            }
            assertThat(leases.all()).as("leases; %s; %s", workers, context).allMatch(ShardLease::isEnded);
        }

        private boolean isFinished() {
            return now % 10 == 0
                    && leases.all().stream().allMatch(ShardLease::isEnded)
                    && leases.all().size()
                            == StreamShard.ofTable(streams, table).size();
        }

        private void switchStream(boolean on) {
            client.updateTable(request -> request.tableName(table)
                    .streamSpecification(stream ->
                            stream.streamEnabled(on).streamViewType(on ? StreamViewType.NEW_AND_OLD_IMAGES : null)));
            streaming = on;
        }

        private void write() {
            switch (random.nextInt(4)) {
                case 0 -> delete(anyItem());
                case 1 -> putTwo(random.nextInt(ITEMS));
                default -> put(anyItem());
            }
        }

        private String anyItem() {
            return "item-" + random.nextInt(ITEMS);
        }

        private void put(String id) {
            long value = ++lastValue;
            client.putItem(request -> request.tableName(table).item(Map.of("id", Sdk.s(id), "value", Sdk.n(value))));
            note(id, value);
        }

        private void putTwo(int number) {
            long value = ++lastValue;
            var ids = List.of("item-" + number, "item-" + (number + 1) % ITEMS);
            client.transactWriteItems(request -> request.transactItems(ids.stream()
                    .map(id -> TransactWriteItem.builder()
                            .put(put -> put.tableName(table).item(Map.of("id", Sdk.s(id), "value", Sdk.n(value))))
                            .build())
                    .toList()));
            ids.forEach(id -> note(id, value));
        }

        private void delete(String id) {
            client.deleteItem(request -> request.tableName(table).key(Map.of("id", Sdk.s(id))));
            note(id, null);
        }

        private void note(String id, @Nullable Long value) {
            journal.written(id, value, streaming);
        }
    }
}
