package dev.evenkeel.replication.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class EngineTimersTest {
    private static long delayMillis(long asked) {
        var scheduled = new EngineTimers().getRaftScheduler(true, 1, "test").schedule(() -> {}, asked, TimeUnit.MILLISECONDS);
        try {
            return scheduled.getDelay(TimeUnit.MILLISECONDS);
        } finally {
            scheduled.cancel(false);
        }
    }

    /** As when the wall clock is set back between the engine's two looks at it. */
    @Test
    void noWallClockMakesAHeartbeatWait() {
        assertThat(delayMillis(TimeUnit.HOURS.toMillis(1))).isLessThanOrEqualTo(5_000);
        assertThat(delayMillis(-TimeUnit.HOURS.toMillis(1))).isNotPositive();
    }
}
