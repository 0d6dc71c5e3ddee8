package dev.evenkeel.autoadmin;

import dev.evenkeel.metadata.GroupDescriptor;
import dev.evenkeel.metadata.NodeDescriptor;
import dev.evenkeel.metadata.NodeState;
import dev.evenkeel.metadata.ReplicaDescriptor;
import dev.evenkeel.metadata.ReplicaKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Builds views. A node is called by its zone and a number, a1 or b2, and is well until something else is said; a group is
 * told as its replicas, "a1 b1 log:c2 learner:c1", and is led by the first.
 */
final class Views {
    private static final long COMMITTED = 10_000;

    private final Map<String, NodeDescriptor> nodes = new TreeMap<>();
    private final Map<String, Duration> deadFor = new HashMap<>();
    private final Map<Integer, GroupDescriptor> groups = new TreeMap<>();
    private final Map<Integer, GroupObservation> observations = new HashMap<>();
    private final Set<String> unwilling = new HashSet<>();
    private final List<String> deafTo = new ArrayList<>(); // "observer node"

    Views(String names) {
        for (var name : names.split(" ")) {
            nodes.put(name, node(name, NodeState.ACTIVE));
        }
    }

    private static NodeDescriptor node(String name, NodeState state) {
        return new NodeDescriptor(name, name.substring(0, 1), "localhost", 8000, "localhost", 9000, state, 1);
    }

    Views draining(String name) {
        nodes.put(name, node(name, NodeState.DRAINING));
        return this;
    }

    Views dead(String name, Duration since) {
        deadFor.put(name, since);
        return this;
    }

    /** One peer that does not hear the node. */
    Views deaf(String observer, String name) {
        deafTo.add(observer + " " + name);
        return this;
    }

    Views group(int id, String replicas) {
        var descriptors = new ArrayList<ReplicaDescriptor>();
        for (var replica : replicas.split(" ")) {
            descriptors.add(replica(replica));
        }
        groups.put(id, new GroupDescriptor(id, 1, descriptors));
        var seen = new HashMap<String, ReplicaObservation>();
        nodes.keySet().forEach(name -> seen.put(name, ReplicaObservation.running(COMMITTED, false, 1)));
        observations.put(id, new GroupObservation(descriptors.getFirst().nodeId(), COMMITTED, false, seen));
        return this;
    }

    private static ReplicaDescriptor replica(String text) {
        int colon = text.indexOf(':');
        var kind = colon < 0 ? ReplicaKind.STORAGE : text.startsWith("log") ? ReplicaKind.LOG : ReplicaKind.LEARNER;
        return new ReplicaDescriptor(text.substring(colon + 1), kind);
    }

    Views ledBy(int id, @Nullable String leader) {
        var seen = observation(id);
        observations.put(id, new GroupObservation(leader, COMMITTED, seen.changing(), seen.replicas()));
        return this;
    }

    /** As while it is being stopped. */
    Views unwilling(String name) {
        unwilling.add(name);
        return this;
    }

    Views behind(int id, String name) {
        var seen = observation(id);
        var replicas = new HashMap<>(seen.replicas());
        replicas.put(name, ReplicaObservation.running(0, false, 1));
        observations.put(id, new GroupObservation(seen.leader(), COMMITTED, seen.changing(), replicas));
        return this;
    }

    /** The node's replica of the group does not run, though the node does. */
    Views failed(int id, String name, Duration since) {
        var seen = observation(id);
        var replicas = new HashMap<>(seen.replicas());
        replicas.put(name, ReplicaObservation.failed(since));
        observations.put(id, new GroupObservation(seen.leader(), COMMITTED, seen.changing(), replicas));
        return this;
    }

    Views changing(int id) {
        observations.put(id, observation(id).whileChanging());
        return this;
    }

    GroupDescriptor group(int id) {
        return Objects.requireNonNull(groups.get(id));
    }

    private GroupObservation observation(int id) {
        return Objects.requireNonNull(observations.get(id));
    }

    ClusterView build() {
        var nodeObservations = new HashMap<String, NodeObservation>();
        for (var name : nodes.keySet()) {
            var silence = new HashMap<String, Duration>();
            for (var observer : nodes.keySet()) {
                if (!observer.equals(name) && !deadFor.containsKey(observer)) {
                    boolean deaf = deafTo.contains(observer + " " + name);
                    silence.put(observer, deaf ? Duration.ofHours(1) : deadFor.getOrDefault(name, Duration.ZERO));
                }
            }
            nodeObservations.put(name, new NodeObservation(silence, 0, !unwilling.contains(name)));
        }
        return new ClusterView(nodes, groups, nodeObservations, observations);
    }
}
