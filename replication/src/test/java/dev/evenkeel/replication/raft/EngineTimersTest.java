package dev.evenkeel.replication.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EngineTimersTest {
    private static long delayMillis(long asked) {
        var scheduled =
                new EngineTimers().getRaftScheduler(true, 1, "test").schedule(() -> {}, asked, TimeUnit.MILLISECONDS);
        try {
            return scheduled.getDelay(TimeUnit.MILLISECONDS);
        } finally {
            scheduled.cancel(false);
        }
    }

    /** As when the wall clock is set back between the engine's two looks at it. */
    @Test
    void noWallClockMakesAHeartbeatWait() {
        assertThat(delayMillis(TimeUnit.HOURS.toMillis(1))).isLessThanOrEqualTo(1_000);
        assertThat(delayMillis(-TimeUnit.HOURS.toMillis(1))).isNotPositive();
    }

    @Test
    void heartbeatsFallDueTogetherAndNeverLate() {
        long now = 1_234_567_890;
        for (long later = 0; later < 50_000_000; later += 1_000_003) {
            long delay = EngineTimers.aligned(300_000_000, now + later);
            assertThat((now + later + delay) % 50_000_000).isZero();
            assertThat(delay).isBetween(250_000_001L, 300_000_000L);
        }
        assertThat(EngineTimers.aligned(20_000_000, now)).as("a short wait").isEqualTo(20_000_000);
    }

    @Test
    void electionsAreSpreadAsTheTimingsSay() {
        var timer = new EngineTimers.RandomTimer(RaftTimings.DEFAULT);
        int timeout = RaftTimings.DEFAULT.electionTimeoutMillis();
        int spread = EngineTimers.RandomTimer.SPREAD_MILLIS;
        assertThat(timer.brought(timeout)).isEqualTo(timeout);
        assertThat(timer.brought(timeout + spread / 2)).isEqualTo(timeout + 150);
        assertThat(timer.brought(timeout + spread)).isEqualTo(timeout + 300);
    }
}
