package dev.evenkeel.verify.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.server.Evenkeel;
import dev.evenkeel.server.transfer.AwsSettings;
import dev.evenkeel.server.transfer.Course;
import dev.evenkeel.server.transfer.DynamoClient;
import dev.evenkeel.server.transfer.EndpointOptions;
import dev.evenkeel.server.transfer.StopSignal;
import dev.evenkeel.server.transfer.TableExport;
import dev.evenkeel.server.transfer.TransferException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An export onto a disk that is too small says so, and goes on when there is space. */
final class FullDiskExportTest {
    private static final int ITEMS = 200;
    private static final int NOTE_CHARACTERS = 20_000;

    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void exportGoesOnWhenThereIsSpace(@TempDir Path folder) throws Exception {
        try (var disk = Disks.mount(folder, "size=2m");
                var evenkeel = Evenkeel.start();
                var client = client(evenkeel)) {
            fill(evenkeel);
            Path out = folder.resolve("dump.json");
            assertThatThrownBy(() -> export(client, out))
                    .isInstanceOf(TransferException.class)
                    .hasMessageContaining("No space left on device")
                    .hasMessageContaining("the same command goes on from there");
            disk.resize("20m");
            export(client, out);
            assertThat(Files.readAllLines(out)).hasSize(1 + ITEMS).doesNotHaveDuplicates();
        }
    }

    private static DynamoClient client(Evenkeel evenkeel) {
        return new EndpointOptions(evenkeel.endpoint(), Optional.empty(), Optional.empty())
                .client(AwsSettings.ofThisProcess(), Duration.ofMinutes(1), new StopSignal());
    }

    private static void export(DynamoClient client, Path out) {
        new TableExport(client, Tables.PLAIN, out, 3, true, false)
                .run(Course.of(new PrintWriter(new StringWriter()), true, 3, new StopSignal()));
    }

    private void fill(Evenkeel evenkeel) throws Exception {
        try (var dynamo = new Dynamo(evenkeel.endpoint())) {
            dynamo.ok("CreateTable", Tables.plain(Tables.PLAIN));
            for (int number = 0; number < ITEMS; number++) {
                dynamo.ok("PutItem", Tables.put(Tables.PLAIN, item(number)));
            }
        }
    }

    private Map<String, Object> item(int number) {
        var note = new StringBuilder(NOTE_CHARACTERS);
        for (int i = 0; i < NOTE_CHARACTERS; i++) {
            note.append((char) ('a' + random.nextInt(26)));
        }
        return Map.of("pk", Tables.string("p" + number), "note", Tables.string(note.toString()));
    }
}
