package dev.evenkeel.server.cluster;

import dev.evenkeel.metadata.ClusterChange;
import dev.evenkeel.metadata.GroupDescriptor;
import dev.evenkeel.metadata.NodeDescriptor;
import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.replication.raft.GroupMember;
import dev.evenkeel.replication.raft.RaftGroup;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@link AdminCalls}. */
final class AdminService {
    private static final Logger LOG = LoggerFactory.getLogger(AdminService.class);

    private final CatalogReplica catalog;
    private final NodeGroups groups;
    private final Observations observations;
    private final ReplicaRemoval removal;
    private final ExecutorService threads;

    AdminService(
            CatalogReplica catalog,
            NodeGroups groups,
            Observations observations,
            ReplicaRemoval removal,
            ExecutorService threads) {
        this.removal = removal;
        this.catalog = catalog;
        this.groups = groups;
        this.observations = observations;
        this.threads = threads;
    }

    CompletableFuture<byte[]> handle(byte[] request) {
        var in = new ByteReader(request);
        if (in.u8() != AdminCalls.VERSION) {
            return CompletableFuture.failedFuture(
                    new IllegalArgumentException("a request of a version that this release cannot read"));
        }
        int kind = in.u8();
        if (kind == AdminCalls.REPORT) { // often, and quick
            observations.heard(NodeReport.read(in));
            return CompletableFuture.completedFuture(DONE);
        }
        return CompletableFuture.supplyAsync(() -> answer(kind, in), threads);
    }

    private static final byte[] DONE =
            new ByteWriter(2).u8(AdminCalls.VERSION).bool(true).toBytes();

    private byte[] answer(int kind, ByteReader in) {
        try {
            switch (kind) {
                case AdminCalls.JOIN -> join(AdminCalls.readNode(in));
                case AdminCalls.OPEN -> groups.openForChange((int) in.unsigned(), ReplicaReport.kindOf(in.u8()));
                case AdminCalls.CHANGE ->
                    change(led((int) in.unsigned()), ReplicaReport.readMembers(in), ReplicaReport.readStrings(in));
                case AdminCalls.REMOVE_MEMBER -> removeMember(led((int) in.unsigned()), in.string());
                case AdminCalls.REMOVE -> remove(in.string(), (int) in.unsigned());
                case AdminCalls.TRANSFER -> transfer(led((int) in.unsigned()), in.string());
                default -> throw new IllegalArgumentException("an unknown request " + kind);
            }
            return DONE;
        } catch (RuntimeException failed) {
            LOG.debug("Refused what another node asked", failed);
            return new ByteWriter(64)
                    .u8(AdminCalls.VERSION)
                    .bool(false)
                    .string(String.valueOf(failed.getMessage()))
                    .toBytes();
        }
    }

    private RaftGroup led(int groupId) {
        var led = groupId == GroupDescriptor.CATALOG
                ? Optional.of(catalog.group()).filter(RaftGroup::leads)
                : groups.leading(groupId).map(HostedGroup::group);
        return led.orElseThrow(() -> new IllegalStateException("group " + groupId + " is not led from here"));
    }

    /** The node follows the catalog from now on, and is in it. */
    private void join(NodeDescriptor node) {
        var group = led(GroupDescriptor.CATALOG);
        checkMayJoin(node);
        if (!group.learners().contains(node.id())
                && group.status().members().stream()
                        .noneMatch(member -> member.node().equals(node.id()))) {
            joined(group.addLearner(node.id()));
        }
        register(catalog, node);
    }

    /** What the catalog would refuse is refused before the node follows it. */
    private void checkMayJoin(NodeDescriptor node) {
        var image = catalog.catalog().image();
        var known = image.node(node.id());
        if (known.filter(NodeDescriptor::hasLeft).isPresent()) {
            throw new IllegalStateException(
                    "node " + node.id() + " has left; a node that comes anew needs an id of its own");
        }
        if (known.filter(it -> !it.zone().equals(node.zone())).isPresent()) {
            throw new IllegalStateException("node %s is in zone %s, not %s: another node must have another id"
                    .formatted(node.id(), known.get().zone(), node.zone()));
        }
        if (node.featureLevel() < image.featureLevel()) {
            throw new IllegalStateException("node %s understands feature level %d, and the cluster is at %d already"
                    .formatted(node.id(), node.featureLevel(), image.featureLevel()));
        }
    }

    /** Notes the node in the catalog, with its addresses as they are now. */
    static void register(CatalogReplica replica, NodeDescriptor node) {
        var catalog = replica.catalog();
        var known = catalog.image().node(node.id());
        if (known.isEmpty()) {
            catalog.propose(new ClusterChange.RegisterNode(node));
        } else if (!known.get().equals(node)) {
            catalog.propose(new ClusterChange.UpdateNode(node));
        }
    }

    private static void change(RaftGroup group, List<GroupMember> voters, List<String> learners) {
        if (!List.copyOf(voters).equals(group.status().members())) {
            joined(group.changeMembers(voters));
        }
        for (var learner : learners) {
            if (!group.learners().contains(learner)) {
                joined(group.addLearner(learner));
            }
        }
        for (var learner : group.learners()) {
            if (!learners.contains(learner)) {
                joined(group.removeLearner(learner));
            }
        }
    }

    /** From what the group itself says, and only when it is surely led from here. */
    private static void removeMember(RaftGroup group, String node) {
        group.readBarrier();
        var voters = group.status().members().stream()
                .filter(member -> !member.node().equals(node))
                .toList();
        if (voters.isEmpty()) {
            throw new IllegalStateException("group " + group.id() + " would have nobody left, or is not led from here");
        }
        var learners = group.learners().stream().filter(it -> !it.equals(node)).toList();
        change(group, voters, learners);
    }

    private static void joined(CompletableFuture<Void> change) {
        try {
            change.join();
        } catch (CompletionException failed) {
            throw new IllegalStateException(String.valueOf(failed.getCause()), failed);
        }
    }

    private void remove(String node, int groupId) {
        led(GroupDescriptor.CATALOG);
        if (groupId == AdminCalls.ALL_GROUPS) {
            removal.removeFromAll(node);
        } else {
            removal.remove(node, groupId);
        }
    }

    private static void transfer(RaftGroup group, String toNode) {
        if (!group.transferLeadership(toNode)) {
            throw new IllegalStateException("group " + group.id() + " cannot hand over to " + toNode + " now");
        }
    }
}
