package dev.evenkeel.transport;

import java.util.random.RandomGenerator;

/** How long to wait before the next attempt: twice as long each time up to a bound, spread so that nodes do not march. */
final class Backoff {
    private final long firstNanos;
    private final long lastNanos;
    private final RandomGenerator random;
    private long nextNanos;

    Backoff(TransportTimings timings, RandomGenerator random) {
        this.firstNanos = timings.retryFirst().toNanos();
        this.lastNanos = Math.max(firstNanos, timings.retryLast().toNanos());
        this.random = random;
        this.nextNanos = firstNanos;
    }

    /** Between half of what it is the turn of and all of it. */
    long next() {
        long full = nextNanos;
        nextNanos = Math.min(lastNanos, full * 2);
        return full / 2 + random.nextLong(full / 2 + 1);
    }

    void reset() {
        nextNanos = firstNanos;
    }
}
