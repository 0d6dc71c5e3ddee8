package dev.evenkeel.verify.faults;

import java.util.stream.LongStream;

/** How much is tried: little in every build, much when asked. */
final class Campaign {
    private static final long FIRST_SEED = 1;

    private Campaign() {}

    /** The one seed that was asked for, or as many as a test usually takes. */
    static LongStream seeds(int usual) {
        var asked = Long.getLong("evenkeel.seed");
        return asked == null ? LongStream.range(FIRST_SEED, FIRST_SEED + usual) : LongStream.of(asked);
    }

    static int rounds(int usual) {
        return Integer.getInteger("evenkeel.faults.rounds", usual);
    }
}
