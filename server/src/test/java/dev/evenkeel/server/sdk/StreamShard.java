package dev.evenkeel.server.sdk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.Stream;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * A shard of one of a table's streams.
 *
 * @param parents lease keys of the shards that must be done before this one, so that an item's changes stay in order
 */
record StreamShard(String streamArn, String shardId, List<String> parents) {
    StreamShard {
        parents = List.copyOf(parents);
    }

    String leaseKey() {
        return leaseKey(streamArn, shardId);
    }

    private static String leaseKey(String streamArn, String shardId) {
        return streamArn + "/" + shardId;
    }

    /**
     * All shards of all of a table's streams. A shard comes after its parent; one without a parent comes after all shards
     * of the stream before, since the table was recorded there first.
     */
    static List<StreamShard> ofTable(DynamoDbStreamsClient client, String table) {
        var all = new ArrayList<StreamShard>();
        List<String> before = List.of();
        for (var arn : streams(client, table)) {
            var shards = new ArrayList<StreamShard>();
            for (var shard : shards(client, arn)) {
                var parent = shard.parentShardId();
                shards.add(new StreamShard(
                        arn, shard.shardId(), parent == null ? before : List.of(leaseKey(arn, parent))));
            }
            before = shards.stream().map(StreamShard::leaseKey).toList();
            all.addAll(shards);
        }
        return all;
    }

    private static List<String> streams(DynamoDbStreamsClient client, String table) {
        var found = new ArrayList<Stream>();
        @Nullable String after = null;
        do {
            var from = after;
            var page = client.listStreams(request -> request.tableName(table).exclusiveStartStreamArn(from));
            found.addAll(page.streams());
            after = page.lastEvaluatedStreamArn();
        } while (after != null);
        return found.stream()
                .sorted(Comparator.comparing(Stream::streamLabel))
                .map(Stream::streamArn)
                .toList();
    }

    private static List<Shard> shards(DynamoDbStreamsClient client, String arn) {
        var found = new ArrayList<Shard>();
        @Nullable String after = null;
        do {
            var from = after;
            var page = client.describeStream(
                            request -> request.streamArn(arn).limit(2).exclusiveStartShardId(from))
                    .streamDescription();
            found.addAll(page.shards());
            after = page.lastEvaluatedShardId();
        } while (after != null);
        return found;
    }
}
