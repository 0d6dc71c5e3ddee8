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
    static final int COLOURS = 6;

    private static final String STYLE = """
            svg { --page: #ffffff; --ink: #1f2328; --faint: #d0d7de; --soft: #59636e;
              --c0: #0b62c4; --c1: #b8500c; --c2: #1a7f37; --c3: #8239c9; --c4: #a1136b; --c5: #6a6000; }
            @media (prefers-color-scheme: dark) { svg { --page: #0d1117; --ink: #e6edf3; --faint: #30363d; --soft: #9198a1;
              --c0: #6cb0ff; --c1: #ff9b5e; --c2: #5fd17c; --c3: #c9a0ff; --c4: #ff86c8; --c5: #d9cc52; } }
            text { fill: var(--ink); font: 12px system-ui, sans-serif; }
            .title { font-size: 14px; font-weight: 600; }
            .axis { fill: var(--soft); font-size: 11px; }
            .page { fill: var(--page); }
            .grid { stroke: var(--faint); stroke-width: 1; }
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
        for (int i = 0; i < COLOURS; i++) {
            out.append(".s").append(i).append(" { stroke: var(--c").append(i).append("); }\n");
            out.append(".f").append(i).append(" { fill: var(--c").append(i).append("); }\n");
        }
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

    private static String panelTitle(Scenario scenario) {
        return switch (scenario.load()) {
            case Load.Closed _ -> scenario.title() + " (closed loop)";
            case Load.Open _ -> scenario.title() + " (open loop)";
        };
    }
}
