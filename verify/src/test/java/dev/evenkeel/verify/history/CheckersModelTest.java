package dev.evenkeel.verify.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.verify.history.SimulatedDatabase.Flaw;
import dev.evenkeel.verify.history.SimulatedDatabase.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The checkers over many seeds: nothing possible is refused, nothing impossible passes, and the obvious checker agrees. */
final class CheckersModelTest {
    private static final int TINY_SEEDS = Integer.getInteger("evenkeel.history.seeds", 6000);
    private static final int SEEDS = 60;
    private static final Load MIXED = new Load(8, 240, 0.05, false, true);
    private static final Load COUNTS = new Load(8, 240, 0, true, true);

    private final LinearizabilityChecker checker = new LinearizabilityChecker();

    static LongStream seeds(int usual) {
        var asked = Long.getLong("evenkeel.seed");
        return asked == null ? LongStream.range(0, usual) : LongStream.of(asked);
    }

    @Test
    void agreesWithTheObviousCheckerOnTinyHistories() {
        int possible = 0;
        int impossible = 0;
        for (long seed : seeds(TINY_SEEDS).toArray()) {
            var history = tinyHistory(new SplittableRandom(seed));
            boolean expected = BruteForce.isLinearizable(history);
            assertThat(checker.check(history).isPassed())
                    .as("seed %s: %s", seed, history)
                    .isEqualTo(expected);
            possible += expected ? 1 : 0;
            impossible += expected ? 0 : 1;
        }
        assertThat(List.of(possible, impossible))
                .allSatisfy(count -> assertThat(count).as("both happen").isGreaterThan(TINY_SEEDS / 20));
    }

    /** As a correct database would make it, but for an answer or two. */
    private static List<Operation> tinyHistory(SplittableRandom random) {
        var load = new Load(3, 6, 0.3, random.nextInt(4) == 0, random.nextBoolean());
        var history = new ArrayList<>(SimulatedDatabase.history(random, Flaw.NONE, load));
        for (int i = random.nextInt(3); i > 0; i--) {
            int one = random.nextInt(history.size());
            int other = random.nextInt(history.size());
            history.set(one, withAnswerOf(history.get(one), history.get(other)));
        }
        return history;
    }

    private static Operation withAnswerOf(Operation operation, Operation other) {
        if (!operation.action().isRead() || other.seen().isEmpty()) {
            return operation;
        }
        return new Operation(
                operation.invokedNanos(),
                operation.returnedNanos(),
                operation.client(),
                operation.node(),
                operation.key(),
                operation.action(),
                new Outcome.Done(other.seen()));
    }

    @Test
    void acceptsWhatACorrectDatabaseShows() {
        seeds(SEEDS).forEach(seed -> {
            for (var load :
                    List.of(MIXED, COUNTS, new Load(4, 80, 0.3, true, true), new Load(3, 60, 0.1, false, false))) {
                var history = SimulatedDatabase.history(new SplittableRandom(seed), Flaw.NONE, load);
                assertThat(checker.check(history)).as("seed %s, %s", seed, load).isEqualTo(Verdict.PASSED);
                assertThat(new LostWriteChecker().check(history))
                        .as("seed %s, %s", seed, load)
                        .isEqualTo(Verdict.PASSED);
            }
        });
    }

    @Test
    void checksThousandsOfOperationsOnOneKey() {
        var load = new Load(24, 6000, 0.05, false, true);
        var history = SimulatedDatabase.history(new SplittableRandom(1), Flaw.NONE, load);
        assertThat(checker.check(history)).isEqualTo(Verdict.PASSED);
    }

    @Test
    void refusesStaleReads() {
        assertThat(refusedOf(Flaw.READS_STALE)).isGreaterThan(SEEDS / 4);
    }

    @Test
    void refusesLostWrites() {
        assertThat(refusedOf(Flaw.LOSES_WRITES)).isGreaterThan(SEEDS / 4);
    }

    /** How many histories of that database a person can see to be impossible; all of them have to be refused. */
    private int refusedOf(Flaw flaw) {
        int refused = 0;
        for (long seed : seeds(SEEDS).toArray()) {
            var history = SimulatedDatabase.history(new SplittableRandom(seed), flaw, MIXED);
            if (showsOverwrittenValue(history)) {
                assertThat(checker.check(history)).as("seed %s", seed).isInstanceOf(Verdict.Violated.class);
                refused++;
            }
        }
        return refused;
    }

    /** Whether a value is seen after a write that surely came behind it; no value is written twice. */
    private static boolean showsOverwrittenValue(List<Operation> history) {
        for (var writer : history) {
            if (!writer.isDone() || writer.action().written().isEmpty()) {
                continue;
            }
            for (var overwriter : history) {
                boolean replaces = overwriter.isDone()
                        && overwriter.mayHaveWritten()
                        && !(overwriter.action() instanceof Action.Add);
                if (replaces && writer.endedBefore(overwriter) && isSeenAfter(overwriter, writer, history)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isSeenAfter(Operation overwriter, Operation writer, List<Operation> history) {
        return history.stream()
                .filter(overwriter::endedBefore)
                .flatMap(operation -> operation.seen().stream())
                .anyMatch(state -> state.value().equals(writer.action().written()));
    }

    @Test
    void refusesAdditionsThatCountTwice() {
        int refused = 0;
        for (long seed : seeds(SEEDS).toArray()) {
            var history = SimulatedDatabase.history(new SplittableRandom(seed), Flaw.ADDS_TWICE, COUNTS);
            long asked = history.stream()
                    .filter(operation -> !operation.action().isRead())
                    .count();
            long counted = history.getLast().seen().orElseThrow().count();
            if (counted > asked) {
                assertThat(checker.check(history)).as("seed %s", seed).isInstanceOf(Verdict.Violated.class);
                assertThat(new LostWriteChecker().check(history))
                        .as("seed %s", seed)
                        .isInstanceOf(Verdict.Violated.class);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(SEEDS / 4);
    }
}
