package dev.evenkeel.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemoryCheckpointTest extends CheckpointContract {
    @Override
    OrderedStore open(String name) {
        return new MemoryStore();
    }

    /** Many blocks, some entries larger than one, and a tree of several levels that stays sound under changes. */
    @Test
    void aLargeStoreComesBackWholeAndGoesOn() {
        var random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            var key = OrderedStoreContract.key("key" + random.nextInt(100_000));
            store.write(new StoreBatch().put(key, new byte[i % 5_000 == 0 ? 600_000 : random.nextInt(100)]));
        }
        store.checkpoint(temp.resolve("checkpoint"));
        try (var copy = new MemoryStore()) {
            copy.restore(temp.resolve("checkpoint"));
            assertThat(StoreDigest.of(copy, BEGINNING, null)).isEqualTo(StoreDigest.of(store, BEGINNING, null));
            assertThat(copy.approximateBytes(BEGINNING, null)).isEqualTo(store.approximateBytes(BEGINNING, null));
            for (int i = 0; i < 20_000; i++) {
                var key = OrderedStoreContract.key("key" + random.nextInt(100_000));
                var batch = i % 3 == 0
                        ? new StoreBatch().put(key, key)
                        : new StoreBatch()
                                .deleteRange(key, OrderedStoreContract.key(OrderedStoreContract.text(key) + "1"));
                copy.write(batch);
                store.write(batch);
            }
            assertThat(StoreDigest.of(copy, BEGINNING, null)).isEqualTo(StoreDigest.of(store, BEGINNING, null));
            assertThat(copy.approximateBytes(BEGINNING, null)).isEqualTo(store.approximateBytes(BEGINNING, null));
        }
    }

    /** Each checksum covers one block: blocks that are whole but too many show in the order of the keys. */
    @Test
    void aDoubledBlockIsRefused() throws IOException {
        store.write(new StoreBatch().put(new byte[] {1}, new byte[] {2}));
        store.checkpoint(temp.resolve("checkpoint"));
        var file = temp.resolve("checkpoint").resolve(MemoryDump.FILE);
        var bytes = Files.readAllBytes(file);
        int header = 16;
        int trailer = 24;
        var block = Arrays.copyOfRange(bytes, header, bytes.length - trailer);
        var doubled = Arrays.copyOf(bytes, bytes.length + block.length);
        System.arraycopy(block, 0, doubled, header + block.length, block.length);
        System.arraycopy(bytes, bytes.length - trailer, doubled, doubled.length - trailer, trailer);
        Files.write(file, doubled);

        assertThatExceptionOfType(StorageCorruptException.class)
                .isThrownBy(() -> store.restore(temp.resolve("checkpoint")))
                .withMessageContaining("ascend");
    }
}
