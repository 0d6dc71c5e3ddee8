package dev.evenkeel.router.stream;

import dev.evenkeel.api.shape.DescribeStreamInput;
import dev.evenkeel.api.shape.KeySchemaElement;
import dev.evenkeel.api.shape.SequenceNumberRange;
import dev.evenkeel.api.shape.Shard;
import dev.evenkeel.api.shape.ShardFilter;
import dev.evenkeel.api.shape.StreamDescription;
import dev.evenkeel.metadata.ChangeStream;
import dev.evenkeel.metadata.StreamShard;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.partition.stream.ChangePosition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Streams as DynamoDB describes them, some shards at a time. */
final class StreamDescriber {
    private static final int SHARDS_MAX = 100;

    private StreamDescriber() {}

    /** @param shards of the stream, as many as there still are */
    static StreamDescription describe(ChangeStream stream, List<StreamShard> shards, DescribeStreamInput input) {
        var wanted = behind(filtered(shards, input.shardFilter()), input.exclusiveStartShardId());
        int limit = input.limit() == null ? SHARDS_MAX : input.limit();
        var page = wanted.subList(0, Math.min(limit, wanted.size()));
        return StreamDescription.builder()
                .streamArn(stream.arn())
                .streamLabel(stream.label())
                .streamStatus(stream.status().name())
                .streamViewType(stream.viewType().name())
                .creationRequestDateTime(stream.createdAt())
                .tableName(stream.tableName())
                .keySchema(key(stream.key()))
                .shards(page.stream().map(StreamDescriber::shard).toList())
                .lastEvaluatedShardId(
                        page.size() < wanted.size() ? page.getLast().id() : null)
                .build();
    }

    private static List<StreamShard> filtered(List<StreamShard> shards, @Nullable ShardFilter filter) {
        if (filter == null || (filter.type() == null && filter.shardId() == null)) {
            return shards;
        }
        if (filter.type() == null || filter.shardId() == null) {
            throw DynamoException.validation("ShardFilter needs both Type and ShardId");
        }
        var parent = filter.shardId();
        return shards.stream().filter(shard -> parent.equals(shard.parentId())).toList();
    }

    /** Shards stand in the order of their opening, and those that are trimmed meanwhile were the first. */
    private static List<StreamShard> behind(List<StreamShard> shards, @Nullable String startId) {
        if (startId == null) {
            return shards;
        }
        for (int i = 0; i < shards.size(); i++) {
            if (shards.get(i).id().equals(startId)) {
                return shards.subList(i + 1, shards.size());
            }
        }
        return shards;
    }

    private static Shard shard(StreamShard shard) {
        var end = shard.endLsn();
        return Shard.builder()
                .shardId(shard.id())
                .parentShardId(shard.parentId())
                .sequenceNumberRange(SequenceNumberRange.builder()
                        .startingSequenceNumber(new ChangePosition(shard.startLsn(), 0).sequenceNumber())
                        .endingSequenceNumber(
                                end == null ? null : ChangePosition.behind(end).sequenceNumber())
                        .build())
                .build();
    }

    private static List<KeySchemaElement> key(KeySchema key) {
        var elements = new ArrayList<KeySchemaElement>();
        key.partitionKey().forEach(attribute -> elements.add(new KeySchemaElement(attribute.name(), "HASH")));
        key.sortKey().forEach(attribute -> elements.add(new KeySchemaElement(attribute.name(), "RANGE")));
        return elements;
    }
}
