package dev.evenkeel.verify.gameday;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Availability and pauses, by hand. */
final class MeasurementsTest {
    private static Call write(long ended, String table) {
        return new Call(ended, table, true, true, 0);
    }

    @Test
    void availabilityCountsRequestsInWindows() {
        var calls = List.of(
                write(2, "t"),
                new Call(4, "t", true, true, 2),
                new Call(6, "t", false, true, 0),
                new Call(12, "t", true, false, 4));
        var windows = Availability.windows(calls, Duration.ofNanos(10));
        assertThat(windows)
                .containsExactly(
                        new Availability.Window(0, new Availability.Share(1, 1), new Availability.Share(2, 4), 0),
                        new Availability.Window(10, Availability.Share.NONE, new Availability.Share(0, 4), 1));
        assertThat(Availability.total(calls).writes().percent()).isEqualTo(25);
    }

    @Test
    void windowsAreOfFiveMinutesOnLongDays() {
        assertThat(Availability.window(Duration.ofHours(3))).isEqualTo(Duration.ofMinutes(5));
        assertThat(Availability.window(Duration.ofMinutes(4))).isEqualTo(Duration.ofSeconds(30));
        assertThat(Availability.window(Duration.ofSeconds(4))).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aPauseIsOfTheTableThatWaitedLongest() {
        var calls = List.of(
                write(10, "t"),
                write(20, "t"),
                write(60, "t"),
                write(15, "u"),
                write(50, "u"),
                new Call(55, "u", true, false, 4),
                new Call(90, "t", false, true, 0));
        var pauses = new Pauses(calls);
        assertThat(pauses.longestNanos(true, 0, 60)).isEqualTo(40);
        assertThat(pauses.longestNanos(true, 12, 30)).as("cut at both ends").isEqualTo(15);
        assertThat(pauses.longestNanos(false, 0, 100)).isEqualTo(90);
    }
}
