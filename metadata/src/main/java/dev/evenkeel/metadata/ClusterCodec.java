package dev.evenkeel.metadata;

import dev.evenkeel.metadata.ClusterChange.CreateGroup;
import dev.evenkeel.metadata.ClusterChange.RaiseFeatureLevel;
import dev.evenkeel.metadata.ClusterChange.RegisterNode;
import dev.evenkeel.metadata.ClusterChange.SetGroupReplicas;
import dev.evenkeel.metadata.ClusterChange.SetNodeState;
import dev.evenkeel.metadata.ClusterChange.UpdateNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The binary form of nodes and groups and of their changes. A change's kind is numbered with those of
 * {@link ChangeCodec}, from 20 on.
 */
final class ClusterCodec {
    static final int KIND_MIN = 20;
    static final int KIND_MAX = 25;

    private static final int REGISTER_NODE = KIND_MIN;
    private static final int UPDATE_NODE = 21;
    private static final int SET_NODE_STATE = 22;
    private static final int CREATE_GROUP = 23;
    private static final int SET_GROUP_REPLICAS = 24;
    private static final int RAISE_FEATURE_LEVEL = KIND_MAX;

    private ClusterCodec() {}

    static void writeChange(Sink out, ClusterChange change) {
        switch (change) {
            case RegisterNode register -> writeNode(out.u8(REGISTER_NODE), register.node());
            case UpdateNode update -> writeNode(out.u8(UPDATE_NODE), update.node());
            case SetNodeState set -> out.u8(SET_NODE_STATE).text(set.nodeId()).member(set.state());
            case CreateGroup create ->
                out.u8(CREATE_GROUP).i32(create.groupId()).list(create.replicas(), ClusterCodec::writeReplica);
            case SetGroupReplicas set ->
                out.u8(SET_GROUP_REPLICAS)
                        .i32(set.groupId())
                        .i64(set.expectedVersion())
                        .list(set.replicas(), ClusterCodec::writeReplica);
            case RaiseFeatureLevel raise -> out.u8(RAISE_FEATURE_LEVEL).i32(raise.level());
        }
    }

    static ClusterChange readChange(Source in, int kind) {
        return switch (kind) {
            case REGISTER_NODE -> new RegisterNode(readNode(in));
            case UPDATE_NODE -> new UpdateNode(readNode(in));
            case SET_NODE_STATE -> new SetNodeState(in.text(), in.member(NodeState.class));
            case CREATE_GROUP -> new CreateGroup(in.i32(), readReplicas(in));
            case SET_GROUP_REPLICAS -> new SetGroupReplicas(in.i32(), in.i64(), readReplicas(in));
            case RAISE_FEATURE_LEVEL -> new RaiseFeatureLevel(in.i32());
            default -> throw new CorruptCatalogException("no change of the cluster has number " + kind);
        };
    }

    static void writeTopology(Sink out, Topology topology) {
        out.i32(topology.featureLevel())
                .list(topology.nodes().values(), ClusterCodec::writeNode)
                .list(topology.groups().values(), ClusterCodec::writeGroup);
    }

    static Topology readTopology(Source in) {
        int featureLevel = in.i32();
        var nodes = byId(in.list(ClusterCodec::readNode), NodeDescriptor::id);
        var groups = byId(in.list(ClusterCodec::readGroup), GroupDescriptor::id);
        try {
            return new Topology(nodes, groups, featureLevel);
        } catch (RefusedChangeException broken) {
            throw new CorruptCatalogException("the cluster breaks its rules: " + broken.getMessage(), broken);
        }
    }

    private static <K, V> Map<K, V> byId(List<V> values, Function<V, K> id) {
        var map = new HashMap<K, V>();
        for (var value : values) {
            if (map.put(id.apply(value), value) != null) {
                throw new CorruptCatalogException("two have the id " + id.apply(value));
            }
        }
        return map;
    }

    private static void writeNode(Sink out, NodeDescriptor node) {
        out.text(node.id())
                .text(node.zone())
                .text(node.clientHost())
                .i32(node.clientPort())
                .text(node.peerHost())
                .i32(node.peerPort())
                .member(node.state())
                .i32(node.featureLevel());
    }

    private static NodeDescriptor readNode(Source in) {
        return new NodeDescriptor(
                in.text(), in.text(), in.text(), in.i32(), in.text(), in.i32(), in.member(NodeState.class), in.i32());
    }

    private static void writeGroup(Sink out, GroupDescriptor group) {
        out.i32(group.id()).i64(group.version()).list(group.replicas(), ClusterCodec::writeReplica);
    }

    private static GroupDescriptor readGroup(Source in) {
        return new GroupDescriptor(in.i32(), in.i64(), readReplicas(in));
    }

    private static void writeReplica(Sink out, ReplicaDescriptor replica) {
        out.text(replica.nodeId()).member(replica.kind());
    }

    private static List<ReplicaDescriptor> readReplicas(Source in) {
        return in.list(i -> new ReplicaDescriptor(i.text(), i.member(ReplicaKind.class)));
    }
}
