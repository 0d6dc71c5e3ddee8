package dev.evenkeel.autoadmin;

import dev.evenkeel.metadata.GroupDescriptor;
import dev.evenkeel.metadata.ReplicaDescriptor;
import dev.evenkeel.metadata.ReplicaKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing to be done to one group. */
public sealed interface Action {
    int groupId();

    /** A new group; the first replica is meant to lead. */
    record CreateGroup(int groupId, List<ReplicaDescriptor> replicas) implements Action {
        public CreateGroup {
            replicas = List.copyOf(replicas);
        }
    }

    record TransferLeader(int groupId, String toNode) implements Action {}

    /**
     * Other members of a group, in one change of its configuration. Carrying it out means: the group takes the members of
     * {@link #applyTo}, then the catalog, guarded by the version of the group that the action was planned from.
     */
    sealed interface MembershipChange extends Action {
        /** The group with its new replicas, the version unchanged. */
        GroupDescriptor applyTo(GroupDescriptor group);
    }

    /**
     * A log replica takes the vote of another replica of its zone.
     *
     * @param keptAsLearner whether the other stays, without a vote: when its node comes back, only what it missed must be
     *     copied
     */
    record AddLogReplica(int groupId, String nodeId, String inPlaceOf, boolean keptAsLearner)
            implements MembershipChange {
        @Override
        public GroupDescriptor applyTo(GroupDescriptor group) {
            var log = new ReplicaDescriptor(nodeId, ReplicaKind.LOG);
            var next = replacing(group, inPlaceOf, log);
            if (keptAsLearner) {
                next.add(new ReplicaDescriptor(inPlaceOf, ReplicaKind.LEARNER));
            }
            return with(group, next);
        }
    }

    /** A storage replica begins to be filled, as a learner. */
    record AddStorageReplica(int groupId, String nodeId) implements MembershipChange {
        @Override
        public GroupDescriptor applyTo(GroupDescriptor group) {
            var next = new ArrayList<>(group.replicas());
            next.add(new ReplicaDescriptor(nodeId, ReplicaKind.LEARNER));
            return with(group, next);
        }
    }

    /** A log replica becomes a storage replica where it is: it keeps its vote while it is filled. */
    record ConvertLogReplica(int groupId, String nodeId) implements MembershipChange {
        @Override
        public GroupDescriptor applyTo(GroupDescriptor group) {
            return with(group, replacing(group, nodeId, new ReplicaDescriptor(nodeId, ReplicaKind.STORAGE)));
        }
    }

    /**
     * A learner that has caught up becomes a storage replica with a vote.
     *
     * @param inPlaceOf whose vote it takes and who is no member any more; null when the group has no vote in that zone
     */
    record PromoteReplica(
            int groupId, String nodeId, @Nullable String inPlaceOf) implements MembershipChange {
        @Override
        public GroupDescriptor applyTo(GroupDescriptor group) {
            var storage = new ReplicaDescriptor(nodeId, ReplicaKind.STORAGE);
            var next = inPlaceOf == null ? new ArrayList<>(group.replicas()) : replacing(group, inPlaceOf, storage);
            next.removeIf(replica ->
                    replica.nodeId().equals(nodeId) && !replica.kind().votes());
            if (inPlaceOf == null) {
                next.add(storage);
            }
            return with(group, next);
        }
    }

    /** A learner is no member any more. Voters are only ever replaced. */
    record RemoveReplica(int groupId, String nodeId) implements MembershipChange {
        @Override
        public GroupDescriptor applyTo(GroupDescriptor group) {
            var next = new ArrayList<>(group.replicas());
            next.removeIf(replica ->
                    replica.nodeId().equals(nodeId) && !replica.kind().votes());
            return with(group, next);
        }
    }

    private static ArrayList<ReplicaDescriptor> replacing(
            GroupDescriptor group, String nodeId, ReplicaDescriptor replacement) {
        var next = new ArrayList<ReplicaDescriptor>();
        for (var replica : group.replicas()) {
            next.add(replica.nodeId().equals(nodeId) ? replacement : replica);
        }
        return next;
    }

    private static GroupDescriptor with(GroupDescriptor group, List<ReplicaDescriptor> replicas) {
        return new GroupDescriptor(group.id(), group.version(), replicas);
    }
}
