package dev.evenkeel.verify.gameday;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.Ticker;
import dev.evenkeel.verify.history.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReplicaCheckTest {
    private static String digest(int group, long lsn, String digest) {
        return """
                {"id":%d,"appliedLsn":%d,"settled":true,"digest":"%s"}""".formatted(group, lsn, digest);
    }

    /** @param one what one node says of its groups, and the other of its own */
    private static Finding compare(String one, String other) throws IOException, InterruptedException {
        try (var first = new MemoryDynamo(MemoryDynamo.Lie.NONE);
                var second = new MemoryDynamo(MemoryDynamo.Lie.NONE)) {
            first.setDigests("{\"groups\":[" + one + "]}");
            second.setDigests("{\"groups\":[" + other + "]}");
            var nodes = List.of(node("a1", first), node("b1", second));
            return new ReplicaCheck(new StubCluster(nodes, Links.none()), new DayClock(Ticker.system()))
                    .run()
                    .orElseThrow();
        }
    }

    private static ClusterNode node(String id, MemoryDynamo server) {
        return new ClusterNode(id, "zone-" + id, server.port(), 0, Path.of("none"));
    }

    @Test
    void replicasHoldTheSame() throws IOException, InterruptedException {
        var finding =
                compare(digest(1, 17, "abc") + "," + digest(2, 9, "x"), digest(2, 9, "x") + "," + digest(1, 17, "abc"));
        assertThat(finding.isPassed()).isTrue();
        assertThat(finding.keys()).isEqualTo(2);
    }

    @Test
    void aReplicaThatDiffersIsFound() throws IOException, InterruptedException {
        var finding =
                compare(digest(1, 17, "abc") + "," + digest(2, 9, "x"), digest(1, 17, "abd") + "," + digest(2, 9, "x"));
        assertThat(finding.violations()).singleElement().asString().contains("abc", "abd");
    }

    @Test
    void oneNodeHasNothingToCompare() throws IOException, InterruptedException {
        try (var server = new MemoryDynamo(MemoryDynamo.Lie.NONE)) {
            assertThat(new ReplicaCheck(StubCluster.of(server), new DayClock(Ticker.system())).run())
                    .isEmpty();
        }
    }
}
