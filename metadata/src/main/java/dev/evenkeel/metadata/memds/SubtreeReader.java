package dev.evenkeel.metadata.memds;

import java.util.ArrayList;
import java.util.List;

/** Answers questions about subtrees of one tree. */
final class SubtreeReader {
    /** A subtree up to this size is sent whole to one who has nothing of it: some tens of kilobytes, if keys are short. */
    static final int WHOLE_ENTRIES_MAX = 1_024;

    private final PerkleTree tree;

    SubtreeReader(PerkleTree tree) {
        this.tree = tree;
    }

    Subtree read(Subtree.Question question) {
        return switch (tree.nodeOf(question.prefix())) {
            case PerkleBucket bucket -> new Subtree(bucket.entriesUnder(question.prefix()), List.of());
            case PerkleBranch branch -> question.whole() ? whole(branch) : children(branch);
        };
    }

    private static Subtree whole(PerkleBranch branch) {
        if (branch.size() > WHOLE_ENTRIES_MAX) {
            return children(branch);
        }
        var entries = PerkleWalk.entries(branch);
        long bytes = entries.stream()
                .mapToLong(entry -> entry.key().length + entry.value().length)
                .sum();
        return bytes <= Messages.SUBTREES_BYTES_SOFT_MAX ? new Subtree(entries, List.of()) : children(branch);
    }

    private static Subtree children(PerkleBranch branch) {
        var entries = new ArrayList<PerkleEntry>();
        var children = new ArrayList<Subtree.Child>();
        for (int i = 0; i < branch.children(); i++) {
            int slot = branch.slot(i);
            if (slot == Nibbles.END) { // a single key, of which there is no prefix of its own
                entries.addAll(PerkleWalk.entries(branch.child(i)));
            } else {
                children.add(new Subtree.Child(PerklePrefix.ofChild(branch, slot), PerkleSummary.of(branch.child(i))));
            }
        }
        return new Subtree(entries, children);
    }
}
