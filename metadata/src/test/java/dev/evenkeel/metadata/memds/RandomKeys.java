package dev.evenkeel.metadata.memds;

import java.util.Arrays;
import java.util.NavigableMap;
import java.util.Random;

/**
 * Keys that are hard on a tree: few different bytes, the extreme ones among them, many that begin one another, and some
 * that leave all the others somewhere on their way.
 */
final class RandomKeys {
    private static final byte[] BYTES = {0, 1, 0x0F, 0x10, 0x7F, (byte) 0x80, (byte) 0xF0, (byte) 0xFF};

    private final Random random;
    private final int bytesMax;

    RandomKeys(Random random) {
        this.random = random;
        this.bytesMax = 1 + random.nextInt(8);
    }

    byte[] any() {
        var key = new byte[random.nextInt(bytesMax + 1)];
        for (int i = 0; i < key.length; i++) {
            key[i] = random.nextInt(20) == 0 ? (byte) random.nextInt() : BYTES[random.nextInt(BYTES.length)];
        }
        return key;
    }

    /** A key of the map, one that begins it or goes on after it, or any. */
    byte[] near(NavigableMap<byte[], byte[]> map) {
        var probe = any();
        var known = map.ceilingKey(probe);
        if (known == null) {
            return probe;
        }
        return switch (random.nextInt(5)) {
            case 0 -> known;
            case 1 -> Arrays.copyOf(known, known.length + 1);
            case 2 -> Arrays.copyOf(known, Math.max(0, known.length - 1));
            case 3 -> withAnotherByte(known);
            default -> probe;
        };
    }

    private byte[] withAnotherByte(byte[] key) {
        var changed = key.clone();
        if (key.length > 0) {
            changed[random.nextInt(key.length)] += (byte) (random.nextBoolean() ? 1 : -1);
        }
        return changed;
    }

    byte[] value() {
        var value = new byte[random.nextInt(6)];
        random.nextBytes(value);
        return value;
    }
}
