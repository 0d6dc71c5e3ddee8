package dev.evenkeel.storage;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The rules for keys and ranges that both stores share. */
final class KeyRange {
    /** Keys from here on are the store's own. */
    static final byte[] RESERVED_FROM = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF};

    private KeyRange() {}

    static byte[] checkKey(byte[] key) {
        if (key.length == 0 || key.length > OrderedStore.KEY_BYTES_MAX) {
            throw new IllegalArgumentException("a key of " + key.length + " bytes");
        }
        if (key[0] == (byte) 0xFF && Arrays.compareUnsigned(key, RESERVED_FROM) >= 0) {
            throw new IllegalArgumentException("a key among the store's own");
        }
        return key;
    }

    /** The end of a range that does not reach into the store's own keys. */
    static byte[] clampEnd(byte @Nullable [] to) {
        return to == null || Arrays.compareUnsigned(to, RESERVED_FROM) > 0 ? RESERVED_FROM : to;
    }

    static boolean isEmpty(byte[] from, byte[] to) {
        return Arrays.compareUnsigned(from, to) >= 0;
    }
}
