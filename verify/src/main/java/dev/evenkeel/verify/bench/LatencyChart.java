package dev.evenkeel.verify.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Latency over load as an SVG: a panel for each workload and kind of loop, p50 and p99 of each target, the load on a
 * linear axis from 0 and the latency on a logarithmic one.
 */
final class LatencyChart {
    private LatencyChart() {}

    static String render(List<ScenarioResult> results) {
        var panels = new LinkedHashMap<String, List<ScenarioResult>>();
        for (var result : results) {
            panels.computeIfAbsent(panelTitle(result.scenario()), _ -> new ArrayList<>())
                    .add(result);
        }
        var out = new StringBuilder();
        int index = 0;
        for (Map.Entry<String, List<ScenarioResult>> panel : panels.entrySet()) {
            out.append("<g transform=\"translate(0 ")
                    .append(index * ChartPanel.HEIGHT)
                    .append(")\">\n");
            new ChartPanel(panel.getKey(), panel.getValue()).render(out);
            out.append("</g>\n");
            index++;
        }
        return Svg.page(ChartPanel.WIDTH, ChartPanel.HEIGHT * panels.size(), "latency over load", out.toString());
    }

    private static String panelTitle(Scenario scenario) {
        return switch (scenario.load()) {
            case Load.Closed _ -> scenario.title() + " (closed loop)";
            case Load.Open _ -> scenario.title() + " (open loop)";
        };
    }
}
