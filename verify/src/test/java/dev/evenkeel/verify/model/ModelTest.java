package dev.evenkeel.verify.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.server.Evenkeel;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories against the whole database, a seed each. {@code -Devenkeel.seed=17} replays one,
 * {@code -Devenkeel.seeds=1000} runs many; every failure names its seed.
 */
final class ModelTest {
    private static final int PARTITIONS_MAX = 5;
    private static final int RESTARTS = 4;

    /** What random histories must have come upon, or they no longer test what they should. */
    private static final Set<String> EVENTS = Set.of(
            "PutItem",
            "PutItem ValidationException",
            "PutItem ConditionalCheckFailedException",
            "PutItem with Attributes",
            "PutItem with Item",
            "PutItem with ItemCollectionMetrics",
            "PutItem charged to a local index",
            "PutItem charged to a global index",
            "UpdateItem",
            "UpdateItem ValidationException",
            "UpdateItem ConditionalCheckFailedException",
            "UpdateItem with Attributes",
            "UpdateItem charged to a local index",
            "UpdateItem charged to a global index",
            "DeleteItem",
            "DeleteItem ConditionalCheckFailedException",
            "DeleteItem with Attributes",
            "DeleteItem charged to a global index",
            "GetItem with Item",
            "BatchGetItem",
            "BatchWriteItem",
            "BatchWriteItem ValidationException",
            "Query of a table backwards",
            "Query of a table filtered in part",
            "Query of a table in pages by limit",
            "Query of a local index with fetched items",
            "Query of a local index in pages by limit",
            "Query of a global index",
            "Query of a global index in pages by limit",
            "Scan of a table in segments",
            "Scan of a table filtered in part",
            "Scan of a table in pages by limit",
            "Scan of a local index",
            "Scan of a global index in segments",
            "index created",
            "index dropped");

    static LongStream fewSeeds() {
        return seeds(4);
    }

    /** Three replicas do three times the work. */
    static LongStream zonesSeeds() {
        return seeds(2);
    }

    private static LongStream seeds(int count) {
        var one = Long.getLong("evenkeel.seed");
        return one == null ? LongStream.range(0, Long.getLong("evenkeel.seeds", count)) : LongStream.of(one);
    }

    private static int partitions(long seed) {
        return 1 + (int) (seed % PARTITIONS_MAX);
    }

    private static Evenkeel inMemory(long seed) {
        return Evenkeel.builder().initialPartitions(partitions(seed)).start();
    }

    @Test
    void inMemory() {
        var tally = new Tally();
        seeds(6).forEach(seed -> {
            try (var database = inMemory(seed);
                    var endpoint = new HttpEndpoint(database.endpoint())) {
                var run = new ModelRun(seed, false, endpoint);
                run.createTables();
                for (int i = 0; i < 4; i++) {
                    run.steps(100);
                    run.alterAnIndex();
                }
                tally.add(run.tally());
            }
        });
        if (Long.getLong("evenkeel.seed") == null) {
            assertThat(tally.missing(EVENTS))
                    .as("never happened; did: %s", tally)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void throughTheSdk(long seed) {
        try (var database = inMemory(seed);
                var endpoint = new SdkEndpoint(database.endpoint())) {
            var run = new ModelRun(seed, false, endpoint);
            run.createTables();
            run.steps(150);
            run.alterAnIndex();
            run.steps(50);
        }
    }

    @ParameterizedTest
    @MethodSource("zonesSeeds")
    void threeZones(long seed) {
        try (var database = Evenkeel.builder()
                        .zones(3)
                        .initialPartitions(partitions(seed))
                        .start();
                var endpoint = new SettledEndpoint(database, new HttpEndpoint(database.endpoint()))) {
            var run = new ModelRun(seed, false, endpoint);
            run.createTables();
            for (int i = 0; i < 2; i++) {
                run.steps(100);
                run.alterAnIndex();
            }
            run.steps(20);
        }
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void largeItems(long seed) {
        try (var database = inMemory(seed);
                var endpoint = new HttpEndpoint(database.endpoint())) {
            var run = new ModelRun(seed, true, endpoint);
            run.createTables();
            run.steps(150);
        }
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void onDiskWithRestarts(long seed, @TempDir Path folder) {
        onDisk(seed, folder, 1, RESTARTS);
    }

    @ParameterizedTest
    @MethodSource("zonesSeeds")
    void threeZonesOnDiskWithRestarts(long seed, @TempDir Path folder) {
        onDisk(seed, folder, 3, 2);
    }

    private static void onDisk(long seed, Path folder, int zones, int restarts) {
        ModelRun run = null;
        for (int i = 0; i <= restarts; i++) {
            try (var database = Evenkeel.builder()
                            .data(folder)
                            .zones(zones)
                            .initialPartitions(partitions(seed))
                            .start();
                    var endpoint = new SettledEndpoint(database, new HttpEndpoint(database.endpoint()))) {
                if (run == null) {
                    run = new ModelRun(seed, false, endpoint);
                    run.createTables();
                } else {
                    run.use(endpoint);
                }
                run.steps(80);
                run.alterAnIndex();
                run.steps(10); // so that the restart finds an index that has not followed yet
            }
        }
    }
}
