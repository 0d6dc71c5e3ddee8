package dev.evenkeel.storage;

import java.nio.file.Path;

/**
 * A process that restores a store from two checkpoints in turn until it is killed. Arguments: the store's folder, the
 * native library's, the two checkpoints. Prints a line after each step.
 */
final class RocksRestoreVictim {
    private static final RocksSettings SMALL = new RocksSettings(1 << 20, 64 << 10, 2, 2, 64);

    private RocksRestoreVictim() {}

    public static void main(String[] arguments) {
        var shared = RocksShared.open(Path.of(arguments[1]), SMALL);
        try (var store = RocksStore.open(Path.of(arguments[0]), shared, true, System.out::println)) {
            for (int i = 0; ; i++) {
                store.restore(Path.of(arguments[2 + i % 2]));
            }
        }
    }
}
