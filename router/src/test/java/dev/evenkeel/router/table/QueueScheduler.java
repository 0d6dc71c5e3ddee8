package dev.evenkeel.router.table;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Runs scheduled work when a test says so, in its order or in any. */
final class QueueScheduler implements TransitionScheduler {
    private final List<Runnable> waiting = new ArrayList<>();

    @Override
    public void schedule(Duration delay, Runnable work) {
        waiting.add(work);
    }

    int size() {
        return waiting.size();
    }

    void clear() {
        waiting.clear();
    }

    void runOne() {
        waiting.removeFirst().run();
    }

    void runAny(Random random) {
        if (!waiting.isEmpty()) {
            waiting.remove(random.nextInt(waiting.size())).run();
        }
    }

    void runAll() {
        while (!waiting.isEmpty()) {
            runOne();
        }
    }
}
