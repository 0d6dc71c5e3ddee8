package dev.evenkeel.verify.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.verify.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A full disk refuses writes and nothing else, and when there is space again, everything goes on. */
final class FullDiskTest {
    private static final int NOTE_CHARACTERS = 20_000;
    private static final int WRITES_MAX = 20_000;
    private static final int REFUSALS = 40;

    private final SplittableRandom random = new SplittableRandom(1);
    private final Map<Slot, Map<String, Object>> acknowledged = new HashMap<>();

    /** Refused as unknown: these may be there or not. */
    private final Map<Slot, Map<String, Object>> inDoubt = new HashMap<>();

    private int writes;

    /** A small disk is full of log before the store has written a file; on the larger one the store is stopped, too. */
    @ParameterizedTest
    @ValueSource(strings = {"9m", "37m", "50m"})
    void refusesWritesAndServesReads(String size, @TempDir Path root) throws Exception {
        var data = Files.createDirectory(root.resolve("data"));
        try (var disk = Disks.mount(data, "size=" + size)) {
            try (var server = ServerProcess.start(data);
                    var client = server.client()) {
                client.ok("CreateTable", Tables.indexed(Tables.INDEXED));
                Tables.awaitActive(client, Tables.INDEXED);
                fill(client);
                compareItems(client);
                refuseTableChanges(client);
                disk.resize("400m");
                Waiting.await("writes work again", () -> writes(client));
                for (int i = 0; i < REFUSALS; i++) {
                    assertThat(write(client).isOk()).isTrue();
                }
                compareItems(client);
                compareIndex(client);
                server.kill();
            }
            try (var server = ServerProcess.start(data);
                    var client = server.client()) {
                compareItems(client);
                compareIndex(client);
            }
        }
    }

    private void fill(Dynamo client) throws IOException {
        int refused = 0;
        while (refused < REFUSALS) { // not at the first: others may be told something else
            var answer = write(client);
            if (!answer.isOk()) {
                refused++;
                assertThat(answer.status()).isIn(500, 503);
                assertThat(answer.message()).as("it says why").matches(".*(full|space|unknown).*");
            }
            assertThat(writes).as("writes until the disk is full").isLessThan(WRITES_MAX);
        }
    }

    private boolean writes(Dynamo client) {
        try {
            return write(client).isOk();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Dynamo.Answer write(Dynamo client) throws IOException {
        var item = item(writes++);
        var slot = Slot.of(Tables.INDEXED, item);
        var answer = client.call("PutItem", Tables.put(Tables.INDEXED, item));
        if (answer.isOk()) {
            acknowledged.put(slot, item);
        } else if (answer.status() == 500) {
            inDoubt.put(slot, item);
        }
        return answer;
    }

    private Map<String, Object> item(int number) {
        var note = new StringBuilder(NOTE_CHARACTERS);
        for (int i = 0; i < NOTE_CHARACTERS; i++) {
            note.append((char) ('0' + random.nextInt(70)));
        }
        return Map.of(
                "pk", Tables.string("p" + number % 7),
                "sk", Tables.string("s" + number),
                "amount", Tables.number(number),
                "grp", Tables.string("g" + number % 3),
                "note", Tables.string(note.toString()));
    }

    /** Those acknowledged, and of those in doubt whatever has come through; nothing that was surely refused. */
    private void compareItems(Dynamo client) throws IOException {
        var found = found(client, "");
        found.forEach((slot, item) -> {
            if (item.equals(inDoubt.get(slot))) {
                acknowledged.put(slot, item);
            }
        });
        assertThat(found.keySet()).isEqualTo(acknowledged.keySet());
        assertThat(found.equals(acknowledged))
                .as("every item is as it was written")
                .isTrue();
    }

    private void compareIndex(Dynamo client) throws IOException {
        Waiting.await("the global index has caught up", () -> {
            try {
                return found(client, Tables.GLOBAL_INDEX).equals(acknowledged);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        var description = Tables.describe(client, Tables.INDEXED).orElseThrow();
        var count = Integer.toString(acknowledged.size());
        assertThat(description).containsEntry("ItemCount", count);
        assertThat(Tables.globalIndexes(description).getFirst()).containsEntry("ItemCount", count);
    }

    private static Map<Slot, Map<String, Object>> found(Dynamo client, String index) throws IOException {
        var found = new HashMap<Slot, Map<String, Object>>();
        client.scan(Tables.INDEXED, index).forEach(item -> found.put(Slot.of(Tables.INDEXED, item), item));
        return found;
    }

    private static void refuseTableChanges(Dynamo client) throws IOException {
        var answer = client.call("CreateTable", Tables.plain(Tables.PLAIN));
        if (!answer.isOk()) { // a small record may still find room
            assertThat(answer.status()).isIn(500, 503);
        }
    }
}
