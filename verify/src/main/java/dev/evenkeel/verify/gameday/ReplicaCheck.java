package dev.evenkeel.verify.gameday;

import dev.evenkeel.verify.history.Finding;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether the storage replicas of each group hold the same, as the nodes compute it: {@code GET /cluster/digest} answers
 * {@code {"node":"a1","groups":[{"id":1,"appliedLsn":17,"settled":true,"digest":"…"}]}} for the replicas of one node.
 * Replicas can be compared where they have applied the same entries, so it waits until they have.
 */
final class ReplicaCheck {
    private static final String NAME = "replicas hold the same";
    private static final Duration SAME_LSN_TIME_MAX = Duration.ofSeconds(60);
    private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(30);

    /** @param isSettled whether nothing was applied while the digest was made */
    private record Replica(String node, String appliedLsn, boolean isSettled, String digest) {}

    private record Group(String id, List<Replica> replicas) {
        boolean isComparable() {
            return replicas.size() > 1
                    && replicas.stream().allMatch(Replica::isSettled)
                    && replicas.stream().map(Replica::appliedLsn).distinct().count() == 1;
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
                        .map(group -> "never to be compared: " + group)
                        .toList();
        return new Finding(NAME, groups.size(), 0, differing, undecided);
    }

    private List<Group> ask() throws IOException {
        var replicas = new TreeMap<String, List<Replica>>();
        for (var node : cluster.nodes()) {
            for (var group : Json.objects(digests(node), "groups")) {
                replicas.computeIfAbsent(Json.text(group, "id"), _ -> new ArrayList<>())
                        .add(new Replica(
                                node.id(),
                                Json.text(group, "appliedLsn"),
                                Json.text(group, "settled").equals("true"),
                                Json.text(group, "digest")));
            }
        }
        var groups = new ArrayList<Group>();
        replicas.forEach((id, of) -> groups.add(new Group(id, of)));
        return groups;
    }

    private static Map<String, Object> digests(ClusterNode node) throws IOException {
        try (var connection = new HttpConnection(node.clientAddress(), ANSWER_TIME_MAX)) {
            var answer = connection.get("/cluster/digest");
            if (!answer.isOk()) {
                throw new IOException("/cluster/digest was answered " + answer.status());
            }
            return Json.object(answer.body());
        }
    }
}
