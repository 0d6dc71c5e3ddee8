package dev.evenkeel.metadata.memds;

import dev.evenkeel.metadata.PartitionDescriptor;

/**
 * A partition and the group that hosts it, as of a version.
 *
 * <p>A partition takes the place of another only by a split, after which both halves are told, and only rising ids are
 * given out. So of two facts about the same first position the one with the higher id holds, and of one partition the one
 * with the higher version; nothing has to be told about partitions that are no more.
 *
 * @param version of this partition's place and borders; rises with each change, also from group to group
 */
public record PlacedPartition(PartitionDescriptor partition, long version) implements Fact {
    public PlacedPartition {
        if (partition.id() < 0 || partition.groupId() < 0 || version < 0) {
            throw new IllegalArgumentException("a negative id or version: " + partition + " version " + version);
        }
    }

    /** Whether this one holds where both are about the same first position. */
    public boolean supersedes(PlacedPartition other) {
        if (partition.id() != other.partition.id()) {
            return partition.id() > other.partition.id();
        }
        return version == other.version ? FactCodec.breaksTie(this, other) : version > other.version;
    }
}
