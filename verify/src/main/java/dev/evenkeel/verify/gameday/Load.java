package dev.evenkeel.verify.gameday;

import dev.evenkeel.verify.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** All clients of a day, each on a thread of its own. */
final class Load implements AutoCloseable {
    private final List<Worker> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Pulse pulse = new Pulse();

    private Load() {}

    static Load begin(LoadPlan plan, SplittableRandom random, DayClock clock, List<ClusterNode> nodes) {
        var load = new Load();
        var keys = new Keys(plan);
        for (int number = 0; number < plan.workers(); number++) {
            var worker = new Worker(number, random.split(), plan, keys, load.pulse, clock, nodes);
            load.workers.add(worker);
            load.threads.add(Thread.ofVirtual().name("client-" + number).start(worker));
        }
        return load;
    }

    Pulse pulse() {
        return pulse;
    }

    /** Lets every client finish what it is at. */
    void stop() throws InterruptedException {
        workers.forEach(Worker::stop);
        for (var thread : threads) {
            thread.join();
        }
    }

    /** Once it is stopped. */
    List<Operation> operations() {
        return workers.stream().flatMap(worker -> worker.operations().stream()).toList();
    }

    /** Once it is stopped. */
    List<Call> calls() {
        return workers.stream().flatMap(worker -> worker.calls().stream()).toList();
    }

    /** Answers that made no sense to a client. */
    List<String> failures() {
        return workers.stream()
                .flatMap(worker -> worker.failure().stream())
                .map(Throwable::toString)
                .toList();
    }

    @Override
    public void close() {
        workers.forEach(Worker::stop);
        threads.forEach(Thread::interrupt);
    }
}
