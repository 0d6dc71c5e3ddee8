package dev.evenkeel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ManualTickerTest {

    @Test
    void standsStillUntilMoved() {
        var ticker = ManualTicker.standingAt(Instant.ofEpochMilli(1_000));
        long nanos = ticker.nanos();
        ticker.advance(Duration.ofMillis(1_500));
        assertThat(ticker.now()).isEqualTo(Instant.ofEpochMilli(2_500));
        assertThat(ticker.nanos() - nanos).isEqualTo(1_500_000_000L);
    }

    @Test
    void neverGoesBack() {
        assertThatThrownBy(() -> ManualTicker.running().advance(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
