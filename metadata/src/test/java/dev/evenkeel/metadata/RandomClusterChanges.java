package dev.evenkeel.metadata;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Changes of a small cluster drawn from a seed: seven node names in three zones, four groups. */
final class RandomClusterChanges {
    private static final int NODES = 7;
    private static final int ZONES = 3;

    private final Random random;

    RandomClusterChanges(Random random) {
        this.random = random;
    }

    /** Any change, with the group's version as it is in that image, or nearly. */
    ClusterChange any(CatalogImage image) {
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> new ClusterChange.RegisterNode(anyNode(1));
            case 3 -> new ClusterChange.UpdateNode(anyNode(random.nextInt(1, 4)));
            case 4 -> new ClusterChange.SetNodeState(anyName(), anyState());
            case 5, 6 -> new ClusterChange.CreateGroup(random.nextInt(4), anyReplicas());
            case 7, 8, 9, 10 -> setReplicas(image);
            default -> new ClusterChange.RaiseFeatureLevel(random.nextInt(3));
        };
    }

    private ClusterChange setReplicas(CatalogImage image) {
        int id = random.nextInt(4);
        long version = image.group(id).map(GroupDescriptor::version).orElse(1L);
        return new ClusterChange.SetGroupReplicas(id, random.nextInt(6) == 0 ? version - 1 : version, anyReplicas());
    }

    private NodeDescriptor anyNode(int featureLevel) {
        int node = random.nextInt(NODES);
        int zone = random.nextInt(8) == 0 ? random.nextInt(ZONES) : node % ZONES;
        int port = random.nextInt(6) == 0 ? 9_001 : 9_000;
        return new NodeDescriptor(
                "node-" + node, "zone-" + zone, "localhost", 8_000, "peer", port, NodeState.ACTIVE, featureLevel);
    }

    private String anyName() {
        return "node-" + random.nextInt(NODES);
    }

    private NodeState anyState() {
        return switch (random.nextInt(5)) {
            case 0 -> NodeState.LEFT;
            case 1 -> NodeState.DRAINING;
            default -> NodeState.ACTIVE;
        };
    }

    /** What a group may have but for its zones: those are the catalog's to check. */
    private List<ReplicaDescriptor> anyReplicas() {
        var names = new ArrayList<String>();
        for (int i = 0; i < NODES; i++) {
            names.add("node-" + i);
        }
        Collections.shuffle(names, random);
        var replicas = new ArrayList<ReplicaDescriptor>();
        replicas.add(new ReplicaDescriptor(names.getFirst(), ReplicaKind.STORAGE));
        for (int i = random.nextInt(3); i > 0; i--) {
            replicas.add(new ReplicaDescriptor(
                    names.get(i), random.nextInt(3) == 0 ? ReplicaKind.LOG : ReplicaKind.STORAGE));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            replicas.add(new ReplicaDescriptor(names.get(NODES - i), ReplicaKind.LEARNER));
        }
        return replicas;
    }
}
