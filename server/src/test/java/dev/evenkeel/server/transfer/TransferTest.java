package dev.evenkeel.server.transfer;

import static dev.evenkeel.server.transfer.TransferBed.CREATE;
import static dev.evenkeel.server.transfer.TransferBed.TABLE;
import static dev.evenkeel.server.transfer.TransferBed.client;
import static dev.evenkeel.server.transfer.TransferBed.course;
import static dev.evenkeel.server.transfer.TransferBed.items;
import static dev.evenkeel.server.transfer.TransferBed.line;
import static dev.evenkeel.server.transfer.TransferBed.randomItem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.server.Evenkeel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real endpoints, real files, and bad days between them. */
class TransferTest {
    private static final Duration SHORT = Duration.ofMillis(20);

    @TempDir
    private Path folder;

    private final Evenkeel here = Evenkeel.start();
    private final Evenkeel there = Evenkeel.start();
    private final DynamoClient hereClient = client(here.endpoint());
    private final DynamoClient thereClient = client(there.endpoint());

    @BeforeEach
    void createSource() {
        thereClient.call("CreateTable", CREATE);
    }

    @AfterEach
    void close() {
        hereClient.close();
        thereClient.close();
        here.close();
        there.close();
    }

    /** In the source. */
    private Map<String, String> fill(SplittableRandom random, int count) throws IOException {
        var lines = new ArrayList<JsonLine>();
        for (int number = 0; number < count; number++) {
            byte[] line = line(randomItem(number, random)).strip().getBytes(StandardCharsets.UTF_8);
            lines.add(new JsonLine("test", number, line));
        }
        try (var sink = new TableSink(thereClient, TABLE, BadLines.refused(), 4)) {
            sink.take(0, lines).commit();
        }
        return items(thereClient, TABLE);
    }

    private Map<String, String> putOneByOne(SplittableRandom random, int count) throws IOException {
        for (int number = 0; number < count; number++) {
            thereClient.call("PutItem", "{\"TableName\":\"orders\",\"Item\":" + randomItem(number, random) + "}");
        }
        return items(thereClient, TABLE);
    }

    private TableImport importInto(DynamoClient target, BadLines bad, Path state) {
        return new TableImport(target, Optional.empty(), bad, state);
    }

    private void importFiles(Path... paths) {
        importInto(hereClient, BadLines.refused(), folder.resolve("import.state"))
                .files(ImportFolder.of(List.of(paths)), course());
    }

