package dev.evenkeel.verify.gameday;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReplicaCheckTest {
    private static String replica(String node, String kind, long lsn, String digest) {
        return """
                {"node":"%s","kind":"%s","appliedLsn":%d,"digest":"%s"}""".formatted(node, kind, lsn, digest);
    }

    private static boolean agree(String... replicas) throws IOException, InterruptedException {
        try (var server = new MemoryDynamo(MemoryDynamo.Lie.NONE)) {
            server.setDigests("{\"groups\":[{\"id\":1,\"replicas\":[" + String.join(",", replicas) + "]}]}");
            var node = new ClusterNode("a1", "zone-a", server.port(), 0, Path.of("none"));
            var cluster = new StubCluster(List.of(node, node, node), Links.none());
            return new ReplicaCheck(cluster, new DayClock(Ticker.system()))
                    .run()
                    .orElseThrow()
                    .isPassed();
        }
    }

    @Test
    void storageReplicasHoldTheSame() throws IOException, InterruptedException {
        assertThat(agree(
                        replica("a1", "STORAGE", 17, "abc"),
                        replica("b1", "STORAGE", 17, "abc"),
                        replica("c1", "LOG", 19, "")))
                .isTrue();
    }

    @Test
    void aReplicaThatDiffersIsFound() throws IOException, InterruptedException {
        assertThat(agree(replica("a1", "STORAGE", 17, "abc"), replica("b1", "STORAGE", 17, "abd")))
                .isFalse();
    }

    @Test
    void oneNodeHasNothingToCompare() throws IOException, InterruptedException {
        try (var server = new MemoryDynamo(MemoryDynamo.Lie.NONE)) {
            assertThat(new ReplicaCheck(StubCluster.of(server), new DayClock(Ticker.system())).run())
                    .isEmpty();
        }
    }
}
