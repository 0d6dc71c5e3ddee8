package dev.evenkeel.router.transaction;

import dev.evenkeel.model.Ticker;
import dev.evenkeel.partition.Timestamps;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Timestamps of one router's transactions, in microseconds: its clock's, or later when participants have told of later ones. So a
 * clock that is behind costs a transaction one more attempt, not its success. Safe for any thread.
 */
final class TransactionClock {
    /** The last of a millisecond: what was written in it before is then earlier, by a clock that agrees. */
    private static final long LAST_OF_MILLISECOND = 999;

    private final Ticker ticker;
    private final AtomicLong latest = new AtomicLong();

    TransactionClock(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Never the same twice. */
    long next() {
        long now = Timestamps.now(ticker) + LAST_OF_MILLISECOND;
        return latest.updateAndGet(last -> Math.max(now, last + 1));
    }

    /** The next timestamp is later than this one. */
    void heard(long timestamp) {
        latest.accumulateAndGet(timestamp, Math::max);
    }
}
