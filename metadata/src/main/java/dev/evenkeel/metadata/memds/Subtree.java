package dev.evenkeel.metadata.memds;

import java.util.List;

/**
 * What a server has under a prefix: entries as they are, and below that summaries to compare.
 *
 * @param children deeper prefixes; with the entries they make up everything under the prefix
 */
record Subtree(List<PerkleEntry> entries, List<Child> children) {

    record Child(PerklePrefix prefix, PerkleSummary summary) {}

    /**
     * Asks for what is under a prefix.
     *
     * @param whole the asker has nothing there: it would have to ask for every child, so all entries are welcome at once
     */
    record Question(PerklePrefix prefix, boolean whole) {}
}
