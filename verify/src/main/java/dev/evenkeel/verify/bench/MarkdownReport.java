package dev.evenkeel.verify.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The tables that {@code evenkeel bench} prints: a section for each workload, a line for each load and target. */
final class MarkdownReport {
    private static final double P50 = 50;
    private static final double P99 = 99;
    private static final double P999 = 99.9;

    private static final List<String> COLUMNS = List.of(
            "load",
            "target",
            "ops/s",
            "p50 ms",
            "p99 ms",
            "p99.9 ms",
            "CPU s/10k",
            "errors",
            "ops/s ratio",
            "p99 ratio",
            "CPU ratio");

    private MarkdownReport() {}

    static String render(List<ScenarioResult> results) {
        var out = new StringBuilder();
        var title = "";
        for (var result : results) {
            if (!result.scenario().title().equals(title)) {
                title = result.scenario().title();
                heading(out, title);
            }
            result.roundsByTarget().forEach((target, rounds) -> line(out, result, target, rounds));
        }
        return out.toString();
    }

    private static void heading(StringBuilder out, String title) {
        if (!out.isEmpty()) {
            out.append('\n');
        }
        out.append("### ").append(title).append("\n\n| ");
        out.append(String.join(" | ", COLUMNS))
                .append(" |\n|---|---|")
                .repeat("---:|", COLUMNS.size() - 2)
                .append('\n');
    }

    private static void line(StringBuilder out, ScenarioResult result, String target, List<Round> rounds) {
        ToDoubleFunction<Round> p99 = round -> round.latencyMillis(P99);
        var base = result.base();
        out.append("| ").append(result.scenario().load().label()).append(" | ").append(target.replace("|", "\\|"));
        cell(out, "%,.0f", Statistics.median(rounds, Round::throughput));
        cell(out, "%.3f", Statistics.median(rounds, round -> round.latencyMillis(P50)));
        cell(out, "%.3f", Statistics.median(rounds, p99));
        cell(out, "%.3f", Statistics.median(rounds, round -> round.latencyMillis(P999)));
        cell(out, "%.2f", Statistics.median(rounds, Round::cpuSecondsPer10k));
        cell(
                out,
                "%.0f",
                rounds.stream()
                        .mapToLong(round -> round.failed() + round.unsent())
                        .sum());
        cell(out, "%.2f×", Statistics.medianRatio(rounds, base, Round::throughput));
        cell(out, "%.2f×", Statistics.medianRatio(rounds, base, p99));
        cell(out, "%.2f×", Statistics.medianRatio(rounds, base, Round::cpuSecondsPer10k));
        out.append(" |\n");
    }

    private static void cell(StringBuilder out, String format, double value) {
        out.append(" | ").append(Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "n/a");
    }
}
