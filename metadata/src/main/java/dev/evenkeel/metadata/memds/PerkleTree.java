package dev.evenkeel.metadata.memds;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sorted map from bytes to bytes that can be compared with another one by hash: a Patricia tree (what keys have in
 * common is kept once) that is a Merkle tree as well (each node knows the hash of all below).
 *
 * <p>Immutable: a change makes a new tree that shares everything but the way to the change, so readers take one reference
 * and nobody waits for anybody. Its leaves are small sorted arrays ({@link PerkleBucket}), which brings a partition down
 * to a few tens of bytes; its branches part at half bytes, so a change copies little and a lookup takes a handful of
 * steps. Keys are compared as unsigned bytes, and one may begin another.
 */
public final class PerkleTree {
    public static final PerkleTree EMPTY = new PerkleTree(PerkleBucket.EMPTY);

    private final PerkleNode root;

    private PerkleTree(PerkleNode root) {
        this.root = root;
    }

    /** The tree of these entries, whose keys must rise. Much faster than adding them one by one. */
    public static PerkleTree ofSorted(List<PerkleEntry> entries) {
        for (int i = 0; i < entries.size(); i++) {
            checkLength(entries.get(i).key());
            if (i > 0
                    && Arrays.compareUnsigned(
                                    entries.get(i - 1).key(), entries.get(i).key())
                            >= 0) {
                throw new IllegalArgumentException("keys do not rise at entry " + i);
            }
        }
        return new PerkleTree(PerkleBuilder.build(entries));
    }

    public int size() {
        return root.size();
    }

    /** Equal for equal contents, however they came about; different for different ones but once in 2^64. */
    public long rootHash() {
        return root.hash();
    }

    PerkleNode root() {
        return root;
    }

    /** A copy of the value of that key, or null. */
    public byte @Nullable [] get(byte[] key) {
        var cursor = new PerkleCursor();
        return find(key, cursor) ? cursor.value() : null;
    }

    /** Shows the entry of that key, if there is one. Allocates nothing. */
    public boolean find(byte[] key, PerkleCursor cursor) {
        var node = root;
        while (node instanceof PerkleBranch branch) {
            int slot = Nibbles.slot(key, branch.depth());
            if (!branch.has(slot)) {
                return false;
            }
            node = branch.child(branch.index(slot)); // the bucket compares the whole key
        }
        var bucket = (PerkleBucket) node;
        int index = bucket.search(key);
        return index >= 0 && show(bucket, index, cursor);
    }

    /** Shows the entry with the greatest key that is not greater, if there is one. Allocates nothing. */
    public boolean floor(byte[] key, PerkleCursor cursor) {
        var node = root;
        PerkleNode before = PerkleBucket.EMPTY; // the nearest subtree on the way whose keys are all less
        int matched = 0;
        while (node instanceof PerkleBranch branch) {
            int parting = Nibbles.mismatch(branch.path(), key, matched, branch.depth());
            int slot = Nibbles.slot(key, parting);
            if (parting < branch.depth()) {
                return showLast(slot > Nibbles.slot(branch.path(), parting) ? branch : before, cursor);
            }
            int index = branch.index(slot);
            before = index > 0 ? branch.child(index - 1) : before;
            if (!branch.has(slot)) {
                return showLast(before, cursor);
            }
            node = branch.child(index);
            matched = branch.depth() + 1; // the slot is a half byte: a key that ends here leads to a bucket
        }
        var bucket = (PerkleBucket) node;
        int found = bucket.search(key);
        int index = found >= 0 ? found : -2 - found;
        return index >= 0 ? show(bucket, index, cursor) : showLast(before, cursor);
    }

