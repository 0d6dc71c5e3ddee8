package dev.evenkeel.http;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ids like AWS's, e.g. {@code O9M3BN7LF1PV8L5HTKEBDM8JQ3VV4KQNSO5AEMVJF66Q9ASUAAJG}: 52 characters of base 32. A counter
 * through SplitMix64's mixing function: as unlike each other as random ones, for a few nanoseconds.
 */
final class RequestIds {
    private static final int LENGTH = 52;
    private static final int BITS_PER_CHARACTER = 5;
    private static final int CHARACTERS_PER_LONG = Long.SIZE / BITS_PER_CHARACTER;
    private static final int LONGS = Math.ceilDiv(LENGTH, CHARACTERS_PER_LONG);
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
    private static final byte[] ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUV".getBytes(StandardCharsets.US_ASCII);

    private final AtomicLong state = new AtomicLong(new SplittableRandom().nextLong());

    String next() {
        long counter = state.getAndAdd(LONGS * GOLDEN_GAMMA);
        byte[] text = new byte[LENGTH];
        long bits = 0;
        for (int i = 0; i < LENGTH; i++) {
            if (i % CHARACTERS_PER_LONG == 0) {
                counter += GOLDEN_GAMMA;
                bits = mixed(counter);
            }
            text[i] = ALPHABET[(int) bits & (ALPHABET.length - 1)];
            bits >>>= BITS_PER_CHARACTER;
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static long mixed(long z) {
        long y = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        long x = (y ^ (y >>> 27)) * 0x94d049bb133111ebL;
        return x ^ (x >>> 31);
    }
}
