package dev.evenkeel.model;

import java.time.Instant;

/** The only way time gets in, so that a test or a simulation can own it. Implementations are safe for any thread. */
public interface Ticker {

    /** Nanoseconds of a clock that never goes back; only differences mean anything. */
    long nanos();

    /** Milliseconds since the epoch, UTC. */
    long epochMillis();

    /** The current moment, UTC, in milliseconds. */
    default Instant now() {
        return Instant.ofEpochMilli(epochMillis());
    }

    /** The machine's own clocks. */
    static Ticker system() {
        return SystemTicker.INSTANCE;
    }
}
