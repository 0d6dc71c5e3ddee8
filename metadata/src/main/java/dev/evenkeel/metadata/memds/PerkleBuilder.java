package dev.evenkeel.metadata.memds;

import java.util.ArrayList;
import java.util.List;

/** Makes the one tree that sorted entries have. */
final class PerkleBuilder {
    private PerkleBuilder() {}

    static PerkleNode build(List<PerkleEntry> entries) {
        if (entries.size() <= PerkleBucket.ENTRIES_MAX) {
            return PerkleBucket.of(entries);
        }
        var first = entries.getFirst().key();
        int depth = Nibbles.common(first, entries.getLast().key()); // sorted: what these two share, all do
        int slots = 0;
        var children = new ArrayList<PerkleNode>();
        for (int from = 0; from < entries.size(); ) {
            int slot = Nibbles.slot(entries.get(from).key(), depth);
            int to = from + 1;
            while (to < entries.size() && Nibbles.slot(entries.get(to).key(), depth) == slot) {
                to++;
            }
            slots |= 1 << slot;
            children.add(build(entries.subList(from, to)));
            from = to;
        }
        return PerkleBranch.of(Nibbles.path(first, depth), depth, slots, children.toArray(PerkleNode[]::new));
    }
}
