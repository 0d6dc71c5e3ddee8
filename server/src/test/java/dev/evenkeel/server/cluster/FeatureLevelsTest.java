package dev.evenkeel.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.metadata.NodeDescriptor;
import dev.evenkeel.metadata.NodeState;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureLevelsTest {
    private static NodeDescriptor node(String id, NodeState state, int level) {
        return new NodeDescriptor(id, "zone-a", "localhost", 8000, "localhost", 7000, state, level);
    }

    @Test
    void theLevelIsWhatAllNodesUnderstandThatHaveNotLeft() {
        var nodes = List.of(
                node("a1", NodeState.ACTIVE, 3), node("b1", NodeState.DRAINING, 2), node("c1", NodeState.LEFT, 1));

        assertThat(FeatureLevels.next(nodes, 1)).hasValue(2);
        assertThat(FeatureLevels.next(nodes, 2)).isEmpty();
        assertThat(FeatureLevels.next(List.of(), 1)).isEmpty();
    }
}
