package dev.evenkeel.verify.bench;

import dev.evenkeel.model.Ticker;
import dev.evenkeel.server.Subcommand;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The subcommand {@code bench}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Drives DynamoDB endpoints with the load of the DynamoDB paper and compares them.",
            "The targets take turns round by round; figures are medians over rounds, ratios are to the first target. "
                    + "Requests carry a signature of the right form with no secret behind it, so this is for endpoints "
                    + "that accept any."
        })
public final class BenchCommand implements Subcommand {
    private static final double NANOS_PER_SECOND = 1e9;

    /** What each word of {@code --workload} means. */
    private static final String WORKLOADS =
            "put, get, query, batch-write, batch-get, transact-write, transact-get (of one item), transact-write-10, "
                    + "transact-get-10 (of ten items of a table), put-spread, get-spread, transact-write-spread, "
                    + "transact-get-spread (ten tables, an item of each), a (YCSB A), b (YCSB B)";

    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the real one in

    @Option(
            names = "--target",
            paramLabel = "NAME=URL",
            required = true,
            description = "An endpoint to drive; repeat to compare.")
    private List<String> targets = List.of();

    @Option(
            names = "--pid",
            paramLabel = "NAME=PID[,PID...]",
            description = "The server processes of a target, where there are several or none can be found by its port.")
    private Map<String, String> pids = Map.of();

    @Option(
            names = "--workload",
            split = ",",
            paramLabel = "W",
            description = "Any of " + WORKLOADS + ". Default: ${DEFAULT-VALUE}")
    private List<String> workloads = List.of("put", "get", "a", "b");

    @Option(
            names = "--keys",
            split = ",",
            paramLabel = "K",
            description = "uniform, zipfian or both. Default: ${DEFAULT-VALUE}")
    private List<String> keys = List.of("uniform");

    @Option(
            names = "--connections",
            split = ",",
            paramLabel = "N",
            description = "Closed loop at each of these; an open loop uses the largest. Default: ${DEFAULT-VALUE}")
    private List<Integer> connections = List.of(1, 16, 64);

    @Option(
            names = "--rate",
            split = ",",
            paramLabel = "R",
            description = "Open loop at each of these requests a second, instead of the closed loop.")
    private List<Double> rates = List.of();

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds of each scenario. Default: ${DEFAULT-VALUE}")
    private int rounds = 3;

    @Option(names = "--seconds", paramLabel = "S", description = "Length of a round. Default: ${DEFAULT-VALUE}")
    private double seconds = 10;

    @Option(
            names = "--warmup",
            paramLabel = "S",
            description = "Before each scenario, at each target. Default: ${DEFAULT-VALUE}")
    private double warmup = 5;

    @Option(
            names = "--items",
            paramLabel = "N",
            description = "Items of 900 bytes in the table. Default: ${DEFAULT-VALUE}")
    private long items = 10_000;

    @Option(names = "--consistent-reads", description = "Read strongly instead of eventually.")
    private boolean consistentReads;

    @Option(names = "--svg", paramLabel = "FILE", description = "Also draws latency over load.")
    private @Nullable Path svg;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of all chance, the tables' names apart. Default: ${DEFAULT-VALUE}")
    private long seed = 1;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        try {
            double loadBefore = loadAverage();
            var results = new Benchmark(plan(), Ticker.system(), ProcessTable.system(), err::println).run(tables());
            out.printf(
                    Locale.ROOT,
                    "%d processors; load average %.1f before, %.1f after; %d rounds of %.1f s; seed %d%n%n",
                    Runtime.getRuntime().availableProcessors(),
                    loadBefore,
                    loadAverage(),
                    rounds,
                    seconds,
                    seed);
            out.print(MarkdownReport.render(results));
            out.flush();
            if (svg != null) {
                Files.writeString(svg, LatencyChart.render(results));
            }
            return CommandLine.ExitCode.OK;
        } catch (BenchException e) {
            err.println("bench: " + e.getMessage());
        } catch (IOException e) {
            err.println("bench: cannot write " + svg + ": " + e.getMessage());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** Of the last minute: a machine that is busy with other things makes poor measurements, and the report shows it. */
    private static double loadAverage() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private Tables tables() {
        var suffix = Long.toString(RandomGenerator.getDefault().nextLong(Long.MAX_VALUE), Character.MAX_RADIX);
        return Tables.of(suffix, consistentReads);
    }

    private BenchPlan plan() {
        return new BenchPlan(
                targets.stream().map(Target::parse).toList(),
                processIds(),
                workloads.stream().map(Workload::named).toList(),
                keys.stream().map(BenchCommand::distribution).toList(),
                loads(),
                rounds,
                (long) (seconds * NANOS_PER_SECOND),
                (long) (warmup * NANOS_PER_SECOND),
                items,
                consistentReads,
                seed);
    }

    private Map<String, List<Long>> processIds() {
        var ids = new HashMap<String, List<Long>>();
        pids.forEach((target, list) -> ids.put(
                target,
                Stream.of(list.split(",", -1)).map(BenchCommand::processId).toList()));
        return ids;
    }

    private static Long processId(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new BenchException("--pid takes numbers, not '" + text + "'", e);
        }
    }

    private List<Load> loads() {
        var loads = new ArrayList<Load>();
        if (rates.isEmpty()) {
            connections.forEach(count -> loads.add(new Load.Closed(count)));
        } else {
            int most = connections.stream().mapToInt(Integer::intValue).max().orElse(1);
            rates.forEach(rate -> loads.add(new Load.Open(rate, most)));
        }
        return loads;
    }

    private static KeyDistribution distribution(String label) {
        try {
            return KeyDistribution.valueOf(label.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new BenchException("--keys is uniform or zipfian, not '" + label + "'", e);
        }
    }
}
