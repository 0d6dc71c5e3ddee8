package dev.evenkeel.verify.clock;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The clocks that a process with the agent has. Its methods are named as those of the JDK whose callers are turned to them,
 * and take and return the same.
 */
public final class ShiftedClock {
    private static final AtomicLong LATEST_NANOS = new AtomicLong(System.nanoTime());
    private static volatile long wallMillis;
    private static volatile Pace pace = new Pace(LATEST_NANOS.get(), LATEST_NANOS.get(), 1);

    /** Time since a moment, which had a name outside and one in here. */
    private record Pace(long outsideNanos, long insideNanos, double factor) {
        long inside(long outside) {
            return insideNanos + Math.round((outside - outsideNanos) * factor);
        }
    }

    private ShiftedClock() {}

    /** As {@link System#currentTimeMillis}. */
    public static long currentTimeMillis() {
        return System.currentTimeMillis() + wallMillis;
    }

    /** As {@link System#nanoTime}. A thread that looked before the pace changed, and counts after it, must not go back. */
    public static long nanoTime() {
        return LATEST_NANOS.accumulateAndGet(
                pace.inside(System.nanoTime()), (one, other) -> one - other > 0 ? one : other);
    }

    /** As {@code jdk.internal.misc.VM.getNanoTimeAdjustment}, in milliseconds: how far the wall clock is beyond that second. */
    public static long getNanoTimeAdjustment(long epochSecond) {
        return TimeUnit.MILLISECONDS.toNanos(currentTimeMillis() - TimeUnit.SECONDS.toMillis(epochSecond));
    }

    /** For one thread. */
    static void set(ClockSetting setting) {
        wallMillis = setting.wallMillis();
        if (pace.factor() != setting.pace()) {
            long now = System.nanoTime();
            pace = new Pace(now, pace.inside(now), setting.pace());
        }
    }
}
