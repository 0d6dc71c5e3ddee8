package dev.evenkeel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.Ticker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private static final long LATE_NANOS_MAX = 5_000_000;

    private record Timer(long atNanos, Runnable task) {}

    private final List<Timer> timers = new ArrayList<>();
    private final TreeSet<Long> open = new TreeSet<>();
    private final List<Long> lateness = new ArrayList<>();
    private int timersMade;
    private long now = 1_000;

    private final Deadlines deadlines = new Deadlines(
            new Ticker() {
                @Override
                public long nanos() {
                    return now;
                }

                @Override
                public long epochMillis() {
                    throw new AssertionError();
                }
            },
            (nanos, task) -> {
                timersMade++;
                timers.add(new Timer(now + nanos, task));
            },
            time -> {
                for (long due : new ArrayList<>(open.headSet(time, true))) {
                    open.remove(due);
                    lateness.add(time - due);
                }
                return open.isEmpty() ? null : open.first();
            });

    @Test
    void everyDeadlineStrikesAndNoneEarlyOrLate() {
        for (long seed = 0; seed < 100; seed++) {
            var random = new Random(seed);
            lateness.clear();
            int noted = 0;
            for (int i = 0; i < 200; i++) {
                runTimers(now + random.nextInt(3_000_000));
                long deadline = now + random.nextInt(100_000_000);
                if (open.add(deadline)) {
                    noted++;
                    deadlines.note(deadline);
                }
            }
            runTimers(now + 1_000_000_000);
            assertThat(open).as("seed %d", seed).isEmpty();
            assertThat(lateness)
                    .as("seed %d", seed)
                    .hasSize(noted)
                    .allMatch(late -> late >= 0 && late <= LATE_NANOS_MAX);
        }
    }

    @Test
    void callsThatAreAnsweredCostAFewTimersOnly() {
        for (int i = 0; i < 10_000; i++) {
            long deadline = now + 1_000_000_000;
            open.add(deadline);
            deadlines.note(deadline);
            open.remove(deadline);
            runTimers(now + 1_000_000);
        }
        assertThat(timersMade).isLessThan(20);
    }

    private void runTimers(long until) {
        timers.sort(Comparator.comparingLong(Timer::atNanos));
        while (!timers.isEmpty() && timers.getFirst().atNanos <= until) {
            var next = timers.removeFirst();
            now = Math.max(now, next.atNanos);
            next.task.run();
            timers.sort(Comparator.comparingLong(Timer::atNanos));
        }
        now = until;
    }
}
