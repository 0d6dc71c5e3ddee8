package dev.evenkeel.verify.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ArrivalScheduleTest {
    @Test
    void arrivalsAreEvenlySpacedAndEndWithTheRound() {
        var schedule = new ArrivalSchedule(4, TimeUnit.SECONDS.toNanos(1));
        assertThat(LongStream.generate(schedule::next).limit(5))
                .containsExactly(0L, 250_000_000L, 500_000_000L, 750_000_000L, ArrivalSchedule.NONE);
        assertThat(schedule.next()).isEqualTo(ArrivalSchedule.NONE);
    }

    @Test
    void spacingThatIsNoWholeNanosecondDoesNotDrift() {
        var schedule = new ArrivalSchedule(30_000, TimeUnit.SECONDS.toNanos(10));
        assertThat(schedule.arrivals()).isEqualTo(300_000);
        long last = LongStream.generate(schedule::next).limit(300_000).max().orElseThrow();
        assertThat(last).isBetween(9_999_966_000L, 9_999_967_000L);
    }

    @Test
    void rateBelowOnePerRoundStillSendsOne() {
        assertThat(new ArrivalSchedule(0.1, TimeUnit.SECONDS.toNanos(1)).arrivals())
                .isEqualTo(1);
    }
}
