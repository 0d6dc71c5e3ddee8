package dev.evenkeel.verify.gameday;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole way, from the clients to the verdict: what a database hides comes out, and one that hides nothing passes. */
@Timeout(60)
final class LyingDatabaseTest {
    private static final LoadPlan LOAD = new LoadPlan(6, 1200, 1, 2, 500);
    private static final Rhythm RHYTHM = new Rhythm(Duration.ofMillis(300), Duration.ofMillis(100));

    @ParameterizedTest
    @EnumSource
    void isFoundOut(MemoryDynamo.Lie lie) throws IOException, InterruptedException {
        try (var server = new MemoryDynamo(lie)) {
            var plan = new GameDayPlan(1, Duration.ofMillis(1000), LOAD, List.of(FaultKind.PAUSE), RHYTHM);
            var result = new GameDay(StubCluster.of(server), plan, Ticker.system(), _ -> {}).run();
            var report = GameDayReport.render(result, "the command");
            assertThat(result.failures()).as(report).isEmpty();
            assertThat(result.history().operations()).as(report).hasSizeGreaterThan(100);
            assertThat(result.isPassed()).as(report).isEqualTo(lie == MemoryDynamo.Lie.NONE);
            assertThat(report)
                    .contains(lie == MemoryDynamo.Lie.NONE ? "seed 1: passed" : "seed 1: FAILED")
                    .contains("Longest pause of writes: ", "| pause | ", "| z1 | 100.000 % | ", "| c5 | 100.000 % | ");
        }
    }
}
