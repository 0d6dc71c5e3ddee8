package dev.evenkeel.verify.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.verify.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables and indexes that are being made or dropped when the process is killed are whole or gone after the next start. */
final class InterruptedTablesTest {
    private static final String FILLED = "Filled";
    private static final String LATE_INDEX = "Late";
    private static final int ITEMS = 200;
    private static final int KILL_MILLIS_MAX = 120;

    static LongStream seeds() {
        return Campaign.seeds(Campaign.rounds(4));
    }

    static LongStream zonesSeeds() {
        return Campaign.seeds(Campaign.rounds(2));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void changesOfTablesEndOrNeverWere(long seed, @TempDir Path data) throws Exception {
        interrupt(seed, data, "1");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("zonesSeeds")
    void changesOfTablesEndOrNeverWereInThreeZones(long seed, @TempDir Path data) throws Exception {
        interrupt(seed, data, "3");
    }

    private static void interrupt(long seed, Path data, String zones) throws Exception {
        var random = new SplittableRandom(seed);
        var answers = new ConcurrentHashMap<String, Integer>();
        try (var server = ServerProcess.start(
                        data, "--zones", zones, "--control-plane-delay", random.nextInt(100) + "ms");
                var client = server.client()) {
            prepare(client);
            var threads = List.of(
                    asking(client, "CreateTable", Tables.indexed(Tables.INDEXED), answers),
                    asking(client, "UpdateTable", newIndex(), answers),
                    asking(client, "DeleteTable", Map.of("TableName", Tables.PLAIN), answers));
            server.letRun(Duration.ofMillis(random.nextInt(KILL_MILLIS_MAX)));
            server.kill();
            for (var thread : threads) {
                thread.join();
            }
        }
        try (var server = ServerProcess.start(data, "--zones", zones);
                var client = server.client()) {
            compare(client, answers, "seed " + seed + ": " + answers);
        }
    }

    private static void prepare(Dynamo client) throws IOException {
        client.ok("CreateTable", Tables.plain(FILLED));
        client.ok("CreateTable", Tables.plain(Tables.PLAIN));
        Tables.awaitActive(client, FILLED);
        Tables.awaitActive(client, Tables.PLAIN);
        for (int i = 0; i < ITEMS; i++) {
            client.ok("PutItem", Tables.put(FILLED, item(i)));
        }
    }

    private static Map<String, Object> item(int number) {
        return Map.of(
                "pk", Tables.string("p" + number),
                "sk", Tables.string("s"),
                "grp", Tables.string("g" + number % 5),
                "amount", Tables.number(number));
    }

    private static Map<String, Object> newIndex() {
        return Map.of(
                "TableName", FILLED,
                "AttributeDefinitions", List.of(Tables.attribute("grp", "S"), Tables.attribute("amount", "N")),
                "GlobalSecondaryIndexUpdates", List.of(Map.of("Create", Tables.globalIndex(LATE_INDEX))));
    }

    private static Thread asking(
            Dynamo client, String operation, Map<String, Object> input, Map<String, Integer> answers) {
        return Thread.ofVirtual().start(() -> {
            try {
                answers.put(operation, client.call(operation, input).status());
            } catch (IOException e) {
                answers.put(operation, 0); // killed before the answer
            }
        });
    }

    private static boolean isAcknowledged(Map<String, Integer> answers, String operation) {
        return answers.getOrDefault(operation, 0) == 200;
    }

    private static void compare(Dynamo client, Map<String, Integer> answers, String what) throws IOException {
        for (var table : List.of(FILLED, Tables.PLAIN, Tables.INDEXED)) {
            Tables.awaitActive(client, table);
        }
        assertThat(answers.values()).as(what).allMatch(status -> status == 0 || status == 200);
        var created = Tables.describe(client, Tables.INDEXED);
        if (isAcknowledged(answers, "CreateTable")) {
            assertThat(created).as(what).isPresent();
        }
        if (isAcknowledged(answers, "DeleteTable")) {
            assertThat(Tables.describe(client, Tables.PLAIN)).as(what).isEmpty();
        }
        if (created.isEmpty()) {
            client.ok("CreateTable", Tables.indexed(Tables.INDEXED)); // nothing is left in its way
            Tables.awaitActive(client, Tables.INDEXED);
        }
        client.ok("PutItem", Tables.put(Tables.INDEXED, item(1)));
        awaitIndex(client, Tables.INDEXED, Tables.GLOBAL_INDEX, Map.of("p1", item(1)), what);
        compareFilled(client, answers, what);
    }

    private static void compareFilled(Dynamo client, Map<String, Integer> answers, String what) throws IOException {
        var owed = new HashMap<String, Map<String, Object>>();
        for (int i = 0; i < ITEMS; i++) {
            owed.put("p" + i, item(i));
        }
        assertThat(byKey(client.scan(FILLED, ""))).as(what).isEqualTo(owed);
        var description = Tables.describe(client, FILLED);
        boolean hasIndex =
                !description.map(Tables::globalIndexes).orElse(List.of()).isEmpty();
        if (isAcknowledged(answers, "UpdateTable")) {
            assertThat(hasIndex).as(what).isTrue();
        }
        if (hasIndex) {
            awaitIndex(client, FILLED, LATE_INDEX, owed, what);
        }
    }

    private static void awaitIndex(
            Dynamo client, String table, String index, Map<String, Map<String, Object>> owed, String what) {
        Waiting.await(what + ": index " + index + " has everything", () -> {
            try {
                return byKey(client.scan(table, index)).equals(owed);
            } catch (IOException e) {
                throw new AssertionError(what, e);
            }
        });
    }

    private static Map<String, Map<String, Object>> byKey(List<Map<String, Object>> items) {
        var byKey = new HashMap<String, Map<String, Object>>();
        items.forEach(item -> byKey.put(Slot.of("", item).pk(), item));
        return byKey;
    }
}
