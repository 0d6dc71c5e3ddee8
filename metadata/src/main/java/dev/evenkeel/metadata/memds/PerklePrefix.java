package dev.evenkeel.metadata.memds;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * All keys that begin with these half bytes. Names a subtree without saying anything of the shape of the tree, so two
 * servers mean the same by it.
 *
 * @param path as in {@link Nibbles}; read only
 * @param depth in half bytes
 */
@SuppressWarnings("ArrayRecordComponent") // the path is compared and copied as bytes; never written to
record PerklePrefix(byte[] path, int depth) {
    static final PerklePrefix ALL = new PerklePrefix(new byte[0], 0);

    PerklePrefix {
        if (path.length != Nibbles.bytes(depth)) {
            throw new IllegalArgumentException(path.length + " bytes for " + depth + " half bytes");
        }
    }

    boolean contains(byte[] key) {
        return Nibbles.mismatch(path, key, 0, depth) == depth;
    }

    /** What begins with the path of that branch and goes on with that slot, which must not be the end. */
    static PerklePrefix ofChild(PerkleBranch branch, int slot) {
        return new PerklePrefix(Nibbles.path(branch.path(), branch.depth(), slot), branch.depth() + 1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PerklePrefix that && depth == that.depth && Arrays.equals(path, that.path);
    }

    @Override
    public int hashCode() {
        return 31 * depth + Arrays.hashCode(path);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(path).substring(0, depth);
    }
}
