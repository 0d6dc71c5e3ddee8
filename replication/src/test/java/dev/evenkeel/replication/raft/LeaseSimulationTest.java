package dev.evenkeel.replication.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.replication.raft.LeaseSimulation.Without;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** No strong read is stale, however clocks, messages and processes behave; and each part of the argument is needed. */
class LeaseSimulationTest {
    private static final long SEEDS = Long.getLong("evenkeel.test.seeds", 60);
    private static final long SEEDS_TO_FIND_MAX = 400;

    @Test
    void noStrongReadIsStale() {
        long reads = 0;
        long leaderships = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            var run = new LeaseSimulation(seed, Without.NOTHING).run();
            assertThat(run.stale).as("seed %s", seed).isNull();
            reads += run.reads;
            leaderships += run.leaderships;
        }
        assertThat(reads).isGreaterThan(100 * SEEDS); // or it shows nothing
        assertThat(leaderships).isGreaterThan(5 * SEEDS);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NOTHING")
    void whatIsLeftOutIsMissed(Without without) {
        assertThat(LongStream.rangeClosed(1, SEEDS_TO_FIND_MAX)
                        .filter(seed -> new LeaseSimulation(seed, without).run().stale != null)
                        .findFirst())
                .isPresent();
    }
}
