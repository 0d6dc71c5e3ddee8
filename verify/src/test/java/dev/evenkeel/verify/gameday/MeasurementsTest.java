package dev.evenkeel.verify.gameday;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Availability and pauses, by hand. */
final class MeasurementsTest {
    private static Call write(long ended, String table) {
        return call(ended, table, true, true, 0);
    }

    /** After so many attempts in one zone that failed, one in another. */
    private static Call call(long ended, String table, boolean isWrite, boolean isAnswered, int failures) {
        var attempts = new ArrayList<>(Collections.nCopies(failures, new Call.Attempt("zone-a", false)));
        if (isAnswered) {
            attempts.add(new Call.Attempt("zone-b", true));
        }
        return new Call(ended, "c1", table, isWrite, attempts);
    }

    @Test
    void availabilityCountsRequestsInWindows() {
        var calls = List.of(
                write(2, "t"),
                call(4, "t", true, true, 2),
                call(6, "t", false, true, 0),
                call(12, "t", true, false, 4));
        var windows = Availability.windows(calls, Duration.ofNanos(10));
        assertThat(windows)
                .containsExactly(
                        new Availability.Window(0, new Availability.Share(1, 1), new Availability.Share(2, 4), 0),
                        new Availability.Window(10, Availability.Share.NONE, new Availability.Share(0, 4), 1));
        assertThat(Availability.total(calls).writes().percent()).isEqualTo(25);
    }

    @Test
    void aZoneCountsWhatItWasAsked() {
        var calls = List.of(write(2, "t"), call(4, "t", true, true, 2), call(6, "t", false, true, 0));
        var zones = Availability.byZone(calls);
        assertThat(zones).containsOnlyKeys("zone-a", "zone-b");
        assertThat(zones.get("zone-a"))
                .isEqualTo(new Availability.Window(0, Availability.Share.NONE, new Availability.Share(0, 2), 2));
        assertThat(zones.get("zone-b"))
                .isEqualTo(new Availability.Window(0, new Availability.Share(1, 1), new Availability.Share(2, 2), 0));
    }

    @Test
    void aClientWaitsFromAnswerToAnswer() {
        var attempt = List.of(new Call.Attempt("zone-a", true));
        var calls = List.of(
                new Call(10, "c1", "t", true, attempt),
                new Call(40, "c1", "u", false, attempt),
                call(30, "t", true, false, 4),
                new Call(15, "c2", "t", true, attempt));
        assertThat(Pauses.longestByClient(calls)).containsOnly(Map.entry("c1", 30L), Map.entry("c2", 0L));
        assertThat(Availability.byClient(calls))
                .hasEntrySatisfying(
                        "c1", client -> assertThat(client.callsFailed()).isOne());
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
                call(55, "u", true, false, 4),
                call(90, "t", false, true, 0));
        var pauses = new Pauses(calls);
        assertThat(pauses.longestNanos(true, 0, 60)).isEqualTo(40);
        assertThat(pauses.longestNanos(true, 12, 30)).as("cut at both ends").isEqualTo(15);
        assertThat(pauses.longestNanos(false, 0, 100)).isEqualTo(90);
    }
}
