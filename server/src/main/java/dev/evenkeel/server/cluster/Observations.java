package dev.evenkeel.server.cluster;

import dev.evenkeel.model.Ticker;
import dev.evenkeel.replication.raft.GroupMember;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The latest report of each node, and how old it is. For any thread. */
final class Observations {
    /** A node's word counts for that long. Reports come twice a second. */
    private static final Duration AGE_MAX = Duration.ofSeconds(2);

    /**
     * One that fails, is opened again and fails with the next entry has never been well: it counts as failed for that long
     * after it last said so.
     */
    private static final Duration WELL_AFTER = Duration.ofSeconds(5);

    /** A replica that says it does not run: since when, and when it said so last. */
    private record Failing(long sinceNanos, long saidAtNanos) {}

    private record Replica(String node, int groupId, GroupMember.Kind kind) {}

    /** A report and when it came. */
    record Heard(NodeReport report, long atNanos) {}

    private final Ticker ticker;
    private final Map<String, Heard> heard = new ConcurrentHashMap<>();
    private final Map<Replica, Failing> failing = new ConcurrentHashMap<>();
    private volatile Runnable listener = () -> {};

    Observations(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Has that run, quickly, whenever a node is heard for the first time. */
    void whenOneIsNew(Runnable newListener) {
        listener = newListener;
    }

    void heard(NodeReport report) {
        report.replicas().forEach(replica -> heard(report.node(), replica));
        if (heard.put(report.node(), new Heard(report, ticker.nanos())) == null) {
            listener.run();
        }
    }

    private void heard(String node, ReplicaReport report) {
        var replica = new Replica(node, report.groupId(), report.kind());
        long now = ticker.nanos();
        if (!report.failure().isEmpty()) {
            failing.merge(replica, new Failing(now, now), (known, _) -> new Failing(known.sinceNanos, now));
        } else {
            failing.computeIfPresent(
                    replica, (_, known) -> now - known.saidAtNanos >= WELL_AFTER.toNanos() ? null : known);
        }
    }

    /** How long that replica has not been running, with short times between in which it was; zero when it is well. */
    Duration failedFor(String node, ReplicaReport report) {
        var known = failing.get(new Replica(node, report.groupId(), report.kind()));
        return known == null ? Duration.ZERO : Duration.ofNanos(Math.max(1, ticker.nanos() - known.sinceNanos));
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

    /** The report of that node, if it still counts. */
    Optional<NodeReport> of(String node) {
        return Optional.ofNullable(heard.get(node)).filter(this::counts).map(Heard::report);
    }

    /** All reports that still count. */
    List<NodeReport> recent() {
        return heard.values().stream().filter(this::counts).map(Heard::report).toList();
    }

    /** How long ago the report of a node came; a long time when there is none. */
    Duration age(String node) {
        var it = heard.get(node);
        return it == null ? Duration.ofDays(1) : age(it);
    }

    private boolean counts(Heard it) {
        return age(it).compareTo(AGE_MAX) <= 0;
    }

    /**
     * The node that leads that group: of several that say so, the one with the newest term.
     *
     * @throws IllegalStateException when none does
     */
    String leaderOf(int groupId) {
        return recent().stream()
                .filter(report -> termLed(report, groupId) >= 0)
                .max(Comparator.comparingLong(report -> termLed(report, groupId)))
                .map(NodeReport::node)
                .orElseThrow(() -> new IllegalStateException("nobody says that it leads group " + groupId));
    }

    /** In which the node leads the group; negative when it does not. */
    private static long termLed(NodeReport report, int groupId) {
        return report.replicas().stream()
                .filter(replica -> replica.groupId() == groupId && replica.leads())
                .mapToLong(ReplicaReport::term)
                .max()
                .orElse(-1);
    }
}
