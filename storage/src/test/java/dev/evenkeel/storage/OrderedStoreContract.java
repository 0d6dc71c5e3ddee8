package dev.evenkeel.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link OrderedStore} does, checked against a sorted map. */
abstract class OrderedStoreContract {
    private static final byte[] BEGINNING = {};

    OrderedStore store = new MemoryStore();

    abstract OrderedStore open();

    @BeforeEach
    void openStore() {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void aNewStoreIsEmpty() {
        assertThat(store.get(key("a"))).isNull();
        assertThat(store.appliedLsn()).isZero();
        assertThat(store.persistedLsn()).isZero();
        assertThat(walk(store, BEGINNING, null, Direction.FORWARD)).isEmpty();
        assertThat(walk(store, BEGINNING, null, Direction.BACKWARD)).isEmpty();
        assertThat(store.approximateBytes(BEGINNING, null)).isZero();
    }

    @Test
    void aBatchTakesEffectInItsOwnOrder() {
        store.write(new StoreBatch()
                .put(key("b"), key("1"))
                .deleteRange(key("a"), key("c"))
                .put(key("a"), key("2"))
                .put(key("c"), key("3"))
                .delete(key("a"))
                .delete(key("never"))
                .put(key("d"), key("4"))
                .put(key("d"), key("5"))
                .appliedLsn(7));

        assertThat(walk(store, BEGINNING, null, Direction.FORWARD)).containsExactly("c=3", "d=5");
        assertThat(store.appliedLsn()).isEqualTo(7);
    }

    @Test
    void lsnsNeverFall() {
        store.write(new StoreBatch().put(key("a"), key("1")).appliedLsn(5));
        store.write(new StoreBatch().put(key("b"), key("1")));
        store.write(new StoreBatch().appliedLsn(5));
        var older = new StoreBatch().put(key("c"), key("1")).appliedLsn(4);

        assertThatIllegalArgumentException().isThrownBy(() -> store.write(older));
        assertThat(store.get(key("c"))).isNull();
        assertThat(store.appliedLsn()).isEqualTo(5);
    }

    @Test
    void keysCompareAsUnsignedBytesAndPrefixesComeFirst() {
        byte[][] sorted = {
            {0}, {0, 0}, {0, 1}, {1}, {0x7F}, {0x7F, (byte) 0xFF}, {(byte) 0x80}, {(byte) 0xFF}, {-1, -1, -1}
        };
        for (int i = sorted.length - 1; i >= 0; i--) {
            store.write(new StoreBatch().put(sorted[i], BEGINNING));
        }

        var keys = new ArrayList<byte[]>();
        try (var cursor = store.cursor(BEGINNING, null, Direction.FORWARD)) {
            while (cursor.next()) {
                keys.add(cursor.key());
            }
        }
        assertThat(keys.toArray(new byte[0][])).isDeepEqualTo(sorted);
    }

    @Test
    void theStoresOwnKeysAreOutOfReach() {
        byte[] own = {-1, -1, -1, -1, 1};
        store.write(new StoreBatch().put(key("a"), key("1")).appliedLsn(1));

        assertThatIllegalArgumentException().isThrownBy(() -> new StoreBatch().put(own, own));
        assertThatIllegalArgumentException().isThrownBy(() -> new StoreBatch().delete(own));
        assertThatIllegalArgumentException().isThrownBy(() -> new StoreBatch().put(BEGINNING, own));
        store.write(new StoreBatch().deleteRange(new byte[] {-1, -1, -1, -1}, new byte[] {-1, -1, -1, -1, -1}));
        store.write(new StoreBatch().deleteRange(BEGINNING, new byte[] {-1, -1, -1, -1, -1}));
        assertThat(store.get(key("a"))).isNull();
        assertThat(store.appliedLsn()).isEqualTo(1);
        assertThat(walk(store, BEGINNING, null, Direction.BACKWARD)).isEmpty();
        assertThat(walk(store, own, null, Direction.FORWARD)).isEmpty();
    }

    @Test
    void rangesHoldTheirFirstKeyAndNotTheirEnd() {
        for (var text : List.of("a", "b", "bb", "c", "d")) {
            store.write(new StoreBatch().put(key(text), key(text)));
        }

        assertThat(walk(store, key("b"), key("d"), Direction.FORWARD)).containsExactly("b=b", "bb=bb", "c=c");
        assertThat(walk(store, key("b"), key("d"), Direction.BACKWARD)).containsExactly("c=c", "bb=bb", "b=b");
        assertThat(walk(store, key("ba"), key("bc"), Direction.BACKWARD)).containsExactly("bb=bb");
        assertThat(walk(store, key("d"), null, Direction.FORWARD)).containsExactly("d=d");
        assertThat(walk(store, key("e"), null, Direction.BACKWARD)).isEmpty();
        assertThat(walk(store, key("c"), key("c"), Direction.FORWARD)).isEmpty();
        assertThat(walk(store, key("d"), key("a"), Direction.BACKWARD)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void agreesWithASortedMap(long seed) {
        var random = new Random(seed);
        var expected = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
        for (int round = 0; round < 400; round++) {
            var batch = new StoreBatch();
            for (int change = random.nextInt(round % 50 == 0 ? 300 : 12); change >= 0; change--) {
                change(random, batch, expected);
            }
            store.write(batch.appliedLsn(round + 1));
            assertThat(store.appliedLsn()).isEqualTo(round + 1);
            if (random.nextInt(40) == 0) {
                store.persist();
            }
            compareSomeRange(random, expected);
        }
        assertThat(walk(store, BEGINNING, null, Direction.FORWARD)).isEqualTo(lines(expected));
        assertThat(walk(store, BEGINNING, null, Direction.BACKWARD)).isEqualTo(lines(expected.descendingMap()));
    }

    private static void change(Random random, StoreBatch batch, TreeMap<byte[], byte[]> expected) {
        var key = randomKey(random);
        int dice = random.nextInt(100);
        if (dice < 70) {
            var value = new byte[random.nextInt(200)];
            random.nextBytes(value);
            batch.put(key, value);
            expected.put(key, value);
        } else if (dice < 98) {
            var existing = random.nextBoolean() ? expected.ceilingKey(key) : null;
            var gone = existing == null ? key : existing;
            batch.delete(gone);
            expected.remove(gone);
        } else {
            var to = randomKey(random);
            batch.deleteRange(key, to);
            if (Arrays.compareUnsigned(key, to) < 0) {
                expected.subMap(key, to).clear();
            }
        }
    }

    private void compareSomeRange(Random random, TreeMap<byte[], byte[]> expected) {
        var key = randomKey(random);
        assertThat(store.get(key)).isEqualTo(expected.get(key));
        var from = random.nextInt(10) == 0 ? BEGINNING : randomKey(random);
        var to = random.nextInt(10) == 0 ? null : randomKey(random);
        NavigableMap<byte[], byte[]> range = to == null
                ? expected.tailMap(from, true)
                : Arrays.compareUnsigned(from, to) < 0
                        ? expected.subMap(from, true, to, false)
                        : expected.subMap(from, true, from, false);
        assertThat(walk(store, from, to, Direction.FORWARD)).isEqualTo(lines(range));
        assertThat(walk(store, from, to, Direction.BACKWARD)).isEqualTo(lines(range.descendingMap()));
        checkSize(store.approximateBytes(from, to), range);
    }

    /** Stores differ in how well they know. */
    void checkSize(long approximateBytes, NavigableMap<byte[], byte[]> range) {
        assertThat(approximateBytes).isNotNegative();
    }

    @Test
    void aCursorShowsTheStoreAsItWas() {
        for (int i = 0; i < 1000; i++) {
            store.write(new StoreBatch().put(key(String.format("%04d", i)), key("old")));
        }
        try (var forward = store.cursor(BEGINNING, null, Direction.FORWARD);
                var backward = store.cursor(BEGINNING, null, Direction.BACKWARD)) {
            assertThat(forward.next()).isTrue();
            store.write(new StoreBatch().deleteRange(key("0"), key("0500")).put(key("0600"), key("new")));
            store.persist();
            int count = 1;
            while (forward.next()) {
                assertThat(forward.value()).isEqualTo(key("old"));
                count++;
            }
            assertThat(count).isEqualTo(1000);
            assertThat(backward.next()).isTrue();
            assertThat(backward.key()).isEqualTo(key("0999"));
        }
        assertThat(walk(store, BEGINNING, null, Direction.FORWARD)).hasSize(500).contains("0600=new");
    }

    @Test
    void aCursorOffItsRangeHasNoEntry() {
        store.write(new StoreBatch().put(key("a"), key("1")));
        try (var cursor = store.cursor(BEGINNING, null, Direction.FORWARD)) {
            assertThatIllegalStateException().isThrownBy(cursor::key);
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.key()).isEqualTo(key("a"));
            assertThat(cursor.next()).isFalse();
            assertThat(cursor.next()).isFalse();
            assertThatIllegalStateException().isThrownBy(cursor::value);
        }
    }

    /** One writer moves a pair of values in step; readers must never see them apart, nor an LSN ahead of them. */
    @Test
    void readersSeeWholeBatches() throws InterruptedException {
        var failures = new ArrayList<Throwable>();
        var readers = new ArrayList<Thread>();
        int last = 3000;
        store.write(pair(1));
        for (int i = 0; i < 2; i++) {
            readers.add(Thread.ofVirtual().unstarted(() -> {
                try {
                    long seen;
                    do {
                        seen = readPair();
                    } while (seen < last);
                } catch (Throwable e) {
                    synchronized (failures) {
                        failures.add(e);
                    }
                }
            }));
        }
        readers.forEach(Thread::start);
        for (int lsn = 2; lsn <= last; lsn++) {
            store.write(pair(lsn));
        }
        for (var reader : readers) {
            reader.join();
        }
        assertThat(failures).isEmpty();
    }

    private static StoreBatch pair(long lsn) {
        var value = key(Long.toString(lsn));
        return new StoreBatch().put(key("a"), value).put(key("z"), value).appliedLsn(lsn);
    }

    private long readPair() {
        long lsn = store.appliedLsn();
        var values = new ArrayList<String>();
        try (var cursor = store.cursor(BEGINNING, null, Direction.FORWARD)) {
            while (cursor.next()) {
                values.add(text(cursor.value()));
            }
        }
        assertThat(values).hasSize(2);
        assertThat(values.getFirst()).isEqualTo(values.getLast());
        assertThat(Long.parseLong(values.getFirst())).isGreaterThanOrEqualTo(lsn);
        return lsn;
    }

    @Test
    void aClosedStoreSaysSo() {
        var closed = openAnother();
        closed.write(new StoreBatch().put(key("a"), key("1")));
        var cursor = closed.cursor(BEGINNING, null, Direction.FORWARD);
        closed.close();
        closed.close();

        assertThatIllegalStateException().isThrownBy(() -> closed.get(key("a")));
        assertThatIllegalStateException().isThrownBy(() -> closed.write(new StoreBatch()));
        assertThatIllegalStateException().isThrownBy(closed::persist);
        assertThatIllegalStateException().isThrownBy(() -> closed.cursor(BEGINNING, null, Direction.FORWARD));
        cursor.close();
    }

    /** A second store, besides the one of the test. */
    abstract OrderedStore openAnother();

    static byte[] key(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }

    private static byte[] randomKey(Random random) {
        var key = new byte[1 + random.nextInt(3)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (random.nextInt(24) * 11);
        }
        return key;
    }

    static List<String> walk(OrderedStore store, byte[] from, byte @Nullable [] to, Direction direction) {
        var lines = new ArrayList<String>();
        try (var cursor = store.cursor(from, to, direction)) {
            while (cursor.next()) {
                lines.add(text(cursor.key()) + "=" + text(cursor.value()));
            }
        }
        return lines;
    }

    private static List<String> lines(NavigableMap<byte[], byte[]> entries) {
        var lines = new ArrayList<String>();
        entries.forEach((key, value) -> lines.add(text(key) + "=" + text(value)));
        return lines;
    }
}
