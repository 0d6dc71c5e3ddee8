package dev.evenkeel.metadata.memds;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The replicas of a group, as of a version.
 *
 * @param version rises with each change of members or leader
 * @param leader the node of the leader, one of the members; null while there is none
 */
public record GroupMembership(
        int groupId,
        long version,
        List<GroupMember> members,
        @Nullable String leader) implements Fact {
    public GroupMembership {
        members = List.copyOf(members);
        if (groupId < 0 || version < 0) {
            throw new IllegalArgumentException("a negative id or version: group " + groupId + " version " + version);
        }
        if (leader != null && members.stream().noneMatch(member -> member.node().equals(leader))) {
            throw new IllegalArgumentException(leader + " leads group " + groupId + " without being in it");
        }
    }

    /** Whether this one holds where both are about the same group. */
    public boolean supersedes(GroupMembership other) {
        return version == other.version ? FactCodec.breaksTie(this, other) : version > other.version;
    }
}
