package dev.evenkeel.metadata.memds;

/** Is shown entries in the order of their keys. */
@FunctionalInterface
public interface PerkleVisitor {

    /**
     * @param entry shown for the time of the call; the next call shows another one
     * @return false to see no more
     */
    boolean visit(PerkleCursor entry);
}
