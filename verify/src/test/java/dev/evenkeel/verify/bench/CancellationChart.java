package dev.evenkeel.verify.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Cancelled requests over load as an SVG: a curve for each workload, both axes linear and from 0. */
final class CancellationChart {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 320;
    private static final int LEFT = 64;
    private static final int RIGHT = WIDTH - 170;
    private static final int TOP = 44;
    private static final int BOTTOM = HEIGHT - 44;
    private static final int TICKS = 5;

    private final double loadMax;
    private final double percentMax;

    /** @param percent of the requests that were cancelled */
    record Point(double load, double percent) {}

    private CancellationChart(List<Point> points) {
        this.loadMax = ChartPanel.niceCeiling(
                points.stream().mapToDouble(Point::load).max().orElse(1));
        this.percentMax = ChartPanel.niceCeiling(
                points.stream().mapToDouble(Point::percent).max().orElse(1));
    }

    static String render(Map<String, List<Point>> pointsByWorkload) {
        var chart = new CancellationChart(
                pointsByWorkload.values().stream().flatMap(List::stream).toList());
        var out = new StringBuilder();
        chart.axes(out);
        int series = 0;
        for (var workload : pointsByWorkload.entrySet()) {
            chart.curve(out, series, workload.getKey(), workload.getValue());
            series++;
        }
        return Svg.page(WIDTH, HEIGHT, "cancelled requests over load", out.toString());
    }

    private void axes(StringBuilder out) {
        Svg.text(out, LEFT, TOP - 20, "title", "start", "Requests cancelled by conflicts");
        for (int i = 0; i <= TICKS; i++) {
            double load = loadMax * i / TICKS;
            Svg.line(out, "grid", x(load), TOP, x(load), BOTTOM);
            Svg.text(out, x(load), BOTTOM + 16, "axis", "middle", String.format(Locale.ROOT, "%,.0f", load));
            double percent = percentMax * i / TICKS;
            Svg.line(out, "grid", LEFT, y(percent), RIGHT, y(percent));
            Svg.text(out, LEFT - 6, y(percent) + 4, "axis", "end", String.format(Locale.ROOT, "%.1f %%", percent));
        }
        Svg.text(out, (LEFT + RIGHT) / 2.0, BOTTOM + 34, "axis", "middle", "requests a second");
    }

    private void curve(StringBuilder out, int series, String workload, List<Point> points) {
        int colour = series % Svg.COLOURS;
        Svg.curve(
                out,
                colour,
                "",
                points.stream()
                        .map(point -> new double[] {x(point.load), y(point.percent)})
                        .toList());
        double y = TOP + 8 + 18.0 * series;
        Svg.line(out, "line s" + colour, RIGHT + 14, y, RIGHT + 40, y);
        Svg.text(out, RIGHT + 46, y + 4, "", "start", "workload " + workload);
    }

    private double x(double load) {
        return LEFT + (RIGHT - LEFT) * load / loadMax;
    }

    private double y(double percent) {
        return BOTTOM - (BOTTOM - TOP) * percent / percentMax;
    }
}
