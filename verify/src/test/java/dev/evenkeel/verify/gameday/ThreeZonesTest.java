package dev.evenkeel.verify.gameday;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ThreeZonesTest {
    @Test
    void everyNodeReachesTheOthersThroughProxies(@TempDir Path root) throws IOException, InterruptedException {
        try (var cluster = ThreeZones.in(root, 2, 5)) {
            assertThat(cluster.nodes()).extracting(ClusterNode::id).containsExactly("a1", "b1", "c1", "a2", "b2", "c2");
            var a1 = cluster.nodes().get(0);
            var b1 = cluster.nodes().get(1);
            var a2 = cluster.nodes().get(3);
            var file = Files.readString(root.resolve("a1.yaml"));
            assertThat(file)
                    .contains("node: {id: a1, zone: zone-a, data: " + a1.data() + "}")
                    .contains("client: {host: 127.0.0.1, port: " + a1.clientPort() + "}")
                    .contains("peer:\n  host: 127.0.0.1\n  port: " + a1.peerPort() + "\n")
                    .contains("groups: 5")
                    .contains("- {id: a1, zone: zone-a, host: 127.0.0.1, port: " + a1.peerPort() + "}")
                    .contains("- {id: b1, zone: zone-b, host: 127.0.0.1, port: "
                            + cluster.links().find(a1, b1).orElseThrow().port() + "}")
                    .contains("- {id: a2, host: 127.0.0.1, port: "
                            + cluster.links().find(a1, a2).orElseThrow().port() + "}");
            assertThat(Files.readString(root.resolve("a2.yaml"))).doesNotContain("- {id: a2");
            assertThat(cluster.links().find(a1, b1).orElseThrow().port()).isNotEqualTo(b1.peerPort());
            assertThat(cluster.links().find(a2, a1)).isPresent();
            assertThat(cluster.links().of(a1, a2)).hasSize(2);
        }
    }
}
