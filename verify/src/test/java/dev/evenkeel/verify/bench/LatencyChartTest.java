package dev.evenkeel.verify.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

final class LatencyChartTest {
    private static final List<ScenarioResult> RESULTS = List.of(
            Rounds.result(
                    new Scenario(Workload.GET, KeyDistribution.UNIFORM, new Load.Closed(1)),
                    List.of(Rounds.of(2000, 1)),
                    List.of(Rounds.of(400, 30))),
            Rounds.result(
                    new Scenario(Workload.GET, KeyDistribution.UNIFORM, new Load.Closed(16)),
                    List.of(Rounds.of(9000, 2)),
                    List.of(Rounds.of(900, 300))),
            Rounds.result(
                    new Scenario(Workload.GET, KeyDistribution.UNIFORM, new Load.Open(700, 64)),
                    List.of(Rounds.of(700, 1)),
                    List.of(Rounds.of(300, 5000))));

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static List<Element> all(Document svg, String tag) {
        var nodes = svg.getElementsByTagName(tag);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    @Test
    void isWellFormedWithAPanelForEachWorkloadAndLoop() throws Exception {
        var svg = parse(LatencyChart.render(RESULTS));
        assertThat(all(svg, "g")).hasSize(2);
        assertThat(all(svg, "polyline")).hasSize(2 * 2 * 2); // panels, targets, percentiles
        assertThat(all(svg, "text"))
                .extracting(Element::getTextContent)
                .contains("GetItem of one 900-byte item, uniform keys (closed loop)", "other <&> p99", "evenkeel p50");
    }

    @Test
    void pointsStayInsideTheirPanel() throws Exception {
        var svg = parse(LatencyChart.render(RESULTS));
        assertThat(all(svg, "circle")).hasSize(12).allSatisfy(circle -> {
            assertThat(Double.parseDouble(circle.getAttribute("cx"))).isBetween(0.0, (double) ChartPanel.WIDTH);
            assertThat(Double.parseDouble(circle.getAttribute("cy"))).isBetween(0.0, (double) ChartPanel.HEIGHT);
        });
    }

    @Test
    void tenTimesTheLatencyIsTheSameStepEverywhere() throws Exception {
        var svg = parse(LatencyChart.render(List.of(
                Rounds.result(
                        new Scenario(Workload.PUT, KeyDistribution.UNIFORM, new Load.Closed(1)),
                        List.of(Rounds.of(100, 1)),
                        List.of(Rounds.of(100, 1))),
                Rounds.result(
                        new Scenario(Workload.PUT, KeyDistribution.UNIFORM, new Load.Closed(2)),
                        List.of(Rounds.of(200, 10)),
                        List.of(Rounds.of(200, 10))),
                Rounds.result(
                        new Scenario(Workload.PUT, KeyDistribution.UNIFORM, new Load.Closed(3)),
                        List.of(Rounds.of(300, 100)),
                        List.of(Rounds.of(300, 100))))));
        var heights = all(svg, "circle").stream()
                .limit(3)
                .map(circle -> Double.parseDouble(circle.getAttribute("cy")))
                .toList();
        assertThat(heights.get(0) - heights.get(1)).isCloseTo(heights.get(1) - heights.get(2), within(0.2));
    }

    @Test
    void readsInLightAndDark() {
        assertThat(LatencyChart.render(RESULTS)).contains("prefers-color-scheme: dark");
    }

    @Test
    void axisEndsAtARoundNumber() {
        assertThat(ChartPanel.niceCeiling(1)).isEqualTo(1);
        assertThat(ChartPanel.niceCeiling(1.1)).isEqualTo(2);
        assertThat(ChartPanel.niceCeiling(4300)).isEqualTo(5000);
        assertThat(ChartPanel.niceCeiling(5001)).isEqualTo(10_000);
        assertThat(ChartPanel.niceCeiling(0)).isEqualTo(1);
    }
}
