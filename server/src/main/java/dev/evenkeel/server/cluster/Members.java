package dev.evenkeel.server.cluster;

import dev.evenkeel.metadata.ReplicaDescriptor;
import dev.evenkeel.metadata.ReplicaKind;
import dev.evenkeel.replication.raft.GroupMember;
import java.util.List;

/** The catalog's replicas as members of their groups, which know voters and those that only follow. */
final class Members {
    private Members() {}

    /** What that replica is, or a learner will be, in its group. */
    static GroupMember.Kind kind(ReplicaKind kind) {
        return kind == ReplicaKind.LOG ? GroupMember.Kind.LOG : GroupMember.Kind.STORAGE;
    }

    static List<GroupMember> voters(List<ReplicaDescriptor> replicas) {
        return replicas.stream()
                .filter(replica -> replica.kind().votes())
                .map(replica -> new GroupMember(replica.nodeId(), kind(replica.kind())))
                .toList();
    }

    /** The nodes that follow without a vote. */
    static List<String> learners(List<ReplicaDescriptor> replicas) {
        return replicas.stream()
                .filter(replica -> replica.kind() == ReplicaKind.LEARNER)
                .map(ReplicaDescriptor::nodeId)
                .toList();
    }
}
