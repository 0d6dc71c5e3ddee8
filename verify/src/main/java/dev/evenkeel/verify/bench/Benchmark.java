package dev.evenkeel.verify.bench;

import dev.evenkeel.model.Ticker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Runs a plan. The targets take turns within each round, and every other round in reverse order, so that a drift of the
 * machine, and whatever the turn before leaves behind, falls on all alike.
 */
final class Benchmark {
    private final BenchPlan plan;
    private final Ticker ticker;
    private final ProcessTable processes;
    private final Consumer<String> progress;

    /** @param progress is told what is going on, line by line */
    Benchmark(BenchPlan plan, Ticker ticker, ProcessTable processes, Consumer<String> progress) {
        this.plan = plan;
        this.ticker = ticker;
        this.processes = processes;
        this.progress = progress;
    }

    /** @throws BenchException when a target does not answer or cannot be set up */
    List<ScenarioResult> run(Tables tables) {
        var open = new CopyOnWriteArrayList<TargetTables>();
        var interrupt = Thread.ofPlatform().unstarted(() -> open.forEach(TargetTables::close));
        Runtime.getRuntime().addShutdownHook(interrupt);
        try {
            var generators = new ArrayList<LoadGenerator>();
            for (var target : plan.targets()) {
                generators.add(prepare(target, tables, open));
            }
            var results = new ArrayList<ScenarioResult>();
            for (var scenario : plan.scenarios()) {
                results.add(run(scenario, generators));
            }
            return results;
        } finally {
            open.forEach(TargetTables::close);
            removeHook(interrupt);
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the machine is shutting down, and the hook with it
        }
    }

    private LoadGenerator prepare(Target target, Tables tables, List<TargetTables> open) {
        var requests = new Requests(target, ticker.now(), plan.seed());
        var created = TargetTables.create(target, requests, tables, plan.tableNames(tables), ticker, progress);
        open.add(created);
        var cpu = ServerCpu.of(target, plan.pids(), processes);
        progress.accept(target.name() + ": loading " + plan.items() + " items; server processes "
                + (cpu.pids().isEmpty() ? "unknown" : cpu.pids()));
        created.load(plan.items());
        return new LoadGenerator(target, requests, tables, plan.items(), cpu, ticker);
    }

    private ScenarioResult run(Scenario scenario, List<LoadGenerator> generators) {
        var seeds = new SplittableRandom(plan.seed());
        if (plan.warmupNanos() > 0) {
            generators.forEach(generator -> generator.run(scenario, plan.warmupNanos(), seeds.nextLong()));
        }
        Map<String, List<Round>> rounds = new LinkedHashMap<>();
        generators.forEach(generator -> rounds.put(generator.target().name(), new ArrayList<>()));
        for (int i = 0; i < plan.rounds(); i++) {
            long seed = seeds.nextLong(); // the same at every target: all get the same keys
            for (var generator : i % 2 == 0 ? generators : generators.reversed()) {
                var round = generator.run(scenario, plan.durationNanos(), seed);
                rounds.getOrDefault(generator.target().name(), List.of()).add(round);
                tell(scenario, generator.target(), round);
            }
        }
        return new ScenarioResult(scenario, rounds);
    }

    private void tell(Scenario scenario, Target target, Round round) {
        progress.accept(String.format(
                "%s, %s: %,.0f ops/s, p99 %.3f ms%s",
                scenario,
                target.name(),
                round.throughput(),
                round.latencyMillis(99),
                round.failure().isEmpty() ? "" : "; " + round.failed() + " failed, such as: " + round.failure()));
    }
}
