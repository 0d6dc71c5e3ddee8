package dev.evenkeel.verify.gameday;

import dev.evenkeel.model.Ticker;
import dev.evenkeel.verify.history.Finding;
import dev.evenkeel.verify.history.History;
import dev.evenkeel.verify.history.HistoryChecks;
import dev.evenkeel.verify.history.Operation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Runs one day: load and faults side by side, then the audit and the checks. */
final class GameDay {
    /** Long enough for an election, a start and a leader's lease on a busy machine; longer is a failure. */
    private static final Duration RECOVERY_MAX = Duration.ofSeconds(60);

    /** A node that has stopped reporting is believed for a while; only what is told for longer than that counts. */
    private static final Duration STEADY = Duration.ofSeconds(4);

    private static final Duration ASK_AGAIN = Duration.ofMillis(200);

    private final ClusterUnderTest cluster;
    private final GameDayPlan plan;
    private final Consumer<String> progress;
    private final DayClock clock;
    private final List<String> tables;
    private final List<Incident> incidents = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final SortedMap<FaultKind, String> leftOut = new TreeMap<>();

    /**
     * @param cluster runs already
     * @param progress is told what happens as it happens
     */
    GameDay(ClusterUnderTest cluster, GameDayPlan plan, Ticker ticker, Consumer<String> progress) {
        this.cluster = cluster;
        this.plan = plan;
        this.progress = progress;
        clock = new DayClock(ticker);
        tables = plan.load().tableNames();
    }

    GameDayResult run() throws IOException, InterruptedException {
        var random = new SplittableRandom(plan.seed());
        var possible = possibleFaults();
        var auditor = new Auditor(cluster.nodes().getFirst(), clock);
        auditor.createTables(tables);
        try (var load = Load.begin(plan.load(), random.split(), clock, cluster.nodes())) {
            try {
                runFaults(possible, random, load);
            } catch (GameDayException e) {
                fail(e.getMessage());
            }
            load.stop();
            failures.addAll(load.failures());
            var operations = new ArrayList<>(load.operations());
            operations.addAll(audit(auditor, operations));
            return result(load.calls(), new History(operations));
        }
    }

    private List<FaultKind> possibleFaults() throws InterruptedException {
        var possible = new ArrayList<FaultKind>();
        for (var kind : plan.faults()) {
            var reason = kind.impossible(cluster);
            if (reason.isEmpty()) {
                possible.add(kind);
            } else {
                leftOut.put(kind, reason.get());
                progress.accept("left out: " + kind.label() + ": " + reason.get());
            }
        }
        return possible;
    }

    private void runFaults(List<FaultKind> possible, SplittableRandom random, Load load)
            throws IOException, InterruptedException {
        var schedule = new Schedule(cluster, possible, plan.rhythm(), random);
        long end = clock.nanos() + plan.length().toNanos();
        while (true) {
            var turn = schedule.next();
            if (clock.nanos() + turn.calm().plus(turn.lasts()).toNanos() > end) {
                clock.passUntil(end);
                return;
            }
            clock.pass(turn.calm());
            runFault(turn, load);
        }
    }

    private void runFault(Schedule.Turn turn, Load load) throws IOException, InterruptedException {
        var fault = turn.fault();
        tell(fault.describe() + " for " + turn.lasts().toMillis() + " ms");
        long injected = clock.nanos();
        fault.inject();
        clock.pass(turn.lasts());
        var remark = fault.heal();
        long healed = clock.nanos();
        boolean isWell = awaitWrites(load, healed);
        long recovered = clock.nanos();
        var missing = isWell ? awaitRedundancy() : new TreeMap<String, String>();
        long steady = missing.isEmpty() ? STEADY.toNanos() : 0;
        long whole = Math.max(recovered, clock.nanos() - steady);
        incidents.add(new Incident(turn.kind(), fault.describe(), injected, healed, recovered, whole, remark));
        if (!isWell) {
            throw new GameDayException("not well " + RECOVERY_MAX.toSeconds() + " s after " + fault.describe()
                    + "; answering: "
                    + cluster.nodes().stream().filter(cluster::isReady).toList());
        }
        if (missing.isEmpty()) {
            tell("well again" + (remark.isEmpty() ? "" : " (" + remark + ")"));
        } else {
            fail("not whole by itself " + RECOVERY_MAX.toSeconds() + " s after " + fault.describe() + ": " + missing);
            restart(missing.keySet());
        }
    }

    private boolean awaitWrites(Load load, long healed) throws InterruptedException {
        return clock.await(
                () -> load.pulse().allWroteSince(tables, healed)
                        && cluster.nodes().stream().allMatch(cluster::isReady),
                RECOVERY_MAX);
    }

    /** The next fault may take any node, so all must take part again, and go on to; returns what does not. */
    private SortedMap<String, String> awaitRedundancy() throws InterruptedException {
        var redundancy = new Redundancy(cluster);
        var missing = new TreeMap<String, String>();
        if (cluster.nodes().size() == 1) {
            return missing;
        }
        long deadline = clock.nanos() + RECOVERY_MAX.toNanos();
        long wholeSince = clock.nanos();
        while (clock.nanos() < deadline && clock.nanos() - wholeSince < STEADY.toNanos()) {
            clock.pass(ASK_AGAIN);
            missing.clear();
            missing.putAll(redundancy.missing());
            if (!missing.isEmpty()) {
                wholeSince = clock.nanos();
            }
        }
        return missing;
    }

    /** As an operator would, so that the day can go on and show what else there is to see. */
    private void restart(Set<String> nodes) throws IOException, InterruptedException {
        for (var node : cluster.nodes()) {
            if (nodes.contains(node.id())) {
                cluster.kill(node);
                cluster.start(node);
            }
        }
        var missing = awaitRedundancy();
        if (!missing.isEmpty()) {
            throw new GameDayException("not whole after restarts either: " + missing);
        }
    }

    private List<Operation> audit(Auditor auditor, List<Operation> operations) throws InterruptedException {
        tell("reading everything");
        try {
            return auditor.readAll(tables, operations);
        } catch (GameDayException e) {
            fail(e.getMessage());
            return List.of();
        }
    }

    private GameDayResult result(List<Call> calls, History history) throws InterruptedException {
        tell("checking " + history.operations().size() + " operations");
        var findings = new ArrayList<Finding>(HistoryChecks.run(history));
        new ReplicaCheck(cluster, clock).run().ifPresent(findings::add);
        return new GameDayResult(plan, cluster.description(), leftOut, incidents, calls, history, findings, failures);
    }

    private void fail(String why) {
        failures.add(why);
        tell("FAILED: " + why);
    }

    private void tell(String what) {
        progress.accept("%7.1f s  %s"
                .formatted(clock.nanos() / (double) Duration.ofSeconds(1).toNanos(), what));
    }
}
