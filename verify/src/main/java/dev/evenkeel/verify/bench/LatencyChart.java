package dev.evenkeel.verify.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Latency over load as an SVG: a panel for each workload and kind of loop, p50 and p99 of each target, the load on a
 * linear axis from 0 and the latency on a logarithmic one. Colours follow the viewer's light or dark scheme.
 */
final class LatencyChart {
    private static final List<String> LIGHT = List.of("#0b62c4", "#b8500c", "#1a7f37", "#8239c9", "#a1136b", "#6a6000");
    private static final List<String> DARK = List.of("#6cb0ff", "#ff9b5e", "#5fd17c", "#c9a0ff", "#ff86c8", "#d9cc52");

    static final int COLOURS = LIGHT.size();

    private static final String STYLE = """
            text { font: 12px system-ui, sans-serif; }
            .title { font-size: 14px; font-weight: 600; }
            .axis { font-size: 11px; }
            .grid { stroke-width: 1; }
            .line { fill: none; stroke-width: 2; }
            .p50 { stroke-dasharray: 5 4; }
            """;

    private LatencyChart() {}

    static String render(List<ScenarioResult> results) {
        var panels = new LinkedHashMap<String, List<ScenarioResult>>();
        for (var result : results) {
            panels.computeIfAbsent(panelTitle(result.scenario()), _ -> new ArrayList<>())
                    .add(result);
        }
        int width = ChartPanel.WIDTH;
        int height = ChartPanel.HEIGHT * panels.size();
        var out = new StringBuilder();
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append(width)
                .append(' ')
                .append(height);
        out.append("\" width=\"").append(width).append("\" height=\"").append(height);
        out.append("\" role=\"img\" aria-label=\"latency over load\">\n<style>\n")
                .append(STYLE);
        colours(out, "#ffffff", "#1f2328", "#59636e", "#d0d7de", LIGHT);
        out.append("@media (prefers-color-scheme: dark) {\n");
        colours(out, "#0d1117", "#e6edf3", "#9198a1", "#30363d", DARK);
        out.append("}\n");
        out.append("</style>\n<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n");
        int index = 0;
        for (Map.Entry<String, List<ScenarioResult>> panel : panels.entrySet()) {
            out.append("<g transform=\"translate(0 ")
                    .append(index * ChartPanel.HEIGHT)
                    .append(")\">\n");
            new ChartPanel(panel.getKey(), panel.getValue()).render(out);
            out.append("</g>\n");
            index++;
        }
        return out.append("</svg>\n").toString();
    }

    /** Written out, not as CSS variables, which many programs besides browsers do not know. */
    private static void colours(
            StringBuilder out, String page, String ink, String soft, String faint, List<String> series) {
        out.append(".page { fill: ").append(page).append("; }\n");
        out.append("text { fill: ").append(ink).append("; }\n");
        out.append(".axis { fill: ").append(soft).append("; }\n");
        out.append(".grid { stroke: ").append(faint).append("; }\n");
        for (int i = 0; i < series.size(); i++) {
            out.append(".s")
                    .append(i)
                    .append(" { stroke: ")
                    .append(series.get(i))
                    .append("; }\n");
            out.append(".f").append(i).append(" { fill: ").append(series.get(i)).append("; }\n");
        }
    }

    private static String panelTitle(Scenario scenario) {
        return switch (scenario.load()) {
            case Load.Closed _ -> scenario.title() + " (closed loop)";
            case Load.Open _ -> scenario.title() + " (open loop)";
        };
    }
}
