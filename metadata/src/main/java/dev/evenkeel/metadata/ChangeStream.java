package dev.evenkeel.metadata;

import dev.evenkeel.model.KeySchema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one table from when its stream was switched on until it was switched off, and the day after. It outlives
 * its table: the records stay readable, so what describes them stays here.
 *
 * @param id the catalog's version that brought it; never used again
 * @param tableId of the table, which may be gone
 * @param key of the table
 * @param label when it was switched on; no other stream of a table of that name has it
 * @param endedAt when its last shard was closed; null before
 * @param shards in the order in which they were opened
 */
public record ChangeStream(
        long id,
        int tableId,
        String tableName,
        String tableArn,
        KeySchema key,
        StreamViewType viewType,
        String label,
        StreamStatus status,
        Instant createdAt,
        @Nullable Instant endedAt,
        List<StreamShard> shards) {
    public ChangeStream {
        shards = List.copyOf(shards);
    }

    public String arn() {
        return tableArn + "/stream/" + label;
    }

    /** What its records are kept under, with the table and the partition. */
    public long recordsId() {
        return createdAt.toEpochMilli();
    }

    public Optional<StreamShard> shard(String shardId) {
        return shards.stream().filter(shard -> shard.id().equals(shardId)).findFirst();
    }

    ChangeStream withStatus(StreamStatus next) {
        return new ChangeStream(
                id, tableId, tableName, tableArn, key, viewType, label, next, createdAt, endedAt, shards);
    }

    /** @param ends the place of each group's log behind which no record stands */
    ChangeStream ended(Map<Integer, Long> ends, Instant at) {
        var closed = shards.stream()
                .map(shard -> shard.isOpen() ? shard.closed(ends.getOrDefault(shard.groupId(), 0L), at) : shard)
                .toList();
        return new ChangeStream(
                id, tableId, tableName, tableArn, key, viewType, label, StreamStatus.DISABLED, createdAt, at, closed);
    }
}
