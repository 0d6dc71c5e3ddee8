package dev.evenkeel.replication.raft;

import dev.evenkeel.replication.RaftLog;
import dev.evenkeel.replication.ReplicatedStateMachine;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a replica is opened with.
 *
 * @param id of the group
 * @param kind of this replica
 * @param founders the members a new group begins with; empty when this replica joins a group that is there already, and
 *     of no importance once there is a log
 * @param log nobody else's; the group closes it
 * @param snapshots a folder of its own, which may be missing
 * @param machine what entries are applied to; null for a log replica
 * @param announcesCommits whether followers are told at once of what is committed, for a group that changes seldom and
 *     whose followers are read
 * @param snapshotBytes a snapshot is made, and the log before it given up, when so much has been applied since the last
 */
public record RaftGroupOptions(
        int id,
        GroupMember.Kind kind,
        List<GroupMember> founders,
        RaftLog log,
        Path snapshots,
        @Nullable ReplicatedStateMachine machine,
        long snapshotBytes,
        boolean announcesCommits) {

    /** Enough log for a replica that was away for a while to catch up from it. */
    public static final long SNAPSHOT_BYTES_DEFAULT = 64L << 20;

    public RaftGroupOptions {
        founders = List.copyOf(founders);
        if ((kind == GroupMember.Kind.LOG) != (machine == null)) {
            throw new IllegalArgumentException("a storage replica has a state machine, a log replica none");
        }
    }
}
