package dev.evenkeel.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a catalog should know of the cluster: a change is tried on copies, kept if all rules hold afterwards. */
final class ClusterModel {
    private Map<String, NodeDescriptor> nodes = new TreeMap<>();
    private Map<Integer, List<ReplicaDescriptor>> groups = new TreeMap<>();
    private Map<Integer, Long> versions = new TreeMap<>();
    private int level = 1;

    /** False when the change must be refused. */
    boolean apply(ClusterChange change, long lsn) {
        var next = new ClusterModel();
        next.nodes = new TreeMap<>(nodes);
        next.groups = new TreeMap<>(groups);
        next.versions = new TreeMap<>(versions);
        next.level = level;
        if (!next.edit(change, lsn) || !next.keepsRules()) {
            return false;
        }
        nodes = next.nodes;
        groups = next.groups;
        versions = next.versions;
        level = next.level;
        return true;
    }

    Map<Integer, List<ReplicaDescriptor>> groups() {
        return groups;
    }

    private boolean edit(ClusterChange change, long lsn) {
        switch (change) {
            case ClusterChange.RegisterNode(var node) -> {
                var known = nodes.putIfAbsent(node.id(), node);
                return known == null
                        || (known.state() != NodeState.LEFT
                                && known.withState(NodeState.ACTIVE).equals(node));
            }
            case ClusterChange.UpdateNode(var node) -> {
                var known = nodes.get(node.id());
                if (known == null
                        || known.state() == NodeState.LEFT
                        || !known.zone().equals(node.zone())) {
                    return false;
                }
                nodes.put(node.id(), node.withState(known.state()));
            }
            case ClusterChange.SetNodeState(var id, var state) -> {
                var known = nodes.get(id);
                if (known == null || (known.state() == NodeState.LEFT && state != NodeState.LEFT)) {
                    return false;
                }
                nodes.put(id, known.withState(state));
            }
            case ClusterChange.CreateGroup(int id, var replicas) -> {
                if (groups.containsKey(id)) {
                    return replicas.equals(groups.get(id));
                }
                groups.put(id, replicas);
                versions.put(id, lsn);
            }
            case ClusterChange.SetGroupReplicas(int id, long version, var replicas) -> {
                if (versions.getOrDefault(id, -1L) != version) {
                    return false;
                }
                groups.put(id, replicas);
                versions.put(id, lsn);
            }
            case ClusterChange.RaiseFeatureLevel(int next) -> {
                if (next < level) {
                    return false;
                }
                level = next;
            }
        }
        return true;
    }

    private boolean keepsRules() {
        for (var node : nodes.values()) {
            if (node.state() != NodeState.LEFT && node.featureLevel() < level) {
                return false;
            }
        }
        return groups.values().stream().allMatch(this::keepsRules);
    }

    private boolean keepsRules(List<ReplicaDescriptor> replicas) {
        var taken = new HashSet<List<Object>>();
        for (var replica : replicas) {
            var node = nodes.get(replica.nodeId());
            if (node == null || node.state() == NodeState.LEFT) {
                return false;
            }
            if (!taken.add(List.of(node.zone(), replica.kind() == ReplicaKind.LEARNER))) {
                return false;
            }
        }
        return true;
    }

    void assertAgrees(CatalogImage image) {
        assertThat(image.nodes()).containsExactlyElementsOf(nodes.values());
        nodes.forEach((id, node) -> assertThat(image.node(id)).contains(node));
        assertThat(image.groups()).extracting(GroupDescriptor::id).containsExactlyElementsOf(groups.keySet());
        assertThat(image.groups()).extracting(GroupDescriptor::replicas).containsExactlyElementsOf(groups.values());
        assertThat(image.groups()).extracting(GroupDescriptor::version).containsExactlyElementsOf(versions.values());
        image.groups().forEach(group -> assertThat(image.group(group.id())).contains(group));
        assertThat(image.featureLevel()).isEqualTo(level);
    }
}
