package dev.evenkeel.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.server.ManualTicker;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How long is waited, and when somebody is told. */
class WaitsTest {
    private final ManualTicker ticker = ManualTicker.standingAt(Instant.EPOCH);

    @Test
    void theWaitForFoundersToHearEachOtherBeginsWhenAllHaveRegistered() {
        var wait = new FoundersWait(ticker);
        wait.look(false);
        ticker.advance(Duration.ofHours(1));
        wait.look(false);
        assertThat(wait.isOver()).isFalse();

        wait.look(true);
        assertThat(wait.isOver()).isFalse();
        ticker.advance(FoundersWait.MAX);
        wait.look(true);
        assertThat(wait.isOver()).isFalse();
        ticker.advance(Duration.ofMillis(1));
        assertThat(wait.isOver()).isTrue();
    }

    @Test
    void attemptsThatTakeLongAreToldOfOnceAndBecomeRarer() {
        var life = new NodeLife();
        life.end(); // so that no pause is waited for
        var attempts = new Attempts("To test", life, ticker);
        assertThat(attempts.isToBeTold()).isFalse();
        ticker.advance(Duration.ofSeconds(3));
        assertThat(attempts.isToBeTold()).isTrue();
        ticker.advance(Duration.ofHours(1));
        assertThat(attempts.isToBeTold()).isFalse();

        var before = attempts.pause();
        attempts.failed(new IllegalStateException("not yet"));
        assertThat(attempts.pause()).isEqualTo(before.multipliedBy(2));
        for (int i = 0; i < 20; i++) {
            attempts.failed(new IllegalStateException("not yet"));
        }
        assertThat(attempts.pause()).isEqualTo(Duration.ofSeconds(1));
    }
}
