package dev.evenkeel.verify.gameday;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whether the cluster could lose another node: each group has a storage replica in every zone, all of them take part and
 * have nearly caught up. As {@code GET /cluster} tells it.
 */
final class Redundancy {
    private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(5);

    /** Entries that a replica may be behind under load without being called late. */
    private static final long LAG_MAX = 200;

    /** A node about which nothing can be said because nobody says anything. */
    static final String NOBODY = "";

    private final ClusterUnderTest cluster;

    Redundancy(ClusterUnderTest cluster) {
        this.cluster = cluster;
    }

    /** What is missing, by node; empty when nothing is. */
    SortedMap<String, String> missing() {
        var missing = new TreeMap<String, String>();
        var status = status();
        if (status.isEmpty()) {
            missing.put(NOBODY, "no node tells of the cluster");
            return missing;
        }
        for (var group : Json.objects(status.get(), "groups")) {
            for (var replica : Json.objects(group, "replicas")) {
                problem(replica)
                        .ifPresent(problem -> missing.merge(
                                Json.text(replica, "node"),
                                "group " + Json.text(group, "id") + " " + problem,
                                (one, other) -> one + ", " + other));
            }
        }
        return missing;
    }

    private static Optional<String> problem(Map<String, Object> replica) {
        var state = Json.text(replica, "state");
        if (!Json.text(replica, "kind").equals("storage")) {
            return Optional.of("has a " + Json.text(replica, "kind") + " replica");
        }
        if (!state.equals("leads") && !state.equals("follows")) {
            return Optional.of(state);
        }
        long lag = Long.parseLong(Json.text(replica, "lag"));
        return lag < 0 || lag > LAG_MAX ? Optional.of("is " + lag + " entries behind") : Optional.empty();
    }

    /** The first that answers knows as much as any. */
    private Optional<Map<String, Object>> status() {
        for (var node : cluster.nodes()) {
            try (var connection = new HttpConnection(node.clientAddress(), ANSWER_TIME_MAX)) {
                var answer = connection.get("/cluster");
                if (answer.isOk()) {
                    return Optional.of(Json.object(answer.body()));
                }
            } catch (IOException _) {
                // another may answer
            }
        }
        return Optional.empty();
    }
}
