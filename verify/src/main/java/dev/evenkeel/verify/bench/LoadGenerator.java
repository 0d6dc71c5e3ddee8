package dev.evenkeel.verify.bench;

import dev.evenkeel.model.Ticker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs rounds against one target. For one thread. */
final class LoadGenerator {
    /** An answer that takes longer than this after the round's end is given up. */
    private static final long STRAGGLER_NANOS_MAX = TimeUnit.SECONDS.toNanos(30);

    /** Between the connections' opening and the first request, so that all threads are up when it begins. */
    private static final long START_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Target target;
    private final Requests requests;
    private final Tables tables;
    private final long items;
    private final ServerCpu cpu;
    private final Ticker ticker;

    LoadGenerator(Target target, Requests requests, Tables tables, long items, ServerCpu cpu, Ticker ticker) {
        this.target = target;
        this.requests = requests;
        this.tables = tables;
        this.items = items;
        this.cpu = cpu;
        this.ticker = ticker;
    }

    Target target() {
        return target;
    }

    /** @throws BenchException when the target takes no connections or stops answering */
    Round run(Scenario scenario, long durationNanos, long seed) {
        var workers = connect(scenario, new SplittableRandom(seed));
        var done = new CountDownLatch(workers.size());
        var cpuBefore = cpu.seconds();
        long startNanos = ticker.nanos() + START_DELAY_NANOS;
        var loop = loop(scenario.load(), startNanos, durationNanos);
        for (var worker : workers) {
            Thread.ofPlatform().daemon().name("bench-connection").start(() -> {
                try {
                    loop.accept(worker);
                } finally {
                    done.countDown();
                }
            });
        }
        await(workers, done, durationNanos);
        long nanos = ticker.nanos() - startNanos;
        close(workers);
        return summary(workers, nanos, difference(cpuBefore, cpu.seconds()));
    }

    /** Connections are new in each round: a server may have closed idle ones while another target had its turn. */
    private List<ConnectionWorker> connect(Scenario scenario, SplittableRandom random) {
        var workload = scenario.workload();
        long keysMax = workload.needsCollections() ? items / Requests.COLLECTION_ITEMS : items;
        var keys = KeyChooser.of(scenario.keys(), keysMax);
        var workers = new ArrayList<ConnectionWorker>();
        try {
            for (int i = 0; i < scenario.load().connections(); i++) {
                var stream = new RequestStream(workload, requests, tables, keys, keysMax, random.split());
                workers.add(new ConnectionWorker(Connection.open(target.address()), stream, ticker));
            }
        } catch (IOException e) {
            close(workers);
            throw new BenchException("target " + target.name() + " at " + target.url() + " does not answer: " + e, e);
        }
        return workers;
    }

    private static Consumer<ConnectionWorker> loop(Load load, long startNanos, long durationNanos) {
        long endNanos = startNanos + durationNanos;
        return switch (load) {
            case Load.Closed _ -> worker -> worker.closedLoop(startNanos, endNanos);
            case Load.Open open -> {
                var schedule = new ArrivalSchedule(open.requestsPerSecond(), durationNanos);
                yield worker -> worker.openLoop(schedule, startNanos, endNanos + durationNanos);
            }
        };
    }

    private void await(List<ConnectionWorker> workers, CountDownLatch done, long durationNanos) {
        try {
            boolean inTime = done.await(2 * durationNanos + STRAGGLER_NANOS_MAX, TimeUnit.NANOSECONDS);
            if (!inTime) {
                close(workers);
                throw new BenchException("target " + target.name() + " stopped answering in the middle of a round");
            }
        } catch (InterruptedException e) {
            close(workers);
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }

    private static void close(List<ConnectionWorker> workers) {
        for (var worker : workers) {
            worker.close();
        }
    }

    private static OptionalDouble difference(OptionalDouble before, OptionalDouble after) {
        return before.isPresent() && after.isPresent()
                ? OptionalDouble.of(after.getAsDouble() - before.getAsDouble())
                : OptionalDouble.empty();
    }

    private static Round summary(List<ConnectionWorker> workers, long nanos, OptionalDouble cpuSeconds) {
        var latency = ConnectionWorker.newHistogram();
        long succeeded = 0;
        long failed = 0;
        long unsent = 0;
        var failure = "";
        for (var worker : workers) {
            latency.add(worker.latency());
            succeeded += worker.succeeded();
            failed += worker.failed();
            unsent += worker.unsent();
            failure = worker.failure().isEmpty() ? failure : worker.failure();
        }
        return new Round(latency, succeeded, failed, unsent, nanos, cpuSeconds, failure);
    }
}
