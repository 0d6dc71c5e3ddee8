package dev.evenkeel.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.metadata.GroupDescriptor;
import dev.evenkeel.metadata.ReplicaDescriptor;
import dev.evenkeel.metadata.ReplicaKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cluster that heals itself: nobody but autoadmin does anything (mechanisms M10, M27, M33). */
@Timeout(120)
class HealingTest {

    @Test
    void aLogReplicaTakesTheVoteOfALostOneUntilItIsBack() {
        try (var cluster = new TestNodes(2)) {
            cluster.found("a1", "b1", "c1");
            cluster.start("a2");
            TestNodes.until(() -> cluster.node("a2").isReady());
            TestNodes.until(() -> isSettled(cluster));
            var lost = leaderIn(cluster, "zone-a");

            cluster.isolate(lost);
            var other = lost.equals("a1") ? "a2" : "a1";
            TestNodes.until(() -> groups(cluster, "b1").stream()
                    .noneMatch(group -> group.replicaOn(cluster.id(lost))
                            .filter(replica -> replica.kind().votes())
                            .isPresent()));
            assertThat(groups(cluster, "b1"))
                    .allSatisfy(group -> assertThat(group.voters())
                            .hasSize(3)
                            .anySatisfy(replica -> assertThat(replica.nodeId()).isEqualTo(cluster.id(other))));

            cluster.heal();
            TestNodes.until(() -> isSettled(cluster));
            assertThat(groups(cluster, "b1")).allSatisfy(HealingTest::assertWhole);
        }
    }

    private static String leaderIn(TestNodes cluster, String zone) {
        return groups(cluster, "b1").stream()
                        .flatMap(group -> group.replicas().stream())
                        .map(ReplicaDescriptor::nodeId)
                        .filter(node -> node.equals(cluster.id("a1")) || node.equals(cluster.id("a2")))
                        .findFirst()
                        .orElseThrow()
                        .endsWith("a1")
                ? "a1"
                : "a2";
    }

    private static List<GroupDescriptor> groups(TestNodes cluster, String node) {
        return cluster.node(node).catalogImage().groups().stream()
                .filter(group -> group.id() != GroupDescriptor.CATALOG)
                .toList();
    }

    private static boolean isSettled(TestNodes cluster) {
        var groups = groups(cluster, "b1");
        return groups.size() == 2
                && groups.stream()
                        .allMatch(group -> group.replicas().size() == 3
                                && group.replicas().stream()
                                        .allMatch(replica -> replica.kind() == ReplicaKind.STORAGE));
    }

    private static void assertWhole(GroupDescriptor group) {
        var zones = new ArrayList<Character>();
        group.replicas()
                .forEach(replica ->
                        zones.add(replica.nodeId().charAt(replica.nodeId().indexOf('-') + 1)));
        assertThat(zones).containsExactlyInAnyOrder('a', 'b', 'c');
    }
}
