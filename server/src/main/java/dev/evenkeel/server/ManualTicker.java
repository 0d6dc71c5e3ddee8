package dev.evenkeel.server;

import dev.evenkeel.model.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that a test moves. It stands still between moves, or runs along with the machine's clock. */
public final class ManualTicker implements Ticker {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Ticker base;
    private final AtomicLong advancedNanos = new AtomicLong();

    private ManualTicker(Ticker base) {
        this.base = base;
    }

    /** Stands still at that moment until it is moved. */
    public static ManualTicker standingAt(Instant moment) {
        long epochMillis = moment.toEpochMilli();
        return new ManualTicker(new Ticker() {
            @Override
            public long nanos() {
                return 0;
            }

            @Override
            public long epochMillis() {
                return epochMillis;
            }
        });
    }

    /** Shows the machine's time, and what it has been moved on top. */
    public static ManualTicker running() {
        return new ManualTicker(Ticker.system());
    }

    /** Moves time on. */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("time does not go back: " + by);
        }
        advancedNanos.addAndGet(by.toNanos());
    }

    @Override
    public long nanos() {
        return base.nanos() + advancedNanos.get();
    }

    @Override
    public long epochMillis() {
        return base.epochMillis() + advancedNanos.get() / NANOS_PER_MILLI;
    }
}
