package dev.evenkeel.verify.bench;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One panel of {@link LatencyChart}: axes, a legend, two curves for each target. */
final class ChartPanel {
    static final int WIDTH = 760;
    static final int HEIGHT = 320;

    private static final int LEFT = 64;
    private static final int RIGHT = WIDTH - 170;
    private static final int TOP = 44;
    private static final int BOTTOM = HEIGHT - 44;
    private static final int LOAD_TICKS = 5;
    private static final int LEGEND_STEP = 18;

    /** Latencies below a microsecond are noise, and 0 has no logarithm. */
    private static final double MILLIS_MIN = 0.001;

    private record Point(double load, double millis50, double millis99) {}

    private final String title;
    private final Map<String, List<Point>> pointsByTarget;
    private final double loadMax;
    private final int decadeMin;
    private final int decadeMax;

    ChartPanel(String title, List<ScenarioResult> results) {
        this.title = title;
        this.pointsByTarget = points(results);
        var all = pointsByTarget.values().stream().flatMap(List::stream).toList();
        this.loadMax = niceCeiling(all.stream().mapToDouble(Point::load).max().orElse(1));
        this.decadeMin = (int) Math.floor(
                Math.log10(all.stream().mapToDouble(Point::millis50).min().orElse(MILLIS_MIN)));
        this.decadeMax = Math.max(decadeMin + 1, (int) Math.ceil(
                Math.log10(all.stream().mapToDouble(Point::millis99).max().orElse(1))));
    }

    private static Map<String, List<Point>> points(List<ScenarioResult> results) {
        var points = new LinkedHashMap<String, List<Point>>();
        for (var name : results.getFirst().roundsByTarget().keySet()) {
            points.put(
                    name,
                    results.stream()
                            .map(result -> point(result, result.roundsByTarget().getOrDefault(name, List.of())))
                            .filter(point -> Double.isFinite(point.load))
                            .sorted(Comparator.comparingDouble(Point::load))
                            .toList());
        }
        return points;
    }

    private static Point point(ScenarioResult result, List<Round> rounds) {
        double load = switch (result.scenario().load()) {
            case Load.Closed _ -> Statistics.median(rounds, Round::throughput);
            case Load.Open open -> open.requestsPerSecond();
        };
        return new Point(
                load,
                Math.max(MILLIS_MIN, Statistics.median(rounds, round -> round.latencyMillis(50))),
                Math.max(MILLIS_MIN, Statistics.median(rounds, round -> round.latencyMillis(99))));
    }

    /** The next of 1, 2, 5, 10, 20, 50 … that is not below the value. */
    static double niceCeiling(double value) {
        double decade = Math.pow(10, Math.floor(Math.log10(Math.max(1, value))));
        for (double step : new double[] {1, 2, 5}) {
            if (value <= step * decade) {
                return step * decade;
            }
        }
        return 10 * decade;
    }

    void render(StringBuilder out) {
        Svg.text(out, LEFT, TOP - 20, "title", "start", title);
        loadAxis(out);
        latencyAxis(out);
        int series = 0;
        for (var entry : pointsByTarget.entrySet()) {
            int colour = series % Svg.COLOURS;
            Svg.curve(
                    out,
                    colour,
                    "p99",
                    entry.getValue().stream().map(p -> at(p.load, p.millis99)).toList());
            Svg.curve(
                    out,
                    colour,
                    "p50",
                    entry.getValue().stream().map(p -> at(p.load, p.millis50)).toList());
            legend(out, series, colour, entry.getKey());
            series++;
        }
    }

    private void loadAxis(StringBuilder out) {
        for (int i = 0; i <= LOAD_TICKS; i++) {
            double load = loadMax * i / LOAD_TICKS;
            Svg.line(out, "grid", x(load), TOP, x(load), BOTTOM);
            Svg.text(out, x(load), BOTTOM + 16, "axis", "middle", String.format(Locale.ROOT, "%,.0f", load));
        }
        Svg.text(out, (LEFT + RIGHT) / 2.0, BOTTOM + 34, "axis", "middle", "requests a second");
    }

    private void latencyAxis(StringBuilder out) {
        for (int decade = decadeMin; decade <= decadeMax; decade++) {
            double millis = Math.pow(10, decade);
            Svg.line(out, "grid", LEFT, y(millis), RIGHT, y(millis));
            Svg.text(out, LEFT - 6, y(millis) + 4, "axis", "end", label(millis));
        }
    }

    private static String label(double millis) {
        return millis < 1
                ? String.format(Locale.ROOT, "%.0f µs", millis * 1000)
                : String.format(Locale.ROOT, "%,.0f ms", millis);
    }

    private void legend(StringBuilder out, int series, int colour, String target) {
        double y = TOP + 8 + 2.0 * series * LEGEND_STEP;
        Svg.line(out, "line s" + colour, RIGHT + 14, y, RIGHT + 40, y);
        Svg.text(out, RIGHT + 46, y + 4, "", "start", target + " p99");
        Svg.line(out, "line p50 s" + colour, RIGHT + 14, y + LEGEND_STEP, RIGHT + 40, y + LEGEND_STEP);
        Svg.text(out, RIGHT + 46, y + LEGEND_STEP + 4, "", "start", target + " p50");
    }

    private double[] at(double load, double millis) {
        return new double[] {x(load), y(millis)};
    }

    private double x(double load) {
        return LEFT + (RIGHT - LEFT) * load / loadMax;
    }

    private double y(double millis) {
        return BOTTOM - (BOTTOM - TOP) * (Math.log10(millis) - decadeMin) / (decadeMax - decadeMin);
    }
}
