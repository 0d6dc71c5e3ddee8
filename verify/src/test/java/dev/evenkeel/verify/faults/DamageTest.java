package dev.evenkeel.verify.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.verify.gameday.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A torn end of the log is cut, and damage of what was flushed is found: never is an answer wrong. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DamageTest {
    private static final int ITEMS = 120;
    private static final int NOTE_CHARACTERS = 500;
    private static final Pattern OFFSET = Pattern.compile("offset (\\d+)");

    /** As a kill leaves it: all items are in the log only. */
    private Path killed = Path.of("");

    /** As a stop leaves it: all items are in the store's files. */
    private Path stopped = Path.of("");

    /** Where the record of each item ends in the log's last file. */
    private final List<Long> recordEnds = new ArrayList<>();

    private final Map<String, Map<String, Object>> items = new LinkedHashMap<>();

    static LongStream seeds() {
        return Campaign.seeds(Campaign.rounds(2));
    }

    @BeforeAll
    void writeInOrder(@TempDir Path root) throws Exception {
        killed = root.resolve("killed");
        stopped = root.resolve("stopped");
        var random = new SplittableRandom(1);
        try (var server = ServerProcess.start(killed);
                var client = server.client()) {
            client.ok("CreateTable", Tables.plain(Tables.PLAIN));
            Tables.awaitActive(client, Tables.PLAIN);
            for (int i = 0; i < ITEMS; i++) {
                var item = item(i, random);
                client.ok("PutItem", Tables.put(Tables.PLAIN, item));
                items.put("i" + i, item);
                recordEnds.add(Files.size(Folders.lastSegment(killed)));
            }
            server.kill();
        }
        Folders.copy(killed, stopped);
        try (var server = ServerProcess.start(stopped)) {
            server.stop();
        }
    }

    private static Map<String, Object> item(int number, SplittableRandom random) {
        var note = new StringBuilder();
        for (int i = 0; i < NOTE_CHARACTERS; i++) {
            note.append((char) (' ' + 1 + random.nextInt(90)));
        }
        return Map.of("pk", Tables.string("i" + number), "note", Tables.string(note.toString()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void tornTailIsCut(long seed, @TempDir Path root) throws Exception {
        var random = new SplittableRandom(seed);
        var data = copy(killed, root);
        Files.delete(data.resolve("log").resolve("flushed")); // or it is known that no crash has torn it
        var segment = Folders.lastSegment(data);
        long from = recordEnds.getFirst();
        long size = from + random.nextLong(recordEnds.getLast() - from + 1);
        Folders.cut(segment, size);
        byte[] rest = new byte[random.nextInt(3000)];
        switch (random.nextInt(3)) {
            case 0 -> random.nextBytes(rest);
            case 1 -> {} // zeros
            default -> rest = new byte[0];
        }
        Files.write(segment, rest, StandardOpenOption.APPEND);

        try (var server = ServerProcess.start(data);
                var client = server.client()) {
            long survivors = recordEnds.stream().filter(end -> end <= size).count();
            assertThat(client.scan(Tables.PLAIN, ""))
                    .as("seed %s: cut to %s, %s bytes appended", seed, size, rest.length)
                    .containsExactlyInAnyOrderElementsOf(
                            items.values().stream().limit(survivors).toList());
            client.ok("PutItem", Tables.put(Tables.PLAIN, item(ITEMS, random)));
            server.kill();
        }
        try (var server = ServerProcess.start(data);
                var client = server.client()) { // what was written behind the cut is there, too
            assertThat(client.ok("GetItem", Tables.keyed(Tables.PLAIN, "i" + ITEMS)))
                    .as("seed %s", seed)
                    .containsKey("Item");
        }
    }

    /** What was flushed no crash takes away. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void flushedTailThatIsGoneIsRefused(long seed, @TempDir Path root) throws Exception {
        var random = new SplittableRandom(seed);
        var data = copy(killed, root);
        var segment = Folders.lastSegment(data);
        long size = random.nextLong(recordEnds.getLast());
        Folders.cut(segment, size);
        assertThat(theLine(ServerProcess.startInVain(data), "seed " + seed + ", cut to " + size))
                .contains(segment.toString(), "it was flushed up to offset " + recordEnds.getLast());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void damagedLogIsRefusedWithFileAndOffset(long seed, @TempDir Path root) throws Exception {
        var random = new SplittableRandom(seed);
        var data = copy(killed, root);
        var segment = Folders.lastSegment(data);
        long offset = random.nextLong(recordEnds.getLast());
        Folders.flipBit(segment, offset, random.nextInt(8));

        var ended = ServerProcess.startInVain(data);
        var line = theLine(ended, "seed " + seed + ", offset " + offset);
        assertThat(line).contains(segment.toString());
        var matcher = OFFSET.matcher(line);
        assertThat(matcher.find()).as(line).isTrue();
        assertThat(Long.parseLong(matcher.group(1))).as(line).isBetween(0L, offset);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void damagedCatalogIsRefused(long seed, @TempDir Path root) throws Exception {
        var random = new SplittableRandom(seed);
        var data = copy(stopped, root);
        var snapshot = data.resolve("catalog").resolve("catalog.snapshot");
        long offset = random.nextLong(Files.size(snapshot));
        Folders.flipBit(snapshot, offset, random.nextInt(8));
        var line = theLine(ServerProcess.startInVain(data), "seed " + seed + ", offset " + offset);
        assertThat(line).contains(snapshot.toString());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void damagedStoreNeverAnswersWrongly(long seed, @TempDir Path root) throws Exception {
        var random = new SplittableRandom(seed);
        var data = copy(stopped, root);
        var files = Folders.files(data.resolve("store"), ".sst");
        assertThat(files).isNotEmpty();
        var file = files.get(random.nextInt(files.size()));
        long offset = random.nextLong(Files.size(file));
        Folders.flipBit(file, offset, random.nextInt(8));
        var what = "seed %s: %s at offset %s".formatted(seed, file.getFileName(), offset);

        try (var server = ServerProcess.launch(data)) {
            if (server.becomesReady()) {
                readAll(server, what);
            } else {
                assertThat(theLine(server.awaitEnd(), what)).contains("store");
            }
        }
    }

    private void readAll(ServerProcess server, String what) throws IOException, InterruptedException {
        try (var client = server.client()) {
            for (var expected : items.entrySet()) {
                var answer = client.call("GetItem", Tables.keyed(Tables.PLAIN, expected.getKey()));
                if (answer.isOk()) {
                    assertThat(answer.body()).as(what).isEqualTo(Map.of("Item", expected.getValue()));
                } else {
                    assertThat(answer.status()).as(what).isEqualTo(500);
                    assertThat(answer.error()).as(what).isEqualTo("InternalServerError");
                    assertThat(server.complaints()).as(what).contains(".sst");
                }
            }
            var scan = client.call("Scan", Map.of("TableName", Tables.PLAIN));
            if (scan.isOk()) {
                assertThat(Json.array(Objects.requireNonNull(scan.body().get("Items"))))
                        .as(what)
                        .containsExactlyInAnyOrderElementsOf(new ArrayList<Object>(items.values()));
            } else {
                assertThat(scan.status()).as(what).isEqualTo(500);
            }
        }
    }

    private static Path copy(Path from, Path root) throws IOException {
        var data = root.resolve("data");
        Folders.copy(from, data);
        return data;
    }

    /** The one line that a refused start has to say. */
    static String theLine(ServerProcess.Ended ended, String what) {
        assertThat(ended.exitCode()).as(what).isNotZero();
        assertThat(ended.output()).as(what).isEmpty();
        assertThat(ended.errors()).as(what).hasSize(1);
        var line = ended.errors().getFirst();
        assertThat(line).as(what).startsWith("evenkeel: ").doesNotContain("Exception");
        return line;
    }
}
