package dev.evenkeel.metadata.memds;

import java.util.Arrays;

/**
 * More entries than fit a bucket: their keys share the first {@code depth} half bytes and part there. Has at least two
 * children, none of them empty.
 *
 * <p>Keeps the whole path from the root, not only what its parent does not say: branches are few beside entries, and a
 * branch whose parent goes or comes stays as it is.
 */
final class PerkleBranch implements PerkleNode {
    private final byte[] path;
    private final int depth;
    private final int slots; // a bit for each slot that has a child
    private final PerkleNode[] children; // in the order of their slots
    private final int size;
    private final long hash;

    private PerkleBranch(byte[] path, int depth, int slots, PerkleNode[] children, int size, long hash) {
        this.path = path;
        this.depth = depth;
        this.slots = slots;
        this.children = children;
        this.size = size;
        this.hash = hash;
    }

    static PerkleBranch of(byte[] path, int depth, int slots, PerkleNode[] children) {
        int size = 0;
        long hash = 0;
        for (var child : children) {
            size += child.size();
            hash += child.hash();
        }
        return new PerkleBranch(path, depth, slots, children, size, hash);
    }

    /** Two subtrees that part at that depth. */
    private static PerkleBranch ofTwo(
            byte[] key, int depth, PerkleNode one, int slot, PerkleNode other, int otherSlot) {
        var children = slot < otherSlot ? new PerkleNode[] {one, other} : new PerkleNode[] {other, one};
        return of(Nibbles.path(key, depth), depth, 1 << slot | 1 << otherSlot, children);
    }

    @Override
    public long hash() {
        return hash;
    }

    @Override
    public int size() {
        return size;
    }

    byte[] path() {
        return path;
    }

    int depth() {
        return depth;
    }

    int children() {
        return children.length;
    }

    PerkleNode child(int index) {
        return children[index];
    }

    boolean has(int slot) {
        return (slots >>> slot & 1) != 0;
    }

    /** How many children are before that slot, which is the index of its own. */
    int index(int slot) {
        return Integer.bitCount(slots & ((1 << slot) - 1));
    }

    /** The slot of the child with that index. */
    int slot(int index) {
        int rest = slots;
        for (int i = 0; i < index; i++) {
            rest &= rest - 1;
        }
        return Integer.numberOfTrailingZeros(rest);
    }

    @Override
    public PerkleNode with(byte[] key, byte[] value, int matched) {
        int parting = Nibbles.mismatch(path, key, matched, depth);
        int slot = Nibbles.slot(key, parting);
        if (parting < depth) {
            return ofTwo(key, parting, this, Nibbles.slot(path, parting), PerkleBucket.of(key, value), slot);
        }
        if (!has(slot)) {
            return withNew(slot, PerkleBucket.of(key, value));
        }
        int index = index(slot);
        var child = children[index].with(key, value, depth + 1);
        return child == children[index] ? this : withReplaced(index, child);
    }

    @Override
    public PerkleNode without(byte[] key, int matched) {
        int slot = Nibbles.slot(key, depth);
        if (!has(slot) || Nibbles.mismatch(path, key, matched, depth) < depth) {
            return this;
        }
        int index = index(slot);
        var child = children[index].without(key, depth + 1);
        if (child == children[index]) {
            return this;
        }
        if (size - 1 <= PerkleBucket.ENTRIES_MAX) {
            return collapsed(key);
        }
        return child.size() > 0 ? withReplaced(index, child) : withoutChild(slot);
    }

    private PerkleBranch withReplaced(int index, PerkleNode child) {
        var before = children[index];
        var next = children.clone();
        next[index] = child;
        return new PerkleBranch(
                path, depth, slots, next, size - before.size() + child.size(), hash - before.hash() + child.hash());
    }

    private PerkleBranch withNew(int slot, PerkleBucket child) {
        int index = index(slot);
        var next = new PerkleNode[children.length + 1];
        System.arraycopy(children, 0, next, 0, index);
        next[index] = child;
        System.arraycopy(children, index, next, index + 1, children.length - index);
        return new PerkleBranch(path, depth, slots | 1 << slot, next, size + child.size(), hash + child.hash());
    }

    /** A last child takes the place of its parent: what is left parts deeper down. */
    private PerkleNode withoutChild(int slot) {
        int index = index(slot);
        if (children.length == 2) {
            return children[1 - index];
        }
        var gone = children[index];
        var next = new PerkleNode[children.length - 1];
        System.arraycopy(children, 0, next, 0, index);
        System.arraycopy(children, index + 1, next, index, next.length - index);
        return new PerkleBranch(path, depth, slots & ~(1 << slot), next, size - gone.size(), hash - gone.hash());
    }

    private PerkleBucket collapsed(byte[] without) {
        var entries = PerkleWalk.entries(this);
        var gone = entries.stream()
                .filter(entry -> Arrays.equals(entry.key(), without))
                .findAny()
                .orElseThrow();
        entries.remove(gone);
        return PerkleBucket.of(entries, hash - gone.hash());
    }
}
