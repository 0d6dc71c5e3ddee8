package dev.evenkeel.verify.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The process is killed in the middle of writes, and sometimes in the middle of its start, again and again on the same
 * folder: every acknowledged write is there, and the indexes and counts follow.
 */
final class KillTest {
    private static final int WRITERS = 6;
    private static final int ACKNOWLEDGED_BEFORE_KILL_MAX = 1500;
    private static final int START_MILLIS_MAX = 900;

    static LongStream seeds() {
        return Campaign.seeds(2);
    }

    static LongStream zonesSeeds() {
        return Campaign.seeds(1);
    }

    private final List<String> options = new ArrayList<>(List.of("--initial-partitions", "3"));

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void acknowledgedWritesSurvive(long seed, @TempDir Path data) throws Exception {
        survive(seed, data, Campaign.rounds(4));
    }

    /** All three zones die at once. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("zonesSeeds")
    void acknowledgedWritesSurviveInThreeZones(long seed, @TempDir Path data) throws Exception {
        options.addAll(List.of("--zones", "3"));
        survive(seed, data, Campaign.rounds(3));
    }

    private void survive(long seed, Path data, int rounds) throws Exception {
        var random = new SplittableRandom(seed);
        var ledger = new Ledger();
        for (int round = 0; round < rounds; round++) {
            try {
                if (random.nextInt(3) == 0) {
                    killWhileStarting(random, data);
                }
                liveAndDie(random, data, ledger, round == 0);
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + ", round " + round + ": " + e.getMessage(), e);
            }
        }
        try (var server = start(data);
                var client = server.client()) {
            ledger.settleWith(client);
        }
        assertThat(ledger.size()).as("items to lose, seed %s", seed).isPositive();
    }

    private ServerProcess start(Path data) throws Exception {
        return ServerProcess.start(data, options.toArray(String[]::new));
    }

    private void killWhileStarting(SplittableRandom random, Path data) throws Exception {
        try (var server = ServerProcess.launch(data, options.toArray(String[]::new))) {
            server.letRun(Duration.ofMillis(random.nextInt(START_MILLIS_MAX)));
            assertThat(server.isAlive()).as(server.complaints()).isTrue();
            server.kill();
        }
    }

    private void liveAndDie(SplittableRandom random, Path data, Ledger ledger, boolean isNew) throws Exception {
        try (var server = start(data);
                var client = server.client()) {
            if (isNew) {
                Tables.create(client);
            }
            if (random.nextInt(4) > 0) { // else the next life begins before the indexes have caught up
                ledger.settleWith(client);
            } else {
                ledger.settleItemsWith(client);
            }
            writeUntilKilled(random, server, client, ledger);
        }
    }

    private static void writeUntilKilled(SplittableRandom random, ServerProcess server, Dynamo client, Ledger ledger)
            throws Exception {
        var acknowledged = new Semaphore(0);
        var writers = new ArrayList<Writer>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < WRITERS; i++) {
            var writer = new Writer(i, random.split(), client, ledger, acknowledged::release);
            writers.add(writer);
            threads.add(Thread.ofVirtual().start(writer));
        }
        boolean reached =
                acknowledged.tryAcquire(1 + random.nextInt(ACKNOWLEDGED_BEFORE_KILL_MAX), 120, TimeUnit.SECONDS);
        server.kill();
        for (var thread : threads) {
            thread.join();
        }
        for (var writer : writers) {
            assertThat(writer.failure()).isEmpty();
        }
        assertThat(reached).as("writes go on: %s", server.complaints()).isTrue();
    }
}
