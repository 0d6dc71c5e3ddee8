package dev.evenkeel.storage;

import static dev.evenkeel.storage.OrderedStoreContract.key;
import static dev.evenkeel.storage.OrderedStoreContract.text;
import static dev.evenkeel.storage.OrderedStoreContract.walk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link OrderedStore} does about checkpoints and digests. */
abstract class CheckpointContract {
    static final byte[] BEGINNING = {};

    private static final int FLIPS_PER_FILE = Integer.getInteger("evenkeel.storage.flips", 24);

    @TempDir
    Path temp = Path.of("");

    OrderedStore store = new MemoryStore();

    /** Opens a store of its own, new or not, under a name. */
    abstract OrderedStore open(String name);

    @BeforeEach
    void openStore() {
        store = open("store");
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    /** Moves a store whose contents follow from its LSN alone to the next one, see {@link #contentsAt}. */
    static void step(OrderedStore store, long seed) {
        long lsn = store.appliedLsn() + 1;
        var value = key(Long.toString(lsn));
        var random = new Random(seed + lsn);
        var batch = new StoreBatch().put(key("first"), value);
        batch.put(key("slot" + random.nextInt(40)), key(lsn + "-".repeat(random.nextInt(2000))));
        batch.delete(key("slot" + random.nextInt(40)));
        if (random.nextInt(200) == 0) {
            batch.deleteRange(key("slot1"), key("slot3"));
        }
        store.write(batch.put(key("zero"), value).appliedLsn(lsn));
    }

    static List<String> contentsAt(long lsn, long seed) {
        var expected = new TreeMap<String, String>();
        for (long i = 1; i <= lsn; i++) {
            var random = new Random(seed + i);
            expected.put("slot" + random.nextInt(40), i + "-".repeat(random.nextInt(2000)));
            expected.remove("slot" + random.nextInt(40));
            if (random.nextInt(200) == 0) {
                expected.subMap("slot1", "slot3").clear();
            }
        }
        if (lsn > 0) {
            expected.put("first", "" + lsn);
            expected.put("zero", "" + lsn);
        }
        return expected.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    static List<String> contents(OrderedStore store) {
        return walk(store, BEGINNING, null, Direction.FORWARD);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aCheckpointUnderWritesIsTheStoreAtItsLsn(long seed) throws Exception {
        var enough = new AtomicBoolean();
        var failure = new AtomicReference<Throwable>();
        var writer = Thread.ofVirtual().unstarted(() -> {
            while (!enough.get()) {
                step(store, seed);
            }
        });
        writer.setUncaughtExceptionHandler((_, e) -> failure.set(e));
        for (int i = 0; i < 300; i++) {
            step(store, seed);
        }
        try (var cursor = store.cursor(BEGINNING, null, Direction.FORWARD);
                var copy = open("copy")) {
            copy.write(new StoreBatch().put(key("old"), key("1")).appliedLsn(1_000_000));
            writer.start();
            for (int i = 0; i < 3; i++) {
                long before = store.appliedLsn();
                var folder = temp.resolve("checkpoint" + i);
                store.checkpoint(folder);
                copy.restore(folder);

                assertThat(copy.appliedLsn()).isBetween(before, store.appliedLsn());
                assertThat(contents(copy)).isEqualTo(contentsAt(copy.appliedLsn(), seed));
            }
            assertThat(rest(cursor)).isEqualTo(contentsAt(300, seed));
        } finally {
            enough.set(true);
            writer.join();
        }
        assertThat(failure).hasNullValue();
    }

    static List<String> rest(Cursor cursor) {
        var lines = new ArrayList<String>();
        while (cursor.next()) {
            lines.add(text(cursor.key()) + "=" + text(cursor.value()));
        }
        return lines;
    }

    @Test
    void anEmptyStoreHasACheckpointToo() throws IOException {
        Files.createDirectory(temp.resolve("checkpoint"));
        store.checkpoint(temp.resolve("checkpoint"));
        store.write(new StoreBatch().put(key("a"), key("1")).appliedLsn(3));
        store.restore(temp.resolve("checkpoint"));

        assertThat(contents(store)).isEmpty();
        assertThat(store.appliedLsn()).isZero();
        assertThat(store.approximateBytes(BEGINNING, null)).isZero();
    }

    @Test
    void aRestoredStoreHasNothingOldAndGoesOn() throws IOException {
        step(store, 7);
        step(store, 7);
        store.checkpoint(temp.resolve("two"));
        Files.writeString(temp.resolve("two").resolve("not-ours"), "left alone");
        for (int i = 0; i < 50; i++) {
            step(store, 7);
            store.write(new StoreBatch().put(key("entry" + i), key("old")));
        }
        var before = contents(store);
        try (var old = store.cursor(BEGINNING, null, Direction.FORWARD)) {
            store.restore(temp.resolve("two"));

            assertThat(store.get(key("entry1"))).isNull();
            assertThat(contents(store)).isEqualTo(contentsAt(2, 7));
            assertThat(store.appliedLsn()).isEqualTo(2);
            assertThat(store.persistedLsn()).isLessThanOrEqualTo(2);
            assertEndsOrShows(old, before);
        }
        assertThat(temp.resolve("two").resolve("not-ours")).exists();
        step(store, 7);
        store.checkpoint(temp.resolve("three"));
        step(store, 7);
        store.restore(temp.resolve("three"));
        assertThat(contents(store)).isEqualTo(contentsAt(3, 7));
    }

    private static void assertEndsOrShows(Cursor cursor, List<String> expected) {
        try {
            assertThat(rest(cursor)).isEqualTo(expected);
        } catch (StorageReplacedException e) {
            assertThat(e).hasMessageContaining("restored");
        }
    }

    /** Whatever a reader meets while the store goes back and forth is one of the two contents. */
    @Test
    void readersNeverSeeTwoContentsMixed() throws Exception {
        var contents = List.of(twoCheckpoints(), contentsAt(20, 5));
        var enough = new AtomicBoolean();
        var walks = new AtomicReference<Throwable>();
        var readers = new ArrayList<Thread>();
        for (int i = 0; i < 2; i++) {
            readers.add(Thread.ofPlatform()
                    .uncaughtExceptionHandler((_, e) -> walks.set(e))
                    .start(() -> readUntil(enough, contents)));
        }
        for (int i = 0; i < 20; i++) {
            store.restore(temp.resolve(i % 2 == 0 ? "ten" : "twenty"));
        }
        enough.set(true);
        for (var reader : readers) {
            reader.join();
        }
        assertThat(walks).hasNullValue();
    }

    /** The contents of the first. */
    private List<String> twoCheckpoints() {
        for (int i = 0; i < 10; i++) {
            step(store, 5);
        }
        store.checkpoint(temp.resolve("ten"));
        for (int i = 0; i < 10; i++) {
            step(store, 5);
        }
        store.checkpoint(temp.resolve("twenty"));
        return contentsAt(10, 5);
    }

    private void readUntil(AtomicBoolean enough, List<List<String>> contents) {
        while (!enough.get()) {
            assertThat(text(Objects.requireNonNull(store.get(key("first"))))).isIn("10", "20");
            try (var cursor = store.cursor(BEGINNING, null, Direction.FORWARD)) {
                assertThat(contents).contains(rest(cursor));
            } catch (StorageReplacedException e) {
                // it began before a restore
            }
        }
    }

    @Test
    void writesWaitForARestore() throws Exception {
        step(store, 3);
        store.checkpoint(temp.resolve("one"));
        var enough = new AtomicBoolean();
        var failure = new AtomicReference<Throwable>();
        var writer = Thread.ofPlatform()
                .uncaughtExceptionHandler((_, e) -> failure.set(e))
                .start(() -> {
                    for (int i = 0; !enough.get(); i++) {
                        store.write(new StoreBatch().put(key("b"), key("" + i)).put(key("c"), key("" + i)));
                    }
                });
        for (int i = 0; i < 10; i++) {
            store.restore(temp.resolve("one"));
        }
        enough.set(true);
        writer.join();
        assertThat(failure).hasNullValue();
        assertThat(store.get(key("b"))).isEqualTo(store.get(key("c")));
        assertThat(store.get(key("first"))).isEqualTo(key("1"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void damageIsRefusedAndTheOldContentsStay(long seed) throws IOException {
        try (var source = open("source")) {
            for (int i = 0; i < 100; i++) {
                step(source, seed);
                if (i == 50) {
                    source.write(new StoreBatch().deleteRange(key("a"), key("b")));
                    source.persist();
                }
            }
            source.checkpoint(temp.resolve("checkpoint"));
        }
        store.write(new StoreBatch().put(key("kept"), key("1")).appliedLsn(9));
        var random = new Random(seed);
        for (var file : files(temp.resolve("checkpoint"))) {
            var bytes = Files.readAllBytes(file);
            for (int i = 0; i < FLIPS_PER_FILE && bytes.length > 0; i++) {
                int at = i == 0 ? 0 : i == 1 ? bytes.length - 1 : random.nextInt(bytes.length);
                flip(file, at, 1 << random.nextInt(8));
                assertRefused(file, "bit flipped at " + at);
                Files.write(file, bytes);
            }
            for (int length = bytes.length - 1; length >= 0; length = length > 0 ? length / 3 : -1) {
                truncate(file, length);
                assertRefused(file, "cut to " + length);
                Files.write(file, bytes);
            }
            Files.delete(file);
            assertRefused(file, "deleted");
            Files.write(file, bytes);
        }
        store.restore(temp.resolve("checkpoint"));
        assertThat(contents(store)).isEqualTo(contentsAt(100, seed));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static void flip(Path file, int at, int mask) throws IOException {
        try (var access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(at);
            int old = access.read();
            access.seek(at);
            access.write(old ^ mask);
        }
    }

    private static void truncate(Path file, int length) throws IOException {
        try (var access = new RandomAccessFile(file.toFile(), "rw")) {
            access.setLength(length);
        }
    }

    private void assertRefused(Path file, String damage) {
        assertThatExceptionOfType(StorageCorruptException.class)
                .as("%s %s", file.getFileName(), damage)
                .isThrownBy(() -> store.restore(temp.resolve("checkpoint")))
                .withMessageContaining(file.getFileName().toString())
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
        assertThat(contents(store)).containsExactly("kept=1");
        assertThat(store.appliedLsn()).isEqualTo(9);
    }

    @Test
    void aFolderThatHoldsSomethingIsLeftAlone() throws IOException {
        var folder = Files.createDirectory(temp.resolve("full"));
        Files.writeString(folder.resolve("something"), "else");

        assertThatIllegalArgumentException().isThrownBy(() -> store.checkpoint(folder));
        assertThat(folder.resolve("something")).hasContent("else");
    }

    @Test
    void whatIsNoCheckpointIsRefused() throws IOException {
        assertThatExceptionOfType(StorageCorruptException.class).isThrownBy(() -> store.restore(temp.resolve("none")));
        assertThatExceptionOfType(StorageCorruptException.class)
                .isThrownBy(() -> store.restore(Files.createDirectory(temp.resolve("empty"))));
        step(store, 1);
        assertThat(contents(store)).isEqualTo(contentsAt(1, 1));
    }

    @Test
    void aClosedStoreSaysSo() {
        store.checkpoint(temp.resolve("checkpoint"));
        store.close();

        assertThatIllegalStateException().isThrownBy(() -> store.checkpoint(temp.resolve("another")));
        assertThatIllegalStateException().isThrownBy(() -> store.restore(temp.resolve("checkpoint")));
        assertThat(temp.resolve("another")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aDigestFollowsFromTheEntriesAlone(long seed) {
        try (var other = new MemoryStore()) {
            for (int i = 0; i < 200; i++) {
                step(store, seed);
            }
            var entries = contents(store);
            for (var line : entries.reversed()) {
                int equals = line.indexOf('=');
                other.write(new StoreBatch().put(key(line.substring(0, equals)), key(line.substring(equals + 1))));
            }
            var digest = StoreDigest.of(store, BEGINNING, null);

            assertThat(digest).isEqualTo(StoreDigest.of(other, BEGINNING, null));
            assertThat(digest.entries()).isEqualTo(entries.size());
            assertThat(StoreDigest.of(store, key("slot"), key("slot2")))
                    .isEqualTo(StoreDigest.of(other, key("slot"), key("slot2")))
                    .isNotEqualTo(digest);
            other.write(new StoreBatch().put(key("zero"), key("different")));
            assertThat(StoreDigest.of(other, BEGINNING, null)).isNotEqualTo(digest);
        }
    }

    /** Replicas of different releases compare digests, so how they are made must not change. */
    @Test
    void digestsStayAsTheyAre() {
        assertThat(StoreDigest.of(store, BEGINNING, null))
                .isEqualTo(new StoreDigest(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
        store.write(new StoreBatch().put(key("ab"), key("c")).put(key("b"), BEGINNING));
        assertThat(StoreDigest.of(store, BEGINNING, null))
                .isEqualTo(new StoreDigest(2, "54931c1f4884c9fb2286f1fbb9a08f7658a8444040ff8fb5aa37ac7cd0ef7040"));
        store.write(new StoreBatch().delete(key("ab")).put(key("a"), key("bc")));
        assertThat(StoreDigest.of(store, BEGINNING, null).sha256())
                .isNotEqualTo("54931c1f4884c9fb2286f1fbb9a08f7658a8444040ff8fb5aa37ac7cd0ef7040");
        store.write(new StoreBatch().put(key("c"), new byte[100_000]));
        assertThat(StoreDigest.of(store, BEGINNING, null).entries()).isEqualTo(3);
    }
}
