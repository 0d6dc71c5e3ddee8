package dev.evenkeel.server.cluster;

import dev.evenkeel.metadata.NodeDescriptor;
import java.util.List;
import java.util.OptionalInt;

/** When the formats and messages of a new release may be used: as soon as no node of an older one is left. */
final class FeatureLevels {
    private FeatureLevels() {}

    /**
     * The level to raise the cluster to: what all nodes understand; empty when it is there already.
     *
     * @param current of the cluster
     */
    static OptionalInt next(List<NodeDescriptor> nodes, int current) {
        var lowest = nodes.stream()
                .filter(node -> !node.hasLeft())
                .mapToInt(NodeDescriptor::featureLevel)
                .min();
        return lowest.isPresent() && lowest.getAsInt() > current ? lowest : OptionalInt.empty();
    }
}
