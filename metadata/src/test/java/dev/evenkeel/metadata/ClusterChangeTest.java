package dev.evenkeel.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.metadata.CatalogChange.AddIndex;
import dev.evenkeel.metadata.CatalogChange.CreateTable;
import dev.evenkeel.metadata.CatalogChange.DropTable;
import dev.evenkeel.metadata.ClusterChange.CreateGroup;
import dev.evenkeel.metadata.ClusterChange.RaiseFeatureLevel;
import dev.evenkeel.metadata.ClusterChange.RegisterNode;
import dev.evenkeel.metadata.ClusterChange.SetGroupReplicas;
import dev.evenkeel.metadata.ClusterChange.SetNodeState;
import dev.evenkeel.metadata.ClusterChange.UpdateNode;
import dev.evenkeel.replication.MemoryLog;
import dev.evenkeel.replication.SoloGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClusterChangeTest {
    private final CatalogStateMachine machine = CatalogStateMachine.inMemory();
    private final Catalog catalog = new Catalog(SoloGroup.open(1, new MemoryLog(), machine), machine, new Random(1));

    private static NodeDescriptor node(String id, String zone) {
        return new NodeDescriptor(id, zone, "localhost", 8000, "localhost", 9000, NodeState.ACTIVE, 1);
    }

    private static NodeDescriptor ofLevel(int level, NodeDescriptor node) {
        return new NodeDescriptor(
                node.id(),
                node.zone(),
                node.clientHost(),
                node.clientPort(),
                node.peerHost(),
                node.peerPort(),
                node.state(),
                level);
    }

    private static List<ReplicaDescriptor> storage(String... nodeIds) {
        var replicas = new ArrayList<ReplicaDescriptor>();
        for (var id : nodeIds) {
            replicas.add(new ReplicaDescriptor(id, ReplicaKind.STORAGE));
        }
        return replicas;
    }

    private void registerThreeZones() {
        for (var zone : List.of("a", "b", "c")) {
            catalog.propose(new RegisterNode(node(zone + "1", zone)));
            catalog.propose(new RegisterNode(node(zone + "2", zone)));
        }
    }

    private void refused(CatalogChange change, String message) {
        var before = catalog.image();
        assertThatThrownBy(() -> catalog.propose(change))
                .isInstanceOf(RefusedChangeException.class)
                .hasMessage(message);
        assertThat(catalog.image()).isSameAs(before);
    }

    @Test
    void aNodeMayRegisterAgainButNotAsAnother() {
        catalog.propose(new RegisterNode(node("n1", "a")));
        catalog.propose(new SetNodeState("n1", NodeState.DRAINING));

        catalog.propose(new RegisterNode(node("n1", "a")));

        assertThat(catalog.image().node("n1").orElseThrow().state()).isEqualTo(NodeState.DRAINING);
        refused(new RegisterNode(node("n1", "b")), "node n1 is in zone a, not b: another node must have another id");
        refused(
                new RegisterNode(ofLevel(2, node("n1", "a"))),
                "node n1 is known with other addresses or another release (peers at localhost:9000): is its id used"
                        + " twice?");
    }

    @Test
    void anUpdateKeepsZoneAndState() {
        catalog.propose(new RegisterNode(node("n1", "a")));
        catalog.propose(new SetNodeState("n1", NodeState.DRAINING));

        catalog.propose(new UpdateNode(ofLevel(2, node("n1", "a"))));

        assertThat(catalog.image().nodes())
                .containsExactly(ofLevel(2, node("n1", "a")).withState(NodeState.DRAINING));
        refused(new UpdateNode(node("n1", "b")), "node n1 is in zone a, not b: another node must have another id");
        refused(new UpdateNode(node("n2", "b")), "no node n2");
    }

    @Test
    void leavingNeedsAnEmptyNodeAndIsFinal() {
        registerThreeZones();
        catalog.propose(new CreateGroup(3, storage("a1", "b1", "c1")));
        refused(new SetNodeState("a1", NodeState.LEFT), "node a1 still has a replica of group 3");

        catalog.propose(new SetNodeState("a2", NodeState.LEFT));
        catalog.propose(new SetNodeState("a2", NodeState.LEFT));

        refused(new SetNodeState("a2", NodeState.ACTIVE), "node a2 has left");
        refused(new RegisterNode(node("a2", "a")), "node a2 has left; a node that comes anew needs an id of its own");
        refused(new CreateGroup(4, storage("a2")), "group 4 cannot have a replica on node a2, which has left");
    }

    @Test
    void aGroupHasOneVoteInAZone() {
        registerThreeZones();

        refused(
                new CreateGroup(1, storage("a1", "b1", "a2")),
                "group 1 cannot have replicas on a1 and a2: both are in zone a");
        refused(
                new CreateGroup(1, storage("a1", "x")),
                "group 1 cannot have a replica on node x, which never registered");
        assertThatThrownBy(() -> new CreateGroup(1, storage("a1", "a1"))).hasMessageContaining("on node a1");
        assertThatThrownBy(() -> new CreateGroup(1, List.of())).hasMessage("a group needs a storage replica");
    }

    @Test
    void aReplicaIsFilledBesideTheOneItReplaces() {
        registerThreeZones();
        var created = catalog.propose(new CreateGroup(1, storage("a1", "b1", "c1")));
        var filling = new ArrayList<>(storage("a1", "b1", "c1"));
        filling.add(new ReplicaDescriptor("a2", ReplicaKind.LEARNER));

        var first = catalog.propose(new SetGroupReplicas(1, created.version(), filling));
        var second = catalog.propose(new SetGroupReplicas(1, first.version(), storage("a2", "b1", "c1")));

        assertThat(second.group(1)).contains(new GroupDescriptor(1, second.version(), storage("a2", "b1", "c1")));
    }

    @Test
    void aGroupIsCreatedOnceAndChangedOnlyFromWhatItIs() {
        registerThreeZones();
        var created = catalog.propose(new CreateGroup(1, storage("a1", "b1", "c1")));

        catalog.propose(new CreateGroup(1, storage("a1", "b1", "c1")));

        assertThat(catalog.image().group(1)).isEqualTo(created.group(1));
        refused(new CreateGroup(1, storage("a2", "b1", "c1")), "group 1 is there already, with other replicas");
        refused(new SetGroupReplicas(1, 5, storage("a2")), "group 1 is at version 7, not 5");
        refused(new SetGroupReplicas(2, 5, storage("a2")), "no group 2");
    }

    @Test
    void theFeatureLevelRisesWhenAllUnderstandItAndNeverFalls() {
        catalog.propose(new RegisterNode(ofLevel(3, node("n1", "a"))));
        catalog.propose(new RegisterNode(ofLevel(1, node("n2", "b"))));
        refused(new RaiseFeatureLevel(2), "node n2 understands feature level 1 only, not 2");

        catalog.propose(new SetNodeState("n2", NodeState.LEFT));
        assertThat(catalog.propose(new RaiseFeatureLevel(2)).featureLevel()).isEqualTo(2);

        refused(new RaiseFeatureLevel(1), "the feature level is 2 and never goes back, so not to 1");
        refused(new RegisterNode(node("n3", "b")), "node n3 understands feature level 1 only, not 2");
        refused(new UpdateNode(node("n1", "a")), "node n1 understands feature level 1 only, not 2");
    }

    @Test
    void spreadTablesGoWhereFewestAreAndIndexesFollowTheirTable() {
        assertThat(create("before-any-group")).isEqualTo(1);
        registerThreeZones();
        catalog.propose(new CreateGroup(0, storage("a1", "b1", "c1")));
        for (int group : new int[] {1, 2, 3}) {
            catalog.propose(new CreateGroup(group, storage("a2", "b2", "c2")));
        }

        assertThat(create("t2")).isEqualTo(2);
        assertThat(create("t3")).isEqualTo(3);
        assertThat(create("t4")).isEqualTo(1);
        catalog.propose(new DropTable(id("t3")));
        assertThat(create("t5")).isEqualTo(3);

        var attribute = List.of(Samples.attribute("z"));
        catalog.propose(new AddIndex(id("t5"), Samples.index("by-z", "z"), attribute, Placement.spread(2)));
        var table = catalog.image().table("t5").orElseThrow();
        assertThat(table.globalIndexes()).hasSize(2);
        for (var index : table.globalIndexes()) {
            assertThat(catalog.image().partitions(index.id()))
                    .extracting(PartitionDescriptor::groupId)
                    .containsOnly(3);
        }
    }

    /** The group of a new spread table with an index. */
    private int create(String name) {
        catalog.propose(new CreateTable(Samples.withIndexes(name, "by-a"), Placement.spread(1)));
        return catalog.image().partitions(id(name)).getFirst().groupId();
    }

    private int id(String name) {
        return catalog.image().table(name).orElseThrow().id();
    }
}
