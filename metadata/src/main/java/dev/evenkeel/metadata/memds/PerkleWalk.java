package dev.evenkeel.metadata.memds;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows a range of entries in order. Enters no subtree that lies outside. */
final class PerkleWalk {
    private final byte[] from; // inclusive
    private final byte @Nullable [] to; // exclusive
    private final PerkleVisitor visitor;
    private final PerkleCursor cursor = new PerkleCursor();

    PerkleWalk(byte[] from, byte @Nullable [] to, PerkleVisitor visitor) {
        this.from = from;
        this.to = to;
        this.visitor = visitor;
    }

    static List<PerkleEntry> entries(PerkleNode node) {
        var entries = new ArrayList<PerkleEntry>(node.size());
        new PerkleWalk(new byte[0], null, entry -> entries.add(entry.entry())).walk(node);
        return entries;
    }

    /** False when there is nothing more to show. */
    boolean walk(PerkleNode node) {
        return switch (node) {
            case PerkleBranch branch -> walkBranch(branch);
            case PerkleBucket bucket -> walkBucket(bucket);
        };
    }

    private boolean walkBranch(PerkleBranch branch) {
        if (order(branch, from) < 0) {
            return true;
        }
        if (to != null && order(branch, to) > 0) {
            return false;
        }
        for (int i = 0; i < branch.children(); i++) {
            if (!walk(branch.child(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean walkBucket(PerkleBucket bucket) {
        int start = bucket.search(from);
        for (int i = start < 0 ? -1 - start : start; i < bucket.size(); i++) {
            if (to != null && Arrays.compareUnsigned(bucket.key(i), to) >= 0) {
                return false;
            }
            cursor.moveTo(bucket, i);
            if (!visitor.visit(cursor)) {
                return false;
            }
        }
        return true;
    }

    /** Below 0 when all of the branch's keys are less than the key, above when all are greater, else 0. */
    private static int order(PerkleBranch branch, byte[] key) {
        int parting = Nibbles.mismatch(branch.path(), key, 0, branch.depth());
        return parting == branch.depth()
                ? 0
                : Integer.compare(Nibbles.slot(branch.path(), parting), Nibbles.slot(key, parting));
    }
}
