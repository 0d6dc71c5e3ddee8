package dev.evenkeel.metadata.memds;

import java.util.Arrays;
import java.util.NavigableMap;
import java.util.Random;

/**
 * Keys that are hard on a tree: few different bytes, the extreme ones among them, and many that begin one another. Tame
 * ones have long ways in common; half of the seeds are wild and have keys that leave them anywhere.
 */
final class RandomKeys {
    private static final byte[] BYTES = {0, 1, 0x0F, 0x10, 0x7F, (byte) 0x80, (byte) 0xF0, (byte) 0xFF};

    private final Random random;
    private final int bytesMax;
    private final boolean wild;

    RandomKeys(Random random) {
        this.random = random;
        this.bytesMax = 1 + random.nextInt(8);
        this.wild = random.nextBoolean();
    }

    byte[] any() {
        var key = new byte[random.nextInt(bytesMax + 1)];
        for (int i = 0; i < key.length; i++) {
            key[i] = wild && random.nextInt(20) == 0 ? (byte) random.nextInt() : BYTES[random.nextInt(BYTES.length)];
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
        return switch (random.nextInt(4)) {
            case 0 -> known;
            case 1 -> Arrays.copyOf(known, known.length + 1);
            case 2 -> Arrays.copyOf(known, Math.max(0, known.length - 1));
            default -> probe;
        };
    }

    /** What to look for: also what leaves the ways of all keys, just before or behind one. */
    byte[] probe(NavigableMap<byte[], byte[]> map) {
        var key = near(map).clone();
        if (key.length > 0 && random.nextBoolean()) {
            key[random.nextInt(key.length)] += (byte) (random.nextBoolean() ? 1 : -1);
        }
        return key;
    }

    byte[] value() {
        var value = new byte[random.nextInt(6)];
        random.nextBytes(value);
        return value;
    }
}
