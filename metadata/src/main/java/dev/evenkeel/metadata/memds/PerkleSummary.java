package dev.evenkeel.metadata.memds;

import java.util.List;

/**
 * What a tree holds under a prefix: equal summaries mean equal entries.
 *
 * @param hash the sum of the entries' hashes
 */
record PerkleSummary(long hash, int size) {
    static PerkleSummary of(List<PerkleEntry> entries) {
        return new PerkleSummary(entries.stream().mapToLong(PerkleEntry::hash).sum(), entries.size());
    }

    static PerkleSummary of(PerkleNode node) {
        return new PerkleSummary(node.hash(), node.size());
    }
}
