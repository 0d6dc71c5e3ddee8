package dev.evenkeel.partition;

import dev.evenkeel.model.Ticker;

/** Clocks as timestamps of items and transactions: microseconds since the epoch. */
public final class Timestamps {
    private static final long MICROS = 1000;

    private Timestamps() {}

    /** The beginning of the current millisecond. */
    public static long now(Ticker ticker) {
        return ticker.epochMillis() * MICROS;
    }
}
