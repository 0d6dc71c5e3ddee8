package dev.evenkeel.verify.gameday;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.Ticker;
import dev.evenkeel.verify.history.HistoryFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two short days with the real program: with one process, and with a cluster of three. {@code -Devenkeel.gameday.zones=3}
 * has only that, {@code -Devenkeel.seed=17} are other days, {@code -Devenkeel.gameday.seconds=600} longer ones.
 */
final class GameDayTest {
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("evenkeel.gameday.seconds", 12));
    private static final Rhythm QUICK = new Rhythm(Duration.ofMillis(500), Duration.ofMillis(1200));

    static IntStream zones() {
        var chosen = Integer.getInteger("evenkeel.gameday.zones");
        return chosen == null ? IntStream.of(1, 3) : IntStream.of(chosen);
    }

    private static List<FaultKind> faults(int zones) {
        return zones == 1
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

    @ParameterizedTest(name = "{0} zones")
    @MethodSource("zones")
    void promisesAreKept(int zones, @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path root) throws Exception {
        long seed = Long.getLong("evenkeel.seed", 1);
        var faults = faults(zones);
        var load = new LoadPlan(8, 200, zones == 1 ? 1 : 2, 2, 1000);
        var plan = new GameDayPlan(seed, LENGTH, load, faults, QUICK);
        try (var cluster = Clusters.start(root, zones, 1, 2, faults)) {
            var result = new GameDay(cluster, plan, Ticker.system(), _ -> {}).run();
            var report = GameDayReport.render(result, "GameDayTest, seed " + seed);
            if (!result.isPassed()) {
                HistoryFile.write(root.resolve("history"), result.history());
                Files.writeString(root.resolve("report.md"), report);
            }
            assertThat(result.isPassed())
                    .as("%s zones, seed %s, see %s:%n%s", zones, seed, root, report)
                    .isTrue();
            assertThat(result.incidents()).as(report).isNotEmpty();
        }
    }
}
