package dev.evenkeel.verify.gameday;

import dev.evenkeel.verify.history.Finding;
import dev.evenkeel.verify.history.Operation;
import dev.evenkeel.verify.history.Outcome;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;

/** A day in Markdown: the verdict, what the checks found, what was done when, what clients saw of it. */
final class GameDayReport {
    /** One explanation shows what is wrong; a hundred hide it. */
    private static final int EXPLANATIONS_MAX = 5;

    private final GameDayResult result;
    private final String command;
    private final FaultTables faults;
    private final Markdown out = new Markdown();

    private GameDayReport(GameDayResult result, String command) {
        this.result = result;
        this.command = command;
        this.faults = new FaultTables(result.incidents(), result.calls());
    }

    /** @param command that does all this again */
    static String render(GameDayResult result, String command) {
        var report = new GameDayReport(result, command);
        report.verdict();
        report.plan();
        report.checks();
        report.faults.kinds(report.out);
        report.faults.events(report.out);
        report.leftOut();
        new AvailabilityTables(result.calls(), result.plan().length()).render(report.out);
        report.outcomes();
        report.explanations();
        return report.out.toString();
    }

    private void verdict() {
        out.line("# Game day, seed %d: %s", result.plan().seed(), result.isPassed() ? "passed" : "FAILED");
        out.line("");
        result.failures().forEach(failure -> out.line("- **Went wrong: %s**", Markdown.cell(failure)));
        result.findings().stream()
                .filter(finding -> !finding.isPassed())
                .forEach(finding -> out.line("- **Check failed: %s, %s**", finding.check(), verdict(finding)));
        long passed = result.findings().stream().filter(Finding::isPassed).count();
        out.line(
                "- %d of %d checks passed, on %,d operations; %d faults",
                passed,
                result.findings().size(),
                result.history().operations().size(),
                result.incidents().size());
        faults.longest(FaultTables.Felt::writePause).ifPresent(felt -> pause("writes", felt.writePause(), felt));
        faults.longest(FaultTables.Felt::readPause).ifPresent(felt -> pause("reads", felt.readPause(), felt));
        var total = Availability.total(result.calls());
        out.line(
                "- Answered: %.3f %% of the requests to read, %.3f %% of those to write; %d of %,d calls failed with all "
                        + "attempts",
                total.reads().percent(),
                total.writes().percent(),
                total.callsFailed(),
                result.calls().size());
    }

    private void pause(String what, long nanos, FaultTables.Felt felt) {
        out.line(
                "- Longest pause of %s: %.2f s, after %s at %.1f s",
                what,
                Markdown.seconds(nanos),
                felt.incident().what(),
                Markdown.seconds(felt.incident().injectedNanos()));
    }

    private void plan() {
        var load = result.plan().load();
        out.line("");
        out.line("Target: %s.", result.cluster());
        out.line(
                "Load: %d clients, at most %d calls a second, %d tables with %d contended keys each, for %d s. "
                        + "Times are seconds since it began.",
                load.workers(),
                load.callsPerSecond(),
                load.tables(),
                load.keysPerTable(),
                result.plan().length().toSeconds());
        out.line("Again: `%s`", command);
    }

    private void checks() {
        out.heading("Checks");
        out.table("| check | keys or groups | operations | verdict |", "|---|---:|---:|---|");
        for (var finding : result.findings()) {
            var verdict = finding.isPassed() ? "passed" : "**" + verdict(finding) + "**";
            out.line("| %s | %d | %d | %s |", finding.check(), finding.keys(), finding.operations(), verdict);
        }
    }

    private static String verdict(Finding finding) {
        return finding.violations().isEmpty()
                ? finding.undecided().size() + " undecided"
                : finding.violations().size() + " violated";
    }

    private void leftOut() {
        result.leftOut().forEach((kind, reason) -> {
            out.line("");
            out.line("Not done: %s, because %s.", kind.label(), reason);
        });
    }

    private void outcomes() {
        var counts = new TreeMap<String, Integer>();
        for (var operation : result.history().operations()) {
            why(operation).ifPresent(why -> counts.merge(why, 1, Integer::sum));
        }
        if (counts.isEmpty()) {
            return;
        }
        out.heading("What was not answered as asked");
        out.table("| what | times |", "|---|---:|");
        counts.forEach((why, times) -> out.line("| %s | %d |", Markdown.cell(why), times));
    }

    private static Optional<String> why(Operation operation) {
        var kind = operation.action().isRead() ? "read" : "write";
        return switch (operation.outcome()) {
            case Outcome.Done _, Outcome.ConditionFailed _ -> Optional.empty();
            case Outcome.Refused refused -> Optional.of(kind + " without effect: " + refused.why());
            case Outcome.Unknown unknown -> Optional.of(kind + " with unknown effect: " + unknown.why());
        };
    }

    private void explanations() {
        for (var finding : result.findings()) {
            explain("Violated: ", finding, finding.violations());
            explain("Undecided: ", finding, finding.undecided());
        }
    }

    private void explain(String what, Finding finding, Collection<String> texts) {
        if (texts.isEmpty()) {
            return;
        }
        out.heading(what + finding.check());
        out.line("```");
        texts.stream().limit(EXPLANATIONS_MAX).forEach(text -> out.line("%s", text));
        out.line("```");
        if (texts.size() > EXPLANATIONS_MAX) {
            out.line("And %d more.", texts.size() - EXPLANATIONS_MAX);
        }
    }
}
