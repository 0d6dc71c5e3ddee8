package dev.evenkeel.verify.history;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a search has been: which steps have taken place, how many of each kind of optional operations, and what the item
 * was then. From the same place the same futures are possible, so nobody has to go there twice.
 */
final class Configuration {
    private final int firstOpen;
    private final BitSet takenBeyond;
    private final int[] optionalTaken;
    private final State state;

    /** @param taken the steps by number; those below the first open one are told by its number alone */
    Configuration(BitSet taken, int[] optionalTaken, State state) {
        firstOpen = taken.nextClearBit(0);
        takenBeyond = taken.get(firstOpen, Math.max(firstOpen, taken.length()));
        this.optionalTaken = optionalTaken.clone();
        this.state = state;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Configuration that
                && firstOpen == that.firstOpen
                && takenBeyond.equals(that.takenBeyond)
                && Arrays.equals(optionalTaken, that.optionalTaken)
                && state.equals(that.state);
    }

    @Override
    public int hashCode() {
        int hash = 31 * firstOpen + takenBeyond.hashCode();
        return 31 * (31 * hash + Arrays.hashCode(optionalTaken)) + state.hashCode();
    }
}
