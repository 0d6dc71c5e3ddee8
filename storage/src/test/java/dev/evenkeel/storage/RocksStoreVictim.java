package dev.evenkeel.storage;

import java.nio.file.Path;
import java.util.Random;

/**
 * A process that writes to a store until it is killed. Arguments: the store's folder, the native library's, a seed.
 * Prints each LSN that it has persisted.
 */
final class RocksStoreVictim {
    private static final RocksSettings SMALL = new RocksSettings(1 << 20, 64 << 10, 2, 2, 64);

    private RocksStoreVictim() {}

    public static void main(String[] arguments) {
        var random = new Random(Long.parseLong(arguments[2]));
        var padding = new byte[2000];
        random.nextBytes(padding);
        try (var store = RocksStore.open(Path.of(arguments[0]), Path.of(arguments[1]), SMALL)) {
            for (long lsn = store.appliedLsn() + 1; ; lsn++) {
                store.write(batch(lsn, random, padding));
                if (random.nextInt(60) == 0) {
                    store.persist();
                    System.out.println(store.persistedLsn());
                }
            }
        }
    }

    private static StoreBatch batch(long lsn, Random random, byte[] padding) {
        var value = OrderedStoreContract.key(Long.toString(lsn));
        return new StoreBatch()
                .put(OrderedStoreContract.key("entry" + lsn), value)
                .put(OrderedStoreContract.key("last"), value)
                .put(OrderedStoreContract.key("padding" + random.nextInt(50)), padding)
                .appliedLsn(lsn);
    }
}
