package dev.evenkeel.router.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TickerSchedulerTest {
    private final ControlPlane.ManualTicker ticker = new ControlPlane.ManualTicker();

    @Test
    void runsWhenTheTickerHasMoved() throws Exception {
        var ran = new CountDownLatch(1);
        try (var scheduler = new TickerScheduler(ticker)) {
            scheduler.schedule(Duration.ofDays(1), ran::countDown);
            assertThat(ran.getCount()).isEqualTo(1);

            ticker.advance(Duration.ofDays(1));

            assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void forgetsWhatHasNotBegunWhenItIsClosed() {
        var ran = new AtomicBoolean();
        var scheduler = new TickerScheduler(ticker);
        scheduler.schedule(Duration.ofDays(1), () -> ran.set(true));

        scheduler.close();

        assertThat(ran).isFalse();
    }
}
