package dev.evenkeel.metadata.memds;

import java.util.Arrays;

/**
 * Keys as a tree of half bytes sees them. At each depth a key takes one of 17 slots: it ends (0), or goes on with a half
 * byte (1–16). Slots in their order are keys in theirs, since a key sorts before those it begins.
 *
 * <p>A path of an odd number of half bytes is kept as bytes of which the last has only its upper half.
 */
final class Nibbles {
    static final int END = 0;
    static final int PER_BYTE = 2;

    private Nibbles() {}

    static int slot(byte[] key, int depth) {
        int at = depth >>> 1;
        if (at >= key.length) {
            return END;
        }
        return 1 + ((depth & 1) == 0 ? key[at] >>> 4 & 0xF : key[at] & 0xF);
    }

    /** The first depth from {@code from} on at which the two differ; {@code to} if none before that does. */
    static int mismatch(byte[] path, byte[] key, int from, int to) {
        int depth = from;
        while (depth < to && slot(path, depth) == slot(key, depth)) {
            depth++;
        }
        return depth;
    }

    /** How many half bytes two different keys have in common at their beginning. */
    static int common(byte[] key, byte[] other) {
        int bytes = Arrays.mismatch(key, other);
        int depth = bytes * PER_BYTE;
        return slot(key, depth) == slot(other, depth) ? depth + 1 : depth;
    }

    /** The first {@code depth} half bytes of a key. */
    static byte[] path(byte[] key, int depth) {
        var path = Arrays.copyOf(key, bytes(depth));
        if ((depth & 1) != 0) {
            path[path.length - 1] &= (byte) 0xF0;
        }
        return path;
    }

    /** A path made longer by a half byte, given by its slot. */
    static byte[] path(byte[] path, int depth, int slot) {
        var longer = Arrays.copyOf(path, bytes(depth + 1));
        int nibble = slot - 1;
        longer[depth >>> 1] |= (byte) ((depth & 1) == 0 ? nibble << 4 : nibble);
        return longer;
    }

    /** How many bytes a path of that depth takes. */
    static int bytes(int depth) {
        return depth + 1 >>> 1;
    }
}
