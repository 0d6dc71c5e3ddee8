package dev.evenkeel.verify;

import dev.evenkeel.model.Ticker;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** For what must become so by itself. */
public final class Waiting {
    /** Much longer than anything takes; machines that test are busy. */
    private static final Duration TIME_MAX = Duration.ofSeconds(60);

    /** Only so as not to take the server's CPU. */
    private static final Duration ASK_AGAIN = Duration.ofMillis(5);

    private Waiting() {}

    /** Asks until it is so; that it never becomes so is the failure. */
    public static void await(String what, BooleanSupplier holds) {
        long deadline = Ticker.system().nanos() + TIME_MAX.toNanos();
        while (!holds.getAsBoolean()) {
            if (Ticker.system().nanos() - deadline > 0) {
                throw new AssertionError("waited in vain: " + what);
            }
            LockSupport.parkNanos(ASK_AGAIN.toNanos());
        }
    }
}
