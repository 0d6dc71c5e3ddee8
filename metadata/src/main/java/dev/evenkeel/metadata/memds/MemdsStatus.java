package dev.evenkeel.metadata.memds;

/**
 * What a server has.
 *
 * @param rootHash two servers with the same have the same facts
 * @param facts how many
 * @param synchronised false for one that has started and cannot answer lookups yet
 */
public record MemdsStatus(long rootHash, int facts, boolean synchronised) {
    public boolean hasSameFactsAs(MemdsStatus other) {
        return rootHash == other.rootHash && facts == other.facts;
    }
}