    private static TableExport export(DynamoClient client, Path out) {
        return new TableExport(client, TABLE, out, 3, true, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dump.json", "dump.json.gz", "dump"})
    void everyValueComesBackAsItWas(String out) throws IOException {
        for (long seed = 0; seed < 3; seed++) {
            var expected = putOneByOne(new SplittableRandom(seed), 60);
            Path file = folder.resolve(seed + out);
            export(thereClient, file).run(course());
            importFiles(file);
            assertThat(items(hereClient, TABLE)).as("seed %s", seed).isEqualTo(expected);
            assertThat(TransferBed.schema(hereClient, TABLE)).isEqualTo(TransferBed.schema(thereClient, TABLE));
            assertThat(folder).isDirectoryNotContaining("glob:**.state");
            hereClient.call("DeleteTable", "{\"TableName\":\"orders\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void moveThroughBadDaysLosesNothing(long seed) throws IOException {
        var expected = fill(new SplittableRandom(seed), 300);
        try (var flakySource = new FlakyEndpoint(there.endpoint(), seed, 40);
                var flakyTarget = new FlakyEndpoint(here.endpoint(), -seed, 40);
                DynamoClient source = client(flakySource.url());
                DynamoClient target = client(flakyTarget.url())) {
            importInto(target, BadLines.refused(), folder.resolve("move.state")).move(source, TABLE, 3, true, course());
        }
        assertThat(items(hereClient, TABLE)).as("seed %s", seed).isEqualTo(expected);
        assertThat(TransferBed.schema(hereClient, TABLE)).isEqualTo(TransferBed.schema(thereClient, TABLE));
    }

    /** Also as after a crash: with a state from before, and files that are longer than it says. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void exportGoesOnWhereItWasAndHasNoItemTwice(long seed) throws IOException {
        var random = new SplittableRandom(seed);
        var expected = fill(random, 400);
        Path out = folder.resolve(random.nextBoolean() ? "dump.json.gz" : "dump");
        Path state = out.toString().endsWith("gz") ? folder.resolve("dump.json.gz.state") : out.resolve("export.state");
        int attempts = 0;
        try (var flaky = new FlakyEndpoint(there.endpoint(), seed, 0)) {
            do {
                attempts++;
                Path older = folder.resolve("older");
                int copyAt = flaky.requests() + random.nextInt(6);
                flaky.onRequest(() -> {
                    if (flaky.requests() == copyAt) {
                        copy(state, older);
                    }
                });
                flaky.goAwayAfter(1 + random.nextInt(6));
                if (attempted(flaky, out)) {
                    break;
                }
                if (Files.exists(older) && random.nextBoolean()) {
                    Files.move(older, state, StandardCopyOption.REPLACE_EXISTING);
                }
                Files.deleteIfExists(older);
            } while (attempts < 100);
        }
        assertThat(attempts).as("seed %s", seed).isBetween(2, 99);
        importFiles(out);
        assertThat(items(hereClient, TABLE)).as("seed %s", seed).isEqualTo(expected);
        assertThat(linesOf(out)).as("seed %s", seed).isEqualTo(expected.size());
    }

    private static void copy(Path from, Path to) {
        try {
            if (Files.exists(from)) {
                Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException _) {
            // it is just being replaced; then there is no older one
        }
    }

    /** Whether it came to its end. */
    private static boolean attempted(FlakyEndpoint flaky, Path out) {
        try (DynamoClient client = client(flaky.url(), new StopSignal(), SHORT)) {
            export(client, out).run(course());
            return true;
        } catch (TransferException e) {
            assertThat(e).hasMessageContaining("503");
            return false;
        }
    }

    private static long linesOf(Path out) throws IOException {
        long count = 0;
        for (ImportFile file : ImportFolder.of(List.of(out)).files()) {
            try (JsonLines lines = file.file().open(_ -> {})) {
                for (JsonLine line = lines.next(); line != null; line = lines.next()) {
                    count += ImportFile.createTable(line).isEmpty() ? 1 : 0;
                }
            }
        }
        return count;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void importGoesOnWhereItWas(long seed) throws IOException {
        var random = new SplittableRandom(seed);
        var expected = fill(random, 2_500);
        Path file = folder.resolve("dump.json.gz");
        export(thereClient, file).run(course());
        Path state = folder.resolve("import.state");
        hereClient.call("CreateTable", CREATE);
        int attempts = 0;
        boolean done = false;
        try (var flaky = new FlakyEndpoint(here.endpoint(), seed, 0)) {
            while (!done && attempts++ < 50) {
                flaky.goAwayAfter(30 + random.nextInt(60));
                try (DynamoClient client = client(flaky.url(), new StopSignal(), SHORT)) {
                    importInto(client, BadLines.refused(), state).files(ImportFolder.of(List.of(file)), course());
                    done = true;
                } catch (TransferException e) {
                    assertThat(e).hasMessageContaining("503").hasMessageContaining("the same command goes on");
                    assertThat(state).exists();
                }
            }
        }
        assertThat(attempts).as("seed %s", seed).isBetween(2, 49);
        assertThat(items(hereClient, TABLE)).as("seed %s", seed).isEqualTo(expected);
        assertThat(state).doesNotExist();
    }

    @Test
    void interruptStopsAtAPageAndGoesOn() throws IOException {
        var expected = fill(new SplittableRandom(7), 400);
        Path out = folder.resolve("dump");
        var stop = new StopSignal();
        try (var flaky = new FlakyEndpoint(there.endpoint(), 0, 0);
                DynamoClient stopped = client(flaky.url(), stop, Duration.ofMinutes(1));
                DynamoClient client = client(flaky.url())) {
            flaky.onRequest(() -> {
                if (flaky.requests() == 4) {
                    stop.give();
                }
            });
            assertThatThrownBy(() -> export(stopped, out).run(course(stop)))
                    .isInstanceOf(TransferException.class)
                    .hasMessageStartingWith("Interrupted (");
            assertThat(out.resolve("export.state")).exists();
            assertThatThrownBy(() -> importFiles(out)).hasMessageContaining("is no manifest-files.json");
            export(client, out).run(course());
        }
        importFiles(out);
        assertThat(items(hereClient, TABLE)).isEqualTo(expected);
    }

    @Test
    void itemsThatAreWrongAreToldWithTheirLineOrCollected() throws IOException {
        String good = line("{" + TransferBed.keyOf(1) + "}");
        String wrongIndexKey =
                line("{" + TransferBed.keyOf(2) + ",\"state\":{\"N\":\"1\"}}").strip();
        for (String bad : List.of(
                "hello",
                "{\"Item\":{}",
                "{}",
                "[1]",
                "{\"Item\":" + "{" + TransferBed.keyOf(3) + ",\"a\":{\"N\":\"one\"}}}",
                "{\"Item\":" + "{" + TransferBed.keyOf(3) + ",\"a\":{\"SS\":[]}}}",
                "{\"Item\":{\"id\":{\"N\":\"1\"}}}",
                "{\"Item\":{\"id\":{\"S\":\"1\"},\"part\":{\"B\":\"AA==\"}}}",
                wrongIndexKey)) {
            Path file = Files.writeString(folder.resolve("bad.json"), CREATE + "\n" + good + "\n" + bad + "\n" + good);
            assertThatThrownBy(() -> importFiles(file))
                    .as(bad)
                    .isInstanceOf(TransferException.class)
                    .hasMessageStartingWith(file + ", line 4: ");
            Path skipped = folder.resolve("skipped.json");
            Files.deleteIfExists(skipped);
            var collected = BadLines.collected(skipped, _ -> {});
            importInto(hereClient, collected, folder.resolve("import.state"))
                    .files(ImportFolder.of(List.of(file)), course());
            assertThat(skipped).hasContent(bad);
            assertThat(items(hereClient, TABLE)).hasSize(1);
        }
    }

    @Test
    void firstLineMayBeWrongWhenSuchAreCollected() throws IOException {
        hereClient.call("CreateTable", CREATE);
        Path file =
                Files.writeString(folder.resolve("orders.json"), "hello\n" + line("{" + TransferBed.keyOf(1) + "}"));
        Path skipped = folder.resolve("skipped.json");
        new TableImport(hereClient, Optional.of(TABLE), BadLines.collected(skipped, _ -> {}), folder.resolve("s"))
                .files(ImportFolder.of(List.of(file)), course());
        assertThat(skipped).hasContent("hello");
        assertThat(items(hereClient, TABLE)).hasSize(1);
    }

    @Test
    void lastOfEqualKeysCounts() throws IOException {
        String key = "\"part\":{\"B\":\"AA==\"}";
        Path file = Files.writeString(
                folder.resolve("twice.json"),
                CREATE + "\n" + line("{\"id\":{\"N\":\"1\"}," + key + ",\"v\":{\"S\":\"first\"}}")
                        + line("{\"id\":{\"N\":\"1.0\"}," + key + ",\"v\":{\"S\":\"last\"}}"));
        importFiles(file);
        assertThat(items(hereClient, TABLE).values()).singleElement().asString().contains("last");
    }

    @Test
    void wrongTableIsToldBeforeAnythingIsWritten() throws IOException {
        Path other = folder.resolve("dump.json");
        export(thereClient, other).run(course());
        hereClient.call(
                "CreateTable",
                "{\"TableName\":\"orders\",\"BillingMode\":\"PAY_PER_REQUEST\","
                        + "\"AttributeDefinitions\":[{\"AttributeName\":\"id\",\"AttributeType\":\"S\"}],"
                        + "\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}]}");
        String key = "The key of table orders is id (S), that of ";
        assertThatThrownBy(() -> importFiles(other)).hasMessage(key + "the files is id (N), part (B)");
        assertThatThrownBy(() -> importInto(hereClient, BadLines.refused(), folder.resolve("s"))
                        .move(thereClient, TABLE, 1, true, course()))
                .hasMessageStartingWith(key + "table orders at ");
        Path good = Files.writeString(folder.resolve("a.json"), line("{\"id\":{\"S\":\"1\"}}"));
        Path wrong = Files.writeString(folder.resolve("b.json"), line("{\"id\":{\"N\":\"1\"}}"));
        var import2 = new TableImport(hereClient, Optional.of(TABLE), BadLines.refused(), folder.resolve("s"));
        assertThatThrownBy(() -> import2.files(ImportFolder.of(List.of(good, wrong)), course()))
                .hasMessage(wrong + ", its first item: the key attribute id has type N, the table's has type S");
        assertThat(hereClient.call("Scan", "{\"TableName\":\"orders\"}").number("Count"))
                .contains(0L);
        assertThat(folder.resolve("s")).doesNotExist();
    }

    /** As a bucket that was copied looks: "DynamoDB table export output format", Developer Guide. */
    @Test
    void exportOfAwsIsRead() throws IOException {
        Path export = Files.createDirectories(folder.resolve("bucket/AWSDynamoDB/01693685827463-2d8752fd"));
        Path data = Files.createDirectory(export.resolve("data"));
        Files.writeString(export.resolve("manifest-summary.json"), """
                {"version":"2023-08-01","tableArn":"arn:aws:dynamodb:us-east-1:123456789012:table/orders",
                "s3Bucket":"b","s3Prefix":"p","manifestFilesS3Key":"p/AWSDynamoDB/01/manifest-files.json",
                "billedSizeBytes":0,"itemCount":2,"outputFormat":"DYNAMODB_JSON","exportType":"FULL_EXPORT"}""");
        Files.writeString(export.resolve("manifest-files.json"), """
                {"itemCount":2,"md5Checksum":"x","etag":"y-1","dataFileS3Key":"p/AWSDynamoDB/01/data/a.json.gz"}
                {"itemCount":0,"md5Checksum":"x","etag":"y-1","dataFileS3Key":"p/AWSDynamoDB/01/data/b.json.gz"}
                """);
        Files.createFile(data.resolve("b.json.gz"));
        assertThatThrownBy(() -> ImportFolder.of(List.of(folder.resolve("bucket"))))
                .hasMessageContaining("is missing");
        Path file = data.resolve("a.json.gz");
        writeGzip(file, line("{" + TransferBed.keyOf(1) + "}"));
        assertThatThrownBy(() -> importFiles(folder.resolve("bucket"))).hasMessageContaining("create it first");
        hereClient.call("CreateTable", CREATE);
        assertThatThrownBy(() -> importFiles(folder.resolve("bucket")))
                .hasMessageStartingWith(file + " has 1 items, its manifest says 2");
        Files.delete(folder.resolve("import.state"));
        writeGzip(file, line("{" + TransferBed.keyOf(1) + "}") + line("{" + TransferBed.keyOf(2) + "}"));
        importFiles(folder.resolve("bucket"));
        assertThat(items(hereClient, TABLE)).hasSize(2);
    }

    private static void writeGzip(Path file, String text) throws IOException {
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void whatOthersWroteIsNotTouched() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.json"), "mine");
        assertThatThrownBy(() -> export(thereClient, file).run(course()))
                .hasMessage(file + " exists: choose another name, or delete it");
        assertThat(file).hasContent("mine");
        Path state = Files.writeString(folder.resolve("other.json.state"), "evenkeel-transfer 1 of something else\n");
        assertThatThrownBy(
                        () -> export(thereClient, folder.resolve("other.json")).run(course()))
                .hasMessage(state + " is the state of another transfer: delete it to begin anew");
    }

    @Test
    void oneExportAtATimeWritesAFile() throws IOException {
        Path file = folder.resolve("data.json");
        List<PartState> parts = List.of(PartState.beginning("part"));
        try (FilesSink _ = FilesSink.open(List.of(file), parts, "")) {
            assertThatThrownBy(() -> FilesSink.open(List.of(file), parts, ""))
                    .hasMessage(file + " is being written by another export");
        }
    }

    @Test
    void silenceIsGivenUpWithOneClearLine() throws IOException {
        var gone = here.endpoint();
        here.close();
        try (DynamoClient client = client(gone, new StopSignal(), SHORT)) {
            assertThatThrownBy(() -> export(client, folder.resolve("out")).run(course()))
                    .isInstanceOf(TransferException.class)
                    .hasMessage("DescribeTable at " + gone + ": no answer (no connection), tried for 0 s");
        }
    }
}
