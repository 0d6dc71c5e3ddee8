package dev.evenkeel.metadata.memds;

import dev.evenkeel.metadata.PartitionDescriptor;
import java.util.List;

/**
 * What a storage node pushes to each MemDS server. Its facts become visible together, so both halves of a split belong
 * into one push.
 */
public record PartitionPush(List<Fact> facts) {
    public PartitionPush {
        facts = List.copyOf(facts);
    }

    /**
     * One partition and where it is.
     *
     * @param version of the partition; the group's membership has its own
     */
    public static PartitionPush of(PartitionDescriptor partition, long version, GroupMembership group) {
        if (partition.groupId() != group.groupId()) {
            throw new IllegalArgumentException(partition + " told with group " + group.groupId());
        }
        return new PartitionPush(List.of(group, new PlacedPartition(partition, version)));
    }
}
