package dev.evenkeel.verify.gameday;

import dev.evenkeel.model.Ticker;
import dev.evenkeel.server.Subcommand;
import dev.evenkeel.storage.DurableFiles;
import dev.evenkeel.verify.history.Finding;
import dev.evenkeel.verify.history.HistoryChecks;
import dev.evenkeel.verify.history.HistoryFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The subcommand {@code gameday}. */
@Command(
        name = "gameday",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Starts a cluster on this machine, does bad things to it while clients work, and checks everything they saw: "
                    + "that each key is linearizable, that no acknowledged write is lost, that replicas hold the same.",
            "A fault takes any node, or zone, or link, one at a time. The exit code is 0 only when every check passed."
        })
public final class GameDayCommand implements Subcommand {
    private static final double SECONDS_PER_MINUTE = 60;
    private static final double MILLIS_PER_SECOND = 1000;

    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the real one in

    @Option(names = "--seed", paramLabel = "N", description = "Of all choices. Default: ${DEFAULT-VALUE}")
    private long seed = 1;

    @Option(names = "--minutes", paramLabel = "M", description = "Length. Default: ${DEFAULT-VALUE}")
    private double minutes = 10;

    @Option(
            names = "--zones",
            paramLabel = "N",
            description = "3 for a cluster, 1 for one process of 'evenkeel dev'. Default: ${DEFAULT-VALUE}")
    private int zones = 3;

    @Option(names = "--nodes-per-zone", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}")
    private int nodesPerZone = 1;

    @Option(names = "--groups", paramLabel = "N", description = "Replication groups. Default: ${DEFAULT-VALUE}")
    private int groups = 2;

    @Option(
            names = "--faults",
            split = ",",
            paramLabel = "F",
            completionCandidates = Labels.class,
            description = "Any of ${COMPLETION-CANDIDATES}. Default: all; those that are impossible here are named.")
    private List<String> faults =
            Stream.of(FaultKind.values()).map(FaultKind::label).toList();

    /** What picocli names. */
    static final class Labels implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(FaultKind.values()).map(FaultKind::label).iterator();
        }
    }

    @Option(
            names = "--calls",
            paramLabel = "R",
            description = "Calls a second of all clients, at most. Default: ${DEFAULT-VALUE}")
    private int callsPerSecond = LoadPlan.usual(1).callsPerSecond();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Where to write the report. Default: ${DEFAULT-VALUE}")
    private Path report = Path.of("gameday.md");

    @Option(
            names = "--history",
            paramLabel = "FILE",
            description = "Where to keep what clients saw when a check fails. Default: ${DEFAULT-VALUE}")
    private Path history = Path.of("gameday.history");

    @Option(names = "--check", paramLabel = "FILE", description = "Start nothing; check a history that was kept.")
    private @Nullable Path kept;

    @Override
    public Integer call() throws InterruptedException {
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        try {
            boolean isPassed = kept == null ? runDay(out) : check(kept, out);
            return isPassed ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } catch (GameDayException | IOException e) {
            err.println("gameday: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private boolean runDay(PrintWriter out) throws IOException, InterruptedException {
        var plan = new GameDayPlan(
                seed,
                Duration.ofMillis((long) (minutes * SECONDS_PER_MINUTE * MILLIS_PER_SECOND)),
                loadPlan(),
                faults.stream().map(FaultKind::named).toList(),
                Rhythm.USUAL);
        var root = Files.createTempDirectory("evenkeel-gameday");
        GameDayResult result;
        try (var cluster = Clusters.start(root, zones, nodesPerZone, groups, plan.faults());
                var _ = OnInterrupt.close(cluster)) {
            result = new GameDay(cluster, plan, Ticker.system(), line -> print(out, line)).run();
            Files.writeString(report, GameDayReport.render(result, command()));
            if (!result.isPassed()) {
                HistoryFile.write(history, result.history());
                keepComplaints(cluster, root);
            }
        }
        conclude(out, result, root);
        return result.isPassed();
    }

    private LoadPlan loadPlan() {
        var usual = LoadPlan.usual(zones == 1 ? 1 : groups);
        return new LoadPlan(
                usual.workers(), callsPerSecond, usual.tables(), usual.keysPerTable(), usual.operationsPerKey());
    }

    private static void print(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }

    private static void keepComplaints(ClusterUnderTest cluster, Path root) throws IOException {
        for (var node : cluster.nodes()) {
            Files.writeString(root.resolve(node.id() + ".err"), cluster.complaints(node));
        }
    }

    private void conclude(PrintWriter out, GameDayResult result, Path root) throws IOException {
        if (result.isPassed()) {
            DurableFiles.deleteTree(root);
            out.println("passed; the report is in " + report);
        } else {
            out.println("FAILED; the report is in " + report + ", the history in " + history + ", the data in " + root);
            out.println("check it again: evenkeel gameday --check " + history);
        }
        out.flush();
    }

    private String command() {
        return String.format(
                Locale.ROOT,
                "evenkeel gameday --seed %d --minutes %s --zones %d --nodes-per-zone %d --groups %d --calls %d --faults %s",
                seed,
                minutes,
                zones,
                nodesPerZone,
                groups,
                callsPerSecond,
                String.join(",", faults));
    }

    private static boolean check(Path file, PrintWriter out) throws IOException {
        var findings = HistoryChecks.run(HistoryFile.read(file));
        for (var finding : findings) {
            out.println(finding.check() + ": " + (finding.isPassed() ? "passed" : "FAILED"));
            finding.violations().forEach(out::println);
            finding.undecided().forEach(out::println);
        }
        out.flush();
        return findings.stream().allMatch(Finding::isPassed);
    }
}
