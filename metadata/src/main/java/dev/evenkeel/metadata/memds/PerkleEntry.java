package dev.evenkeel.metadata.memds;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A key and its value.
 *
 * @param key read only
 * @param value read only
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way in and out of a tree; never written to
public record PerkleEntry(byte[] key, byte[] value) {
    long hash() {
        return EntryHash.of(key, value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PerkleEntry that && Arrays.equals(key, that.key) && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(key) + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        var hex = HexFormat.of();
        return hex.formatHex(key) + "=" + hex.formatHex(value);
    }
}
