package dev.evenkeel.metadata.memds;

/**
 * A subtree. The shape follows from the contents alone: what has at most {@link PerkleBucket#ENTRIES_MAX} entries is a
 * bucket, what has more is a branch at the depth where its keys part. Equal contents are therefore equal trees, whatever
 * came in between.
 */
sealed interface PerkleNode permits PerkleBranch, PerkleBucket {

    /** The sum of the hashes of all entries below. */
    long hash();

    /** The number of entries below. */
    int size();

    /**
     * With that value at that key; this very node if it has it already.
     *
     * @param matched how many half bytes of the key are known to lead here
     */
    PerkleNode with(byte[] key, byte[] value, int matched);

    /** Without that key, maybe empty; this very node if it does not have it. */
    PerkleNode without(byte[] key, int matched);

    default boolean hasSameEntriesAs(PerkleNode other) {
        return this == other || (hash() == other.hash() && size() == other.size());
    }

    /** The bucket with the least keys. */
    default PerkleBucket first() {
        var node = this;
        while (node instanceof PerkleBranch branch) {
            node = branch.child(0);
        }
        return (PerkleBucket) node;
    }

    /** The bucket with the greatest keys. */
    default PerkleBucket last() {
        var node = this;
        while (node instanceof PerkleBranch branch) {
            node = branch.child(branch.children() - 1);
        }
        return (PerkleBucket) node;
    }
}
