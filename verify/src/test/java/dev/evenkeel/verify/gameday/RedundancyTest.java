package dev.evenkeel.verify.gameday;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RedundancyTest {
    private static String replica(String node, String kind, String state, long lag) {
        return """
                {"node":"%s","kind":"%s","state":"%s","lag":%d}""".formatted(node, kind, state, lag);
    }

    private static Map<String, String> missing(String... replicas) throws IOException {
        try (var server = new MemoryDynamo(MemoryDynamo.Lie.NONE)) {
            server.setPage("/cluster", "{\"groups\":[{\"id\":1,\"replicas\":[" + String.join(",", replicas) + "]}]}");
            var away = new ClusterNode("a1", "zone-a", 1, 0, Path.of("none"));
            var answers = new ClusterNode("b1", "zone-b", server.port(), 0, Path.of("none"));
            return new Redundancy(new StubCluster(List.of(away, answers), Links.none())).missing();
        }
    }

    @Test
    void isThereWhenAllTakePart() throws IOException {
        assertThat(missing(
                        replica("a1", "storage", "leads", 0),
                        replica("b1", "storage", "follows", 3),
                        replica("c1", "storage", "follows", 0)))
                .isEmpty();
    }

    @Test
    void tellsWhatDoesNot() throws IOException {
        assertThat(missing(
                        replica("a1", "storage", "failed: the log", 0),
                        replica("b1", "log", "follows", 0),
                        replica("c1", "storage", "follows", 5000)))
                .containsExactly(
                        Map.entry("a1", "group 1 failed: the log"),
                        Map.entry("b1", "group 1 has a log replica"),
                        Map.entry("c1", "group 1 is 5000 entries behind"));
        assertThat(missing(replica("c1", "storage", "away", -1))).containsEntry("c1", "group 1 away");
    }

    @Test
    void nobodyTells() {
        var away = new ClusterNode("a1", "zone-a", 1, 0, Path.of("none"));
        assertThat(new Redundancy(new StubCluster(List.of(away, away), Links.none())).missing())
                .containsOnlyKeys(Redundancy.NOBODY);
    }
}
