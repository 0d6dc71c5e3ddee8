package dev.evenkeel.verify.gameday;

import dev.evenkeel.verify.history.Finding;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether the storage replicas of each group hold the same, as the cluster itself computes it: {@code GET /cluster/digest}
 * answers {@code {"groups":[{"id":1,"replicas":[{"node":"a1","kind":"STORAGE","appliedLsn":17,"digest":"…"}]}]}}. Replicas
 * can be compared where they have applied the same entries, so it waits until they have.
 */
final class ReplicaCheck {
    private static final String NAME = "replicas hold the same";
    private static final Duration SAME_LSN_TIME_MAX = Duration.ofSeconds(30);
    private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(30);

    private record Replica(String node, String appliedLsn, String digest) {}

    private record Group(String id, List<Replica> replicas) {
        boolean isComparable() {
            return replicas.stream().map(Replica::appliedLsn).distinct().count() <= 1;
        }

        boolean differs() {
            return replicas.stream().map(Replica::digest).distinct().count() > 1;
        }
    }

    private final ClusterUnderTest cluster;
    private final DayClock clock;

    ReplicaCheck(ClusterUnderTest cluster, DayClock clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    /** Empty when there is nothing to compare, with one node. */
    Optional<Finding> run() throws InterruptedException {
        if (cluster.nodes().size() == 1) {
            return Optional.empty();
        }
        var groups = new ArrayList<Group>();
        var problem = new AtomicReference<>("");
        boolean areComparable = clock.await(() -> areComparable(groups, problem), SAME_LSN_TIME_MAX);
        if (groups.isEmpty()) {
            return Optional.of(new Finding(NAME, 0, 0, List.of(), List.of("no digests: " + problem.get())));
        }
        return Optional.of(finding(groups, areComparable));
    }

    private boolean areComparable(List<Group> groups, AtomicReference<String> problem) {
        groups.clear();
        try {
            groups.addAll(ask());
        } catch (IOException | RuntimeException e) {
            problem.set(e.toString());
        }
        return !groups.isEmpty() && groups.stream().allMatch(Group::isComparable);
    }

    private static Finding finding(List<Group> groups, boolean areComparable) {
        var differing = groups.stream()
                .filter(group -> group.isComparable() && group.differs())
                .map(Group::toString)
                .toList();
        var undecided = areComparable
                ? List.<String>of()
                : groups.stream()
                        .filter(group -> !group.isComparable())
                        .map(group -> "never applied the same: " + group)
                        .toList();
        return new Finding(NAME, groups.size(), 0, differing, undecided);
    }

    private List<Group> ask() throws IOException {
        try (var connection = new HttpConnection(cluster.nodes().getFirst().clientAddress(), ANSWER_TIME_MAX)) {
            var answer = connection.get("/cluster/digest");
            if (answer.status() != 200) {
                throw new IOException("/cluster/digest was answered " + answer.status());
            }
            return groups(answer.body());
        }
    }

    private static List<Group> groups(String body) {
        var groups = new ArrayList<Group>();
        for (var element : Json.array(Json.object(body).getOrDefault("groups", List.of()))) {
            var group = Json.object(element);
            groups.add(new Group(text(group, "id"), replicas(group)));
        }
        return groups;
    }

    private static List<Replica> replicas(Map<String, Object> group) {
        return Json.array(group.getOrDefault("replicas", List.of())).stream()
                .map(Json::object)
                .filter(replica -> text(replica, "kind").equals("STORAGE"))
                .map(replica ->
                        new Replica(text(replica, "node"), text(replica, "appliedLsn"), text(replica, "digest")))
                .toList();
    }

    private static String text(Map<String, Object> object, String member) {
        return object.getOrDefault(member, "").toString();
    }
}
