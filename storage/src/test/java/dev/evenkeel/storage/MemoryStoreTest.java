package dev.evenkeel.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.NavigableMap;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends OrderedStoreContract {
    @Override
    OrderedStore open() {
        return new MemoryStore();
    }

    @Override
    OrderedStore openAnother() {
        return new MemoryStore();
    }

    @Override
    void checkSize(long approximateBytes, NavigableMap<byte[], byte[]> range) {
        long sum = 0;
        for (var entry : range.entrySet()) {
            sum += entry.getKey().length + entry.getValue().length;
        }
        assertThat(approximateBytes).isEqualTo(sum);
    }

    @Test
    void nothingIsEverPersisted() {
        store.write(new StoreBatch().put(key("a"), key("1")).appliedLsn(3));
        store.persist();
        assertThat(store.persistedLsn()).isZero();
    }

    /** The shape of the tree under it stays sound when it grows large and is eaten up again from random ends. */
    @Test
    void aLargeTreeGrowsAndShrinks() {
        var random = new Random(11);
        int count = 60_000;
        for (int i = 0; i < count; i++) {
            store.write(new StoreBatch().put(numbered((i * 7919) % count), new byte[1]));
        }
        assertThat(store.approximateBytes(new byte[0], null)).isEqualTo(5L * count);
        int left = count;
        for (int i = 0; i < count; i++) {
            var key = numbered(random.nextInt(count));
            if (store.get(key) != null) {
                store.write(new StoreBatch().delete(key));
                left--;
            }
        }
        assertThat(store.approximateBytes(new byte[0], null)).isEqualTo(5L * left);
        assertThat(walk(store, new byte[0], null, Direction.FORWARD)).hasSize(left);
        store.write(new StoreBatch().deleteRange(numbered(10), numbered(count - 10)));
        assertThat(walk(store, new byte[0], null, Direction.BACKWARD)).hasSizeBetween(1, 20);
        store.write(new StoreBatch().deleteRange(new byte[0], numbered(count)));
        assertThat(store.approximateBytes(new byte[0], null)).isZero();
    }

    private static byte[] numbered(int number) {
        return new byte[] {(byte) (number >> 24), (byte) (number >> 16), (byte) (number >> 8), (byte) number};
    }
}
