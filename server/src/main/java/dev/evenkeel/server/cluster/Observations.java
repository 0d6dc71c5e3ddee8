package dev.evenkeel.server.cluster;

import dev.evenkeel.model.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The latest report of each node, and how old it is. For any thread. */
final class Observations {
    /** A report and when it came. */
    record Heard(NodeReport report, long atNanos) {}

    private final Ticker ticker;
    private final Map<String, Heard> heard = new ConcurrentHashMap<>();

    Observations(Ticker ticker) {
        this.ticker = ticker;
    }

    void heard(NodeReport report) {
        heard.put(report.node(), new Heard(report, ticker.nanos()));
    }

    /** How long ago each node was last heard; nodes never heard are missing. */
    Map<String, Duration> silence() {
        var silence = new HashMap<String, Duration>();
        heard.forEach((node, it) -> silence.put(node, age(it)));
        return silence;
    }

    private Duration age(Heard it) {
        return Duration.ofNanos(Math.max(0, ticker.nanos() - it.atNanos));
    }

    /** The report of that node, if it is not older. */
    Optional<NodeReport> of(String node, Duration ageMax) {
        var it = heard.get(node);
        return it == null || age(it).compareTo(ageMax) > 0 ? Optional.empty() : Optional.of(it.report);
    }

    /** All reports that are not older. */
    List<NodeReport> recent(Duration ageMax) {
        return heard.values().stream()
                .filter(it -> age(it).compareTo(ageMax) <= 0)
                .map(Heard::report)
                .toList();
    }

    /** How long ago the report of a node came; a long time when there is none. */
    Duration age(String node) {
        var it = heard.get(node);
        return it == null ? Duration.ofDays(1) : age(it);
    }
}
