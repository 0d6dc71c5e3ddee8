package dev.evenkeel.metadata.memds;

/**
 * What a tree holds under a prefix: equal summaries mean equal entries.
 *
 * @param hash the sum of the entries' hashes
 */
record PerkleSummary(long hash, int size) {
    static final PerkleSummary NOTHING = new PerkleSummary(0, 0);

    static PerkleSummary of(PerkleNode node) {
        return new PerkleSummary(node.hash(), node.size());
    }
}
