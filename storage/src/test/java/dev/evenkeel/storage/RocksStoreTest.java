package dev.evenkeel.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RocksStoreTest extends OrderedStoreContract {
    private static final RocksSettings SMALL = new RocksSettings(1 << 20, 64 << 10, 2, 2, 64);

    @TempDir
    private Path temp = Path.of("");

    @Override
    OrderedStore open() {
        return open(temp.resolve("store"));
    }

    @Override
    OrderedStore openAnother() {
        return open(temp.resolve("another"));
    }

    private RocksStore open(Path folder) {
        return RocksStore.open(folder, nativeCache(), SMALL);
    }

    private static Path nativeCache() {
        return Path.of("target", "native-cache");
    }

    @Test
    void theNativeLibraryIsUnpackedOnce() throws IOException {
        try (var folders = Files.list(nativeCache())) {
            for (var folder : (Iterable<Path>) folders::iterator) { // one of each version that was ever tested here
                assertThat(folder)
                        .isDirectoryContaining("glob:**librocksdb*")
                        .isDirectoryNotContaining("glob:**.partial");
            }
        }
    }

    @Test
    void aClosedStoreComesBackWhole() {
        store.write(new StoreBatch().put(key("a"), key("1")).appliedLsn(3));
        store.close();
        store = open();

        assertThat(store.appliedLsn()).isEqualTo(3);
        assertThat(store.persistedLsn()).isEqualTo(3);
        assertThat(walk(store, new byte[0], null, Direction.FORWARD)).containsExactly("a=1");
    }

    @Test
    void closingEndsItsCursors() {
        store.write(new StoreBatch().put(key("a"), key("1")));
        var cursor = store.cursor(new byte[0], null, Direction.FORWARD);
        store.close();

        assertThatIllegalStateException().isThrownBy(cursor::next);
        cursor.close();
    }

    @Test
    void persistedFollowsOnlyOnPersist() {
        store.write(new StoreBatch().put(key("a"), key("1")).appliedLsn(3));
        assertThat(store.persistedLsn()).isZero();
        store.persist();
        assertThat(store.persistedLsn()).isEqualTo(3);
        store.write(new StoreBatch().put(key("b"), key("1")).appliedLsn(4));
        assertThat(store.appliedLsn()).isEqualTo(4);
        assertThat(store.persistedLsn()).isEqualTo(3);
    }

    /** What is left is exactly the batches up to some LSN, at least the last one persisted. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aKilledStoreIsAsItWasAtItsLsn(long seed) throws IOException, InterruptedException {
        var folder = temp.resolve("killed");
        for (int life = 0; life < 2; life++) {
            long persisted = killedWhileWriting(folder, seed + life * 10);
            try (var survivor = open(folder)) {
                long survived = survivor.appliedLsn();
                assertThat(survived).isGreaterThanOrEqualTo(persisted);
                assertThat(survivor.persistedLsn()).isEqualTo(survived);
                assertThat(survivor.get(key("last"))).isEqualTo(key("" + survived));
                assertThat(survivor.get(key("entry" + (survived + 1)))).isNull();
                for (long lsn = 1; lsn <= survived; lsn++) {
                    assertThat(survivor.get(key("entry" + lsn))).isEqualTo(key("" + lsn));
                }
            }
        }
    }

    /** The last LSN that the victim said was persisted. */
    private static long killedWhileWriting(Path folder, long seed) throws IOException, InterruptedException {
        var java = ProcessHandle.current().info().command().orElseThrow();
        var victim = new ProcessBuilder(
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RocksStoreVictim.class.getName(),
                        folder.toString(),
                        nativeCache().toString(),
                        Long.toString(seed))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long persisted = 0;
        try (var output = victim.inputReader()) {
            for (int i = new Random(seed).nextInt(20); i >= 0; i--) {
                persisted = Long.parseLong(output.readLine());
            }
        } finally {
            victim.destroyForcibly();
        }
        assertThat(victim.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return persisted;
    }

    @Test
    void aFlippedBitIsFoundWhereItIsRead() throws IOException {
        fillAndClose();
        var file = someFile("*.sst");
        try (var access = new RandomAccessFile(file.toFile(), "rw")) {
            long middle = access.length() / 3;
            access.seek(middle);
            int old = access.read();
            access.seek(middle);
            access.write(old ^ 0x10);
        }
        store = open();

        assertThatExceptionOfType(StorageCorruptException.class)
                .isThrownBy(() -> walk(store, new byte[0], null, Direction.FORWARD))
                .withMessageContaining(file.getFileName().toString())
                .satisfies(RocksStoreTest::isOneLine);
        assertThatExceptionOfType(StorageCorruptException.class).isThrownBy(((RocksStore) store)::verify);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*.sst", "MANIFEST-*", "CURRENT"})
    void aMissingFileIsRefused(String pattern) throws IOException {
        fillAndClose();
        Files.delete(someFile(pattern));

        assertThatExceptionOfType(StorageException.class).isThrownBy(this::open).satisfies(RocksStoreTest::isOneLine);
        store = openAnother();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*.sst", "MANIFEST-*"})
    void aTruncatedFileIsRefused(String pattern) throws IOException {
        fillAndClose();
        var file = someFile(pattern);
        try (var access = new RandomAccessFile(file.toFile(), "rw")) {
            access.setLength(access.length() / 2);
        }

        assertThatExceptionOfType(StorageCorruptException.class)
                .isThrownBy(this::open)
                .satisfies(RocksStoreTest::isOneLine);
        store = openAnother();
    }

    @Test
    void aStoreInUseIsRefused() {
        assertThatExceptionOfType(StorageIoException.class)
                .isThrownBy(this::open)
                .satisfies(RocksStoreTest::isOneLine);
    }

    private void fillAndClose() {
        var random = new Random(5);
        for (int i = 0; i < 100; i++) {
            var value = new byte[500];
            random.nextBytes(value);
            store.write(new StoreBatch().put(key("key" + i), value).appliedLsn(i + 1));
        }
        store.persist();
        store.close();
    }

    private Path someFile(String pattern) throws IOException {
        try (var files = Files.newDirectoryStream(temp.resolve("store"), pattern)) {
            return files.iterator().next();
        }
    }

    private static void isOneLine(Throwable failure) {
        assertThat(failure.getMessage()).doesNotContain("\n");
    }
}
