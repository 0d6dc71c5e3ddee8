package dev.evenkeel.verify.bench;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The moments at which an open loop's requests should begin, evenly spaced and fixed before the round starts. Connections
 * take the next moment when they are free; when none is free, the moment passes and the request's latency still counts
 * from it, so a stall is charged to every request that fell into it (no coordinated omission).
 *
 * <p>Safe for any thread.
 */
final class ArrivalSchedule {
    /** What {@link #next} answers when the round has no more arrivals. */
    static final long NONE = -1;

    private static final double NANOS_PER_SECOND = 1e9;

    private final long arrivals;
    private final double spacingNanos;
    private final AtomicLong taken = new AtomicLong();

    ArrivalSchedule(double requestsPerSecond, long durationNanos) {
        if (requestsPerSecond <= 0) {
            throw new IllegalArgumentException("the rate must be above 0, not " + requestsPerSecond);
        }
        this.spacingNanos = NANOS_PER_SECOND / requestsPerSecond;
        this.arrivals = (long) Math.ceil(durationNanos / spacingNanos);
    }

    /** Requests that the whole round asks for. */
    long arrivals() {
        return arrivals;
    }

    /** When the next arrival is meant to begin, in nanoseconds after the round's start, or {@link #NONE}. */
    long next() {
        long index = taken.getAndIncrement();
        return index < arrivals ? (long) (index * spacingNanos) : NONE;
    }
}
