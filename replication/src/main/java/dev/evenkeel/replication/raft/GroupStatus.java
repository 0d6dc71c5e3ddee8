package dev.evenkeel.replication.raft;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One replica of a group as it sees itself.
 *
 * @param leader the node that leads, null when it knows none
 * @param term of the engine: rises with each election
 * @param lastLsn the last entry in its log
 * @param committedLsn the last entry it knows committed
 * @param appliedLsn the last one applied to its state
 * @param members the voters, as of the last entry of its log that names them
 * @param failure why the replica does not run; null when it does
 */
public record GroupStatus(
        int groupId,
        GroupMember self,
        @Nullable String leader,
        boolean leads,
        long term,
        long lastLsn,
        long committedLsn,
        long appliedLsn,
        List<GroupMember> members,
        @Nullable String failure) {
    public GroupStatus {
        members = List.copyOf(members);
    }
}
