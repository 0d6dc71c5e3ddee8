package dev.evenkeel.metadata.memds;

import org.jspecify.annotations.Nullable;

/** Is told in what two trees differ, in the order of the keys. */
@FunctionalInterface
public interface PerkleDifferences {

    /**
     * @param mine null when only the other tree has the key
     * @param theirs null when only this tree has the key
     */
    void differ(byte[] key, byte @Nullable [] mine, byte @Nullable [] theirs);
}
