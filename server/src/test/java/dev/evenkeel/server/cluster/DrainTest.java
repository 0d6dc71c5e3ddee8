package dev.evenkeel.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What operators do with a node that shall go. */
@Timeout(120)
class DrainTest {

    @Test
    void aDrainedNodeHasNoReplicasAndTheLastOfAZoneIsNotDrained() {
        try (var cluster = new TestNodes(1)) {
            cluster.found("a1", "b1", "c1");
            cluster.start("a2");
            TestNodes.until(() -> cluster.node("a2").isReady());

            pull(cluster, "a1", "drain");
            assertThatThrownBy(() -> pull(cluster, "a2", "drain"))
                    .hasMessageContaining("Zone zone-a has no other node that takes replicas");
            assertThatThrownBy(() -> pull(cluster, "b1", "drain"))
                    .hasMessageContaining("Zone zone-b has no other node that takes replicas");

            TestNodes.until(() -> replicas(cluster, "a1") == 0 && replicas(cluster, "a2") == 2);
            pull(cluster, "a1", "leave");
            assertThat(replicas(cluster, "a1")).isZero();
        }
    }

    private static void pull(TestNodes cluster, String node, String lever) {
        var path = "/cluster/nodes/" + cluster.id(node) + "/" + lever;
        assertThat(cluster.node("b1").pull(path)).isPresent();
    }

    /** As the status shows them. */
    private static int replicas(TestNodes cluster, String name) {
        var status = new String(cluster.node("b1").page("/cluster").orElseThrow(), StandardCharsets.UTF_8);
        var node = Pattern.compile("\"id\":\"" + cluster.id(name) + "\"[^}]*\"healthy\":true[^}]*\"replicas\":(\\d+)")
                .matcher(status);
        return node.find() ? Integer.parseInt(node.group(1)) : -1;
    }
}
