package dev.evenkeel.verify.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Everything one run does.
 *
 * @param pids process ids by target name, where the user gave them
 * @param durationNanos of one round
 * @param warmupNanos before the first round of each scenario, at each target
 */
record BenchPlan(
        List<Target> targets,
        Map<String, List<Long>> pids,
        List<Workload> workloads,
        List<KeyDistribution> keys,
        List<Load> loads,
        int rounds,
        long durationNanos,
        long warmupNanos,
        long items,
        boolean consistentReads,
        long seed) {
    BenchPlan {
        targets = List.copyOf(targets);
        pids = Map.copyOf(pids);
        workloads = List.copyOf(workloads);
        keys = List.copyOf(keys);
        loads = List.copyOf(loads);
        demand(!targets.isEmpty(), "no --target");
        demand(targets.stream().map(Target::name).distinct().count() == targets.size(), "two targets of one name");
        demand(rounds >= 1, "--rounds must be at least 1");
        demand(durationNanos > 0, "--seconds must be above 0");
        demand(warmupNanos >= 0, "--warmup must not be negative");
        demand(items >= 10L * Requests.BATCH_ITEMS, "--items must be at least " + 10 * Requests.BATCH_ITEMS);
        demand(loads.stream().allMatch(load -> load.connections() >= 1), "--connections must be at least 1");
        for (var name : pids.keySet()) {
            demand(targets.stream().anyMatch(target -> target.name().equals(name)), "--pid names no target: " + name);
        }
    }

    private static void demand(boolean condition, String complaint) {
        if (!condition) {
            throw new BenchException(complaint);
        }
    }

    List<Scenario> scenarios() {
        var scenarios = new ArrayList<Scenario>();
        for (var workload : workloads) {
            for (var distribution : keys) {
                loads.forEach(load -> scenarios.add(new Scenario(workload, distribution, load)));
            }
        }
        return scenarios;
    }

    /** Those that the workloads need. */
    List<String> tableNames(Tables tables) {
        var names = new ArrayList<>(List.of(tables.items()));
        if (workloads.stream().anyMatch(Workload::needsCollections)) {
            names.add(tables.collections());
        }
        if (workloads.stream().anyMatch(Workload::needsSpread)) {
            names.addAll(tables.spread());
        }
        return names;
    }
}
