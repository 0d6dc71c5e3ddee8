package dev.evenkeel.metadata;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The records of one partition in one stream, as long as the partition is the one it is: a shard ends with its stream, and
 * with a partition that is split or moved, whose successors' shards name it as their parent.
 *
 * @param partitionId of the partition whose changes it has
 * @param groupId of the group that has the records
 * @param openedAt in the shard's name
 * @param parentId of the shard that this one goes on from; null for the first ones of a stream
 * @param startLsn in the group's log: all records stand behind it
 * @param endLsn in the group's log: no record stands behind it; null while the shard is open
 * @param closedAt null while the shard is open
 */
public record StreamShard(
        long partitionId,
        int groupId,
        Instant openedAt,
        @Nullable String parentId,
        long startLsn,
        @Nullable Long endLsn,
        @Nullable Instant closedAt) {

    static StreamShard first(PartitionDescriptor partition, Instant openedAt) {
        return new StreamShard(partition.id(), partition.groupId(), openedAt, null, 0, null, null);
    }

    /** As DynamoDB's: when it was opened, and what tells it from the others of its stream. */
    public String id() {
        return String.format(Locale.ROOT, "shardId-%020d-%08x", openedAt.toEpochMilli(), partitionId);
    }

    public boolean isOpen() {
        return endLsn == null;
    }

    StreamShard closed(long lsn, Instant at) {
        return new StreamShard(partitionId, groupId, openedAt, parentId, startLsn, lsn, at);
    }
}
