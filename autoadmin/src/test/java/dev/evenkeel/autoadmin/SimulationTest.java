package dev.evenkeel.autoadmin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.metadata.GroupDescriptor;
import dev.evenkeel.metadata.NodeDescriptor;
import dev.evenkeel.metadata.ReplicaDescriptor;
import dev.evenkeel.metadata.ReplicaKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clusters in which much goes wrong: every plan keeps the rules, and when the trouble ends everything is healed, drained
 * and even, and then nothing moves any more. {@code -Dautoadmin.seeds=N} runs more of them.
 */
class SimulationTest {
    private static final int TROUBLED_TICKS = 400;
    private static final int RECOVERY_TICKS_MAX = 3_000;
    private static final int QUIET_TICKS = 100; // longer than a dead node is waited for

    private final PlanCheck check = new PlanCheck();

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("autoadmin.seeds", 60)); // the number of the run is its seed
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keepsTheRulesInTroubleAndEndsEven(long seed) {
        var cluster = new SimulatedCluster(new Random(seed));
        for (int i = 0; i < TROUBLED_TICKS; i++) {
            cluster.disturb();
            cluster.tick(check);
        }

        cluster.calmDown();
        settle(cluster);
        var plan = cluster.autoadmin.plan(cluster.view());
        assertThat(plan.obstacles()).as("%s", cluster).isEmpty();

        for (var group : cluster.image().groups()) {
            assertHealed(cluster, group);
        }
        assertReplicasEven(cluster);
        assertLeadersEven(cluster);
    }

    private void settle(SimulatedCluster cluster) {
        var last = new ArrayList<Plan>();
        int quiet = 0;
        for (int i = 0; quiet < QUIET_TICKS; i++) {
            var plan = cluster.tick(check);
            if (!plan.actions().isEmpty()) {
                last.add(plan);
            }
            quiet = plan.actions().isEmpty() ? quiet + 1 : 0;
            assertThat(i)
                    .as("it never ends: %s", last.subList(Math.max(0, last.size() - 10), last.size()))
                    .isLessThan(RECOVERY_TICKS_MAX);
        }
    }

    private static void assertHealed(SimulatedCluster cluster, GroupDescriptor group) {
        assertThat(group.replicas())
                .as("%s in %s", group, cluster)
                .hasSize(Math.min(3, cluster.welcomingZones().size()));
        var welcoming = cluster.welcoming().stream().map(NodeDescriptor::id).toList();
        for (var replica : group.replicas()) {
            assertThat(replica.kind()).as("%s", group).isEqualTo(ReplicaKind.STORAGE);
            assertThat(welcoming).as("%s", group).contains(replica.nodeId());
            assertThat(cluster.reality(group.id()).isComplete(replica.nodeId())).isTrue();
        }
    }

    private static void assertReplicasEven(SimulatedCluster cluster) {
        for (var zone : cluster.welcomingZones()) {
            var counts = cluster.welcoming().stream()
                    .filter(node -> node.zone().equals(zone))
                    .map(node -> cluster.image().groups().stream()
                            .filter(group -> group.replicaOn(node.id()).isPresent())
                            .count())
                    .sorted()
                    .toList();
            assertThat(counts.getLast() - counts.getFirst()).as("%s", zone).isLessThanOrEqualTo(1);
        }
    }

    private static void assertLeadersEven(SimulatedCluster cluster) {
        var leads = new HashMap<String, Integer>();
        var places = new ArrayList<Set<String>>();
        for (var group : cluster.image().groups()) {
            if (group.id() != GroupDescriptor.CATALOG) {
                leads.merge(String.valueOf(cluster.reality(group.id()).leader()), 1, Integer::sum);
                places.add(new HashSet<>(
                        group.replicas().stream().map(ReplicaDescriptor::nodeId).toList()));
            }
        }
        int most = leads.values().stream().mapToInt(it -> it).max().orElse(0);
        assertThat(most == 1 || !canLead(places, most - 1))
                .as("%s of %s could be more even", leads, places)
                .isTrue();
        if (new HashSet<>(places).size() == 1) { // all groups on the same nodes
            int fewest = places.getFirst().stream()
                    .mapToInt(id -> leads.getOrDefault(id, 0))
                    .min()
                    .orElse(0);
            assertThat(most - fewest).isLessThanOrEqualTo(1);
        }
    }

    /** Whether leaders could be chosen so that no node leads more groups than that: by augmenting paths. */
    private static boolean canLead(List<Set<String>> places, int leadsMax) {
        var led = new HashMap<String, List<Integer>>();
        for (int group = 0; group < places.size(); group++) {
            if (!assign(places, led, group, leadsMax, new HashSet<>())) {
                return false;
            }
        }
        return true;
    }

    private static boolean assign(
            List<Set<String>> places, Map<String, List<Integer>> led, int group, int leadsMax, Set<String> tried) {
        for (var node : places.get(group)) {
            if (!tried.add(node)) {
                continue;
            }
            var groups = led.computeIfAbsent(node, _ -> new ArrayList<>());
            if (groups.size() < leadsMax) {
                return groups.add(group);
            }
            for (var other : List.copyOf(groups)) {
                if (assign(places, led, other, leadsMax, tried)) {
                    groups.remove(other);
                    return groups.add(group);
                }
            }
        }
        return false;
    }
}
