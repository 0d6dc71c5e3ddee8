package dev.evenkeel.verify.gameday;

import dev.evenkeel.model.Ticker;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The one clock of a day: nanoseconds since it began. Safe for any thread. */
final class DayClock {
    private static final Duration ASK_AGAIN = Duration.ofMillis(20);

    private final Ticker ticker;
    private final long begun;

    DayClock(Ticker ticker) {
        this.ticker = ticker;
        begun = ticker.nanos();
    }

    long nanos() {
        return ticker.nanos() - begun;
    }

    void pass(Duration time) throws InterruptedException {
        passUntil(nanos() + time.toNanos());
    }

    void passUntil(long moment) throws InterruptedException {
        for (long left = moment - nanos(); left > 0; left = moment - nanos()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    /** Whether it became so within that time. */
    boolean await(BooleanSupplier holds, Duration timeMax) throws InterruptedException {
        long deadline = nanos() + timeMax.toNanos();
        while (!holds.getAsBoolean()) {
            if (nanos() > deadline) {
                return false;
            }
            pass(ASK_AGAIN);
        }
        return true;
    }
}
