package dev.evenkeel.storage;

import static dev.evenkeel.storage.OrderedStoreContract.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RocksCheckpointTest extends CheckpointContract {
    private static final RocksSettings SMALL = new RocksSettings(1 << 20, 64 << 10, 2, 2, 64);
    private static final Path NATIVE_CACHE = Path.of("target", "native-cache");
    private static final List<String> STEPS =
            List.of("taken", "verified", "closed", "decided", "taken out", "put in", "opened", "cleaned up");

    @Override
    OrderedStore open(String name) {
        return RocksStore.open(temp.resolve(name), NATIVE_CACHE, SMALL);
    }

    private RocksStore open(String name, Consumer<String> restoreSteps) {
        return RocksStore.open(temp.resolve(name), RocksShared.open(NATIVE_CACHE, SMALL), true, restoreSteps);
    }

    /** The engine keeps no log, so what is still in its buffers must be written out for a checkpoint. */
    @Test
    void whatIsOnlyInABufferIsInACheckpoint() {
        step(store, 1);
        assertThat(store.persistedLsn()).isZero();
        store.checkpoint(temp.resolve("checkpoint"));
        assertThat(store.persistedLsn()).isEqualTo(1);
        try (var copy = open("copy")) {
            copy.restore(temp.resolve("checkpoint"));
            assertThat(contents(copy)).isEqualTo(contentsAt(1, 1));
            assertThat(copy.persistedLsn()).isEqualTo(1);
        }
    }

    /** Its tables are links, and the store goes on to write, merge and delete its own. */
    @Test
    void aCheckpointStaysAsItIs() {
        for (int i = 0; i < 100; i++) {
            step(store, 1);
        }
        store.checkpoint(temp.resolve("checkpoint"));
        for (int i = 0; i < 400; i++) {
            step(store, 1);
        }
        store.persist();
        try (var copy = open("copy")) {
            copy.restore(temp.resolve("checkpoint"));
            step(copy, 1);
            copy.persist();
            copy.restore(temp.resolve("checkpoint"));
            assertThat(contents(copy)).isEqualTo(contentsAt(100, 1));
        }
    }

    @Test
    void aRestoredStoreIsThereAfterReopening() {
        step(store, 1);
        store.checkpoint(temp.resolve("checkpoint"));
        step(store, 1);
        store.restore(temp.resolve("checkpoint"));
        store.close();
        store = open("store");

        assertThat(contents(store)).isEqualTo(contentsAt(1, 1));
        assertThat(store.appliedLsn()).isEqualTo(1);
        assertNothingLeftBehind(temp);
    }

    private static void assertNothingLeftBehind(Path folder) {
        assertThat(folder)
                .isDirectoryNotContaining("glob:**.incoming")
                .isDirectoryNotContaining("glob:**.complete")
                .isDirectoryNotContaining("glob:**.outgoing");
    }

    /** What a kill behind each step leaves on disk, opened again. */
    @Test
    void aRestoreCutAnywhereLeavesTheOldOrTheNew() {
        checkpointAt(5);
        var steps = new ArrayList<String>();
        try (var cut = open("cut", step -> {
            steps.add(step);
            copyAll("cut", temp.resolve("after " + step));
        })) {
            fill(cut, 12);
            cut.persist();
            cut.restore(temp.resolve("five"));
        }

        assertThat(steps).containsExactlyElementsOf(STEPS);
        for (var step : steps) {
            boolean isNew = steps.indexOf(step) >= steps.indexOf("decided");
            try (var survivor = open("after " + step + "/cut")) {
                assertThat(survivor.appliedLsn()).as(step).isEqualTo(isNew ? 5 : 12);
                assertThat(contents(survivor)).as(step).isEqualTo(contentsAt(isNew ? 5 : 12, 1));
            }
            assertNothingLeftBehind(temp.resolve("after " + step));
        }
    }

    private void checkpointAt(int lsn) {
        fill(store, lsn);
        store.checkpoint(temp.resolve("five"));
    }

    private static void fill(OrderedStore target, int lsn) {
        while (target.appliedLsn() < lsn) {
            step(target, 1);
        }
    }

    /** Copies the folders that belong to a store. */
    private void copyAll(String name, Path target) {
        try (var folders = Files.newDirectoryStream(temp, name + "*")) {
            for (var folder : folders) {
                var copy = Files.createDirectories(target.resolve(folder.getFileName()));
                try (var files = Files.newDirectoryStream(folder)) {
                    for (var file : files) {
                        Files.copy(file, copy.resolve(file.getFileName()));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A failure is not a crash: the store says what is the matter, and can be restored again. */
    @Test
    void aRestoreThatFailsAnywhereLeavesTheOldOrTheNewOrNothingToRead() {
        checkpointAt(5);
        var failing = new HashSet<String>();
        for (var step : STEPS) {
            failing.add(step);
            try (var target = open("failing " + step, done -> {
                if (failing.remove(done)) {
                    throw new StorageFullException("no space after: " + done, null);
                }
            })) {
                fill(target, 12);
                assertThatExceptionOfType(StorageFullException.class)
                        .as(step)
                        .isThrownBy(() -> target.restore(temp.resolve("five")));
                assertOldOrNewOrNothing(target, step);
                target.restore(temp.resolve("five"));
                assertThat(contents(target)).as(step).isEqualTo(contentsAt(5, 1));
            }
        }
        assertNothingLeftBehind(temp);
    }

    private static void assertOldOrNewOrNothing(OrderedStore target, String step) {
        if (STEPS.indexOf(step) < STEPS.indexOf("closed")) {
            assertThat(contents(target)).as(step).isEqualTo(contentsAt(12, 1));
        } else if (STEPS.indexOf(step) < STEPS.indexOf("opened")) {
            assertThatExceptionOfType(StorageIoException.class)
                    .as(step)
                    .isThrownBy(() -> contents(target))
                    .withMessageContaining("restore");
        } else {
            assertThat(contents(target)).as(step).isEqualTo(contentsAt(5, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aStoreKilledWhileRestoringIsTheOldOrTheNew(long seed) throws IOException, InterruptedException {
        checkpointAt(5);
        fill(store, 40);
        store.checkpoint(temp.resolve("forty"));
        killWhileRestoring(temp.resolve("killed"), seed);

        try (var survivor = open("killed")) {
            assertThat(survivor.appliedLsn()).isIn(5L, 40L);
            assertThat(contents(survivor)).isEqualTo(contentsAt(survivor.appliedLsn(), 1));
            survivor.restore(temp.resolve("five"));
            assertThat(contents(survivor)).isEqualTo(contentsAt(5, 1));
        }
        assertNothingLeftBehind(temp);
    }

    private void killWhileRestoring(Path folder, long seed) throws IOException, InterruptedException {
        var victim = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RocksRestoreVictim.class.getName(),
                        folder.toString(),
                        NATIVE_CACHE.toString(),
                        temp.resolve("five").toString(),
                        temp.resolve("forty").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = victim.inputReader()) {
            int steps = 8 + new Random(seed).nextInt(40); // the first restore is through by then
            for (int i = 0; i < steps; i++) {
                assertThat(output.readLine()).isNotNull();
            }
        } finally {
            victim.destroyForcibly();
        }
        assertThat(victim.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    /** Someone took the new folder away, so there is nothing to begin with, but there was. */
    @Test
    void aStoreThatLostItsContentsSaysSoUntilItIsDeleted() throws IOException {
        step(store, 1);
        store.close();
        Files.move(temp.resolve("store"), temp.resolve("store.outgoing"));
        Files.createDirectory(temp.resolve("store")); // as a data folder would

        assertThatExceptionOfType(StorageCorruptException.class)
                .isThrownBy(() -> open("store"))
                .withMessageContaining("restore it again");
        RocksStore.delete(temp.resolve("store"));
        RocksStore.delete(temp.resolve("store"));
        store = open("store");
        assertThat(contents(store)).isEmpty();
    }

    @Test
    void storesShareWhatIsCostlyAndNothingElse() {
        try (var shared = RocksShared.open(NATIVE_CACHE, SMALL)) {
            var stores = new ArrayList<RocksStore>();
            for (int i = 0; i < 10; i++) {
                stores.add(RocksStore.open(temp.resolve("group" + i), shared));
            }
            for (int round = 0; round < 60; round++) {
                stores.forEach(group -> step(group, stores.indexOf(group)));
            }
            stores.get(3).checkpoint(temp.resolve("checkpoint"));
            stores.get(4).restore(temp.resolve("checkpoint"));
            stores.get(5).close();
            for (var group : stores) {
                int number = stores.indexOf(group);
                if (number != 5) {
                    assertThat(contents(group)).isEqualTo(contentsAt(60, number == 4 ? 3 : number));
                }
            }
            stores.forEach(RocksStore::close);
        }
    }

    @Test
    void aCheckpointOfAnotherStoreKindIsRefused() {
        try (var memory = new MemoryStore()) {
            memory.checkpoint(temp.resolve("memory"));
        }
        store.write(new StoreBatch().put(key("kept"), key("1")));
        assertThatExceptionOfType(StorageCorruptException.class)
                .isThrownBy(() -> store.restore(temp.resolve("memory")))
                .withMessageContaining(CheckpointList.FILE);
        assertThat(contents(store)).containsExactly("kept=1");
    }
}
