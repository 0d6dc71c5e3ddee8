package dev.evenkeel.verify.gameday;

import dev.evenkeel.verify.history.Finding;
import dev.evenkeel.verify.history.Operation;
import dev.evenkeel.verify.history.Outcome;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/** A day in Markdown: what was done when, what clients saw of it, what the checks found. */
final class GameDayReport {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;

    /** One explanation shows what is wrong; a hundred hide it. */
    private static final int EXPLANATIONS_MAX = 5;

    private final GameDayResult result;
    private final String command;
    private final StringBuilder out = new StringBuilder();

    private GameDayReport(GameDayResult result, String command) {
        this.result = result;
        this.command = command;
    }

    /** @param command that does all this again */
    static String render(GameDayResult result, String command) {
        var report = new GameDayReport(result, command);
        report.head();
        report.checks();
        report.faults();
        report.availability();
        report.outcomes();
        report.explanations();
        return report.out.toString();
    }

    private void head() {
        var load = result.plan().load();
        line("# Game day, seed %d: %s", result.plan().seed(), result.isPassed() ? "passed" : "FAILED");
        line("");
        line("- Target: %s", result.cluster());
        line(
                "- Load: %d clients, at most %d calls a second, %d tables with %d contended keys each",
                load.workers(), load.callsPerSecond(), load.tables(), load.keysPerTable());
        line(
                "- Length: %s; times are seconds since it began",
                text(result.plan().length()));
        line("- Again: `%s`", command);
        for (var failure : result.failures()) {
            line("- **Went wrong: %s**", failure.strip().replace("\n", " / "));
        }
    }

    private static String text(Duration length) {
        return length.toSeconds() + " s";
    }

    private void checks() {
        heading("Checks", "| check | keys or groups | operations | verdict |", "|---|---:|---:|---|");
        for (var finding : result.findings()) {
            line("| %s | %d | %d | %s |", finding.check(), finding.keys(), finding.operations(), verdict(finding));
        }
    }

    private static String verdict(Finding finding) {
        if (!finding.violations().isEmpty()) {
            return "**%d violated**".formatted(finding.violations().size());
        }
        return finding.undecided().isEmpty()
                ? "passed"
                : "**%d undecided**".formatted(finding.undecided().size());
    }

    private void faults() {
        heading(
                "Faults",
                "| at s | what | lasted s | well again after s | whole again after s | longest pause of writes ms "
                        + "| of reads ms | remark |",
                "|---:|---|---:|---:|---:|---:|---:|---|");
        var pauses = new Pauses(result.calls());
        long end = lastMoment(result.calls());
        for (int i = 0; i < result.incidents().size(); i++) {
            var incident = result.incidents().get(i);
            long next = i + 1 < result.incidents().size()
                    ? result.incidents().get(i + 1).injectedNanos()
                    : end;
            line(
                    "| %.1f | %s | %.1f | %.1f | %.1f | %.0f | %.0f | %s |",
                    incident.injectedNanos() / NANOS_PER_SECOND,
                    incident.what(),
                    (incident.healedNanos() - incident.injectedNanos()) / NANOS_PER_SECOND,
                    (incident.recoveredNanos() - incident.healedNanos()) / NANOS_PER_SECOND,
                    (incident.wholeNanos() - incident.healedNanos()) / NANOS_PER_SECOND,
                    pauses.longestNanos(true, incident.injectedNanos(), next) / NANOS_PER_MILLI,
                    pauses.longestNanos(false, incident.injectedNanos(), next) / NANOS_PER_MILLI,
                    incident.remark());
        }
        result.leftOut().forEach((kind, reason) -> line("%nNot done: %s, because %s.", kind.label(), reason));
    }

    private static long lastMoment(Collection<Call> calls) {
        return calls.stream().mapToLong(Call::endedNanos).max().orElse(0);
    }

    private void availability() {
        var window = Availability.window(result.plan().length());
        heading(
                "Availability in windows of " + text(window) + ", as clients saw it",
                "| from s | reads | of | writes | of | calls that failed with all attempts |",
                "|---:|---:|---:|---:|---:|---:|");
        for (var part : Availability.windows(result.calls(), window)) {
            share("%.0f".formatted(part.fromNanos() / NANOS_PER_SECOND), part);
        }
        share("all", Availability.total(result.calls()));
    }

    private void share(String from, Availability.Window window) {
        line(
                "| %s | %.3f %% | %d | %.3f %% | %d | %d |",
                from,
                window.reads().percent(),
                window.reads().total(),
                window.writes().percent(),
                window.writes().total(),
                window.callsFailed());
    }

    private void outcomes() {
        var counts = new TreeMap<String, Integer>();
        for (var operation : result.history().operations()) {
            why(operation).ifPresent(why -> counts.merge(why, 1, Integer::sum));
        }
        if (counts.isEmpty()) {
            return;
        }
        heading("What was not answered as asked", "| what | times |", "|---|---:|");
        counts.forEach((why, times) -> line("| %s | %d |", why.replace("|", "\\|"), times));
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
        line("%n## %s%s%n", what, finding.check());
        line("```");
        texts.stream().limit(EXPLANATIONS_MAX).forEach(text -> line("%s", text));
        line("```");
        if (texts.size() > EXPLANATIONS_MAX) {
            line("And %d more.", texts.size() - EXPLANATIONS_MAX);
        }
    }

    private void heading(String title, String columns, String rule) {
        line("%n## %s%n", title);
        line("%s", columns);
        line("%s", rule);
    }

    private void line(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