    /** Shows the entry with the least key that is not less, if there is one. Allocates nothing. */
    public boolean ceiling(byte[] key, PerkleCursor cursor) {
        var node = root;
        PerkleNode after = PerkleBucket.EMPTY; // the nearest subtree on the way whose keys are all greater
        int matched = 0;
        while (node instanceof PerkleBranch branch) {
            int parting = Nibbles.mismatch(branch.path(), key, matched, branch.depth());
            int slot = Nibbles.slot(key, parting);
            if (parting < branch.depth()) {
                return showFirst(slot < Nibbles.slot(branch.path(), parting) ? branch : after, cursor);
            }
            int index = branch.index(slot);
            int next = branch.has(slot) ? index + 1 : index;
            after = next < branch.children() ? branch.child(next) : after;
            if (!branch.has(slot)) {
                return showFirst(after, cursor);
            }
            node = branch.child(index);
            matched = branch.depth() + 1; // the slot is a half byte: a key that ends here leads to a bucket
        }
        var bucket = (PerkleBucket) node;
        int found = bucket.search(key);
        int index = found >= 0 ? found : -1 - found;
        return index < bucket.size() ? show(bucket, index, cursor) : showFirst(after, cursor);
    }

    private static boolean showFirst(PerkleNode node, PerkleCursor cursor) {
        var bucket = node.first();
        return bucket.size() > 0 && show(bucket, 0, cursor);
    }

    private static boolean showLast(PerkleNode node, PerkleCursor cursor) {
        var bucket = node.last();
        return bucket.size() > 0 && show(bucket, bucket.size() - 1, cursor);
    }

    private static boolean show(PerkleBucket bucket, int index, PerkleCursor cursor) {
        cursor.moveTo(bucket, index);
        return true;
    }

    /**
     * Shows the entries of a range in order.
     *
     * @param from inclusive
     * @param to exclusive; null for no end
     */
    public void walk(byte[] from, byte @Nullable [] to, PerkleVisitor visitor) {
        new PerkleWalk(from, to, visitor).walk(root);
    }

    /** Shows the entries whose keys begin so, in order. */
    public void walkPrefix(byte[] prefix, PerkleVisitor visitor) {
        walk(prefix, endOfPrefix(prefix), visitor);
    }

    /** The least key that is greater than all that begin so; null if there is none. */
    private static byte @Nullable [] endOfPrefix(byte[] prefix) {
        for (int i = prefix.length - 1; i >= 0; i--) {
            if (prefix[i] != (byte) 0xFF) {
                var end = Arrays.copyOf(prefix, i + 1);
                end[i]++;
                return end;
            }
        }
        return null;
    }

    /** With that value at that key; this very tree if it has it already. */
    public PerkleTree with(byte[] key, byte[] value) {
        checkLength(key);
        var next = root.with(key, value, 0);
        return next == root ? this : new PerkleTree(next);
    }

    /** Without that key; this very tree if it does not have it. */
    public PerkleTree without(byte[] key) {
        var next = root.without(key, 0);
        return next == root ? this : new PerkleTree(next);
    }

    /**
     * Tells in what the two trees differ. Looks only at what lies on the way to differences.
     *
     * @return how many pairs of nodes it compared
     */
    public int diff(PerkleTree other, PerkleDifferences differences) {
        var diff = new PerkleDiff(differences);
        diff.compare(root, other.root);
        return diff.nodesCompared();
    }

    /** The smallest node that holds all keys with that prefix, and maybe others when it is a bucket. */
    PerkleNode nodeOf(PerklePrefix prefix) {
        var node = root;
        while (node instanceof PerkleBranch branch) {
            int depth = Math.min(branch.depth(), prefix.depth());
            if (Nibbles.mismatch(branch.path(), prefix.path(), 0, depth) < depth) {
                return PerkleBucket.EMPTY;
            }
            if (branch.depth() >= prefix.depth()) {
                return branch;
            }
            int slot = Nibbles.slot(prefix.path(), branch.depth());
            node = branch.has(slot) ? branch.child(branch.index(slot)) : PerkleBucket.EMPTY;
        }
        return node;
    }

    PerkleSummary summary(PerklePrefix prefix) {
        var node = nodeOf(prefix);
        if (!(node instanceof PerkleBucket bucket)) {
            return PerkleSummary.of(node);
        }
        return PerkleSummary.of(bucket.entriesUnder(prefix));
    }

    private static void checkLength(byte[] key) {
        if (key.length > PerkleBucket.KEY_BYTES_MAX) {
            throw new IllegalArgumentException("a key of " + key.length + " bytes");
        }
    }
}
