package dev.evenkeel.verify.gameday;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.Ticker;
import dev.evenkeel.verify.history.HistoryFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A short day with the real program. {@code -Devenkeel.gameday.zones=3} takes a cluster of three processes instead of one,
 * {@code -Devenkeel.seed=17} another day, {@code -Devenkeel.gameday.seconds=600} a longer one.
 */
final class GameDayTest {
    private static final int ZONES = Integer.getInteger("evenkeel.gameday.zones", 1);
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("evenkeel.gameday.seconds", 12));
    private static final Rhythm QUICK = new Rhythm(Duration.ofMillis(500), Duration.ofMillis(1200));

    static LongStream seeds() {
        return LongStream.of(Long.getLong("evenkeel.seed", 1));
    }

    private static List<FaultKind> faults() {
        return ZONES == 1
                ? List.of(FaultKind.KILL, FaultKind.PAUSE, FaultKind.STOP, FaultKind.CLOCK_JUMP)
                : List.of(
                        FaultKind.KILL,
                        FaultKind.PAUSE,
                        FaultKind.STOP,
                        FaultKind.CUT,
                        FaultKind.CUT_ONE_WAY,
                        FaultKind.SLOW_LINK,
                        FaultKind.FLIP_ON_WIRE,
                        FaultKind.CLOCK_JUMP,
                        FaultKind.CLOCK_DRIFT);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void promisesAreKept(long seed, @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path root) throws Exception {
        var load = new LoadPlan(8, 200, ZONES == 1 ? 1 : 2, 2, 1000);
        var plan = new GameDayPlan(seed, LENGTH, load, faults(), QUICK);
        try (var cluster = Clusters.start(root, ZONES, 1, 2, faults())) {
            var result = new GameDay(cluster, plan, Ticker.system(), _ -> {}).run();
            var report = GameDayReport.render(result, "GameDayTest, seed " + seed);
            if (!result.isPassed()) {
                HistoryFile.write(root.resolve("history"), result.history());
                Files.writeString(root.resolve("report.md"), report);
            }
            assertThat(result.isPassed())
                    .as("seed %s, see %s:%n%s", seed, root, report)
                    .isTrue();
            assertThat(result.incidents()).as(report).isNotEmpty();
        }
    }
}
