package dev.evenkeel.metadata.memds;

import java.util.Arrays;

/**
 * Compares two trees from their roots, and looks into a pair of subtrees only when their hashes differ: for each change,
 * the nodes on the way to it.
 */
final class PerkleDiff {
    private final PerkleDifferences differences;
    private int nodesCompared;

    PerkleDiff(PerkleDifferences differences) {
        this.differences = differences;
    }

    int nodesCompared() {
        return nodesCompared;
    }

    void compare(PerkleNode mine, PerkleNode theirs) {
        nodesCompared++;
        if (mine.hasSameEntriesAs(theirs)) {
            return;
        }
        if (theirs instanceof PerkleBucket bucket) {
            merge(mine, bucket, true);
        } else if (mine instanceof PerkleBucket bucket) {
            merge(theirs, bucket, false);
        } else {
            compareBranches((PerkleBranch) mine, (PerkleBranch) theirs);
        }
    }

    private void compareBranches(PerkleBranch mine, PerkleBranch theirs) {
        int depth = Math.min(mine.depth(), theirs.depth());
        int parting = Nibbles.mismatch(mine.path(), theirs.path(), 0, depth);
        if (parting < depth) {
            compareApart(mine, theirs, parting);
        } else if (mine.depth() == theirs.depth()) {
            for (int slot = 0; slot <= 16; slot++) {
                compareChildren(mine, theirs, slot);
            }
        } else if (mine.depth() < theirs.depth()) {
            compareDeeper(mine, theirs, true);
        } else {
            compareDeeper(theirs, mine, false);
        }
    }

    private void compareChildren(PerkleBranch mine, PerkleBranch theirs, int slot) {
        if (mine.has(slot) || theirs.has(slot)) {
            compare(childOrNothing(mine, slot), childOrNothing(theirs, slot));
        }
    }

    private static PerkleNode childOrNothing(PerkleBranch branch, int slot) {
        return branch.has(slot) ? branch.child(branch.index(slot)) : PerkleBucket.EMPTY;
    }

    /** No key of one can be in the other. */
    private void compareApart(PerkleBranch mine, PerkleBranch theirs, int parting) {
        if (Nibbles.slot(mine.path(), parting) < Nibbles.slot(theirs.path(), parting)) {
            compare(mine, PerkleBucket.EMPTY);
            compare(PerkleBucket.EMPTY, theirs);
        } else {
            compare(PerkleBucket.EMPTY, theirs);
            compare(mine, PerkleBucket.EMPTY);
        }
    }

    /** All of {@code deep} belongs into one slot of {@code shallow}. */
    private void compareDeeper(PerkleBranch shallow, PerkleBranch deep, boolean shallowIsMine) {
        int deepSlot = Nibbles.slot(deep.path(), shallow.depth());
        for (int slot = 0; slot <= 16; slot++) {
            if (shallow.has(slot) || slot == deepSlot) {
                var child = childOrNothing(shallow, slot);
                var other = slot == deepSlot ? deep : PerkleBucket.EMPTY;
                compare(shallowIsMine ? child : other, shallowIsMine ? other : child);
            }
        }
    }

    /** One of them is a bucket, so walking the other costs no more than there are differences, and a bucket. */
    private void merge(PerkleNode node, PerkleBucket bucket, boolean nodeIsMine) {
        var walked = new Object() {
            int next; // in the bucket
        };
        new PerkleWalk(new byte[0], null, entry -> {
                    var key = entry.key();
                    int order = -1;
                    while (walked.next < bucket.size()
                            && (order = Arrays.compareUnsigned(bucket.key(walked.next), key)) < 0) {
                        onlyOne(bucket.entry(walked.next++), !nodeIsMine);
                    }
                    if (walked.next < bucket.size() && order == 0) {
                        both(key, entry.value(), bucket.value(walked.next++), nodeIsMine);
                    } else {
                        onlyOne(entry.entry(), nodeIsMine);
                    }
                    return true;
                })
                .walk(node);
        while (walked.next < bucket.size()) {
            onlyOne(bucket.entry(walked.next++), !nodeIsMine);
        }
    }

    private void both(byte[] key, byte[] value, byte[] other, boolean valueIsMine) {
        if (!Arrays.equals(value, other)) {
            differences.differ(key, valueIsMine ? value : other, valueIsMine ? other : value);
        }
    }

    private void onlyOne(PerkleEntry entry, boolean isMine) {
        differences.differ(entry.key(), isMine ? entry.value() : null, isMine ? null : entry.value());
    }
}
