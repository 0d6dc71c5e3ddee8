package dev.evenkeel.storage;

import org.jspecify.annotations.Nullable;

/**
 * A node of the immutable B+ tree under {@link MemoryStore}. A change copies the nodes on the way to the root and shares
 * the rest, so whoever holds a root holds a snapshot, at no cost to anybody.
 *
 * <p>A skip list was the first thought; it costs a node and half an index object per entry, and neither its batches nor
 * its cursors are atomic. Here an entry costs two references plus the slack of a leaf, and a put copies a few hundred
 * bytes of references.
 *
 * <p>All leaves are equally deep. No node is empty but the leaf of an empty tree. A change may leave a node one above
 * its maximum; the parent (or the tree, for the root) splits it at once.
 */
sealed interface Node permits Leaf, Inner {
    int FANOUT_MAX = 48;
    int FANOUT_MIN = FANOUT_MAX / 4;

    /** Entries of a leaf, children of an inner node. */
    int size();

    /** Bytes of the keys and values below. */
    long bytes();

    Node put(byte[] key, byte[] value);

    /** Without the keys of a range, itself when it has none of them, null when nothing is left. */
    @Nullable
    Node without(byte[] from, byte[] to);

    /** Halves; the second begins at {@link Split#border}. */
    Split split();

    /** One node of this one's entries and then the right neighbour's, which begin at {@code border}; maybe too large. */
    Node join(byte[] border, Node right);

    /** Bytes of the keys and values in a range. */
    long bytesIn(byte[] from, byte[] to);

    /** Keys below {@code border} are on the left, the others on the right. */
    record Split(Node left, byte[] border, Node right) {}
}
