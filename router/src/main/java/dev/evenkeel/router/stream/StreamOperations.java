package dev.evenkeel.router.stream;

import dev.evenkeel.api.shape.DescribeStreamInput;
import dev.evenkeel.api.shape.DescribeStreamOutput;
import dev.evenkeel.api.shape.GetRecordsInput;
import dev.evenkeel.api.shape.GetRecordsOutput;
import dev.evenkeel.api.shape.GetShardIteratorInput;
import dev.evenkeel.api.shape.GetShardIteratorOutput;
import dev.evenkeel.api.shape.ListStreamsInput;
import dev.evenkeel.api.shape.ListStreamsOutput;
import dev.evenkeel.api.shape.Stream;
import dev.evenkeel.metadata.CatalogImage;
import dev.evenkeel.metadata.ChangeStream;
import dev.evenkeel.metadata.StreamShard;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.model.Ticker;
import dev.evenkeel.partition.StreamGroup;
import dev.evenkeel.partition.stream.ChangePosition;
import dev.evenkeel.partition.stream.ChangesRead;
import dev.evenkeel.partition.stream.ShardKey;
import dev.evenkeel.router.Router;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The operations of DynamoDB Streams. */
public final class StreamOperations {
    private static final int STREAMS_MAX = 100;

    /** Records and bytes of one GetRecords (API Reference, "GetRecords"). */
    private static final int RECORDS_MAX = 1_000;

    private static final long RECORDS_BYTES_MAX = 1L << 20;

    private final StreamCatalog catalog;
    private final IntFunction<StreamGroup> groups;
    private final Ticker ticker;
    private final String region;

    /**
     * @param image the current catalog
     * @param newest the catalog with every change made so far, wherever
     * @param groups the change records of a group, by its id
     * @param ticker of records and iterators
     * @param region that records say they are from
     */
    public StreamOperations(
            Supplier<CatalogImage> image,
            Supplier<CatalogImage> newest,
            IntFunction<StreamGroup> groups,
            Ticker ticker,
            String region) {
        this.catalog = new StreamCatalog(image, newest, ticker);
        this.groups = groups;
        this.ticker = ticker;
        this.region = region;
    }

    /** Adds a handler for each of them. */
    public Router.Builder register(Router.Builder router) {
        return router.handle("ListStreams", this::listStreams)
                .handle("DescribeStream", this::describeStream)
                .handle("GetShardIterator", this::getShardIterator)
                .handle("GetRecords", this::getRecords);
    }

    /** In the order of their ARNs. The start need not be there any more. */
    ListStreamsOutput listStreams(ListStreamsInput input) {
        var start = input.exclusiveStartStreamArn();
        var streams = streams(input.tableName()).stream()
                .filter(stream -> start == null || stream.arn().compareTo(start) > 0)
                .toList();
        int limit = input.limit() == null ? STREAMS_MAX : input.limit();
        var page = streams.subList(0, Math.min(limit, streams.size()));
        return ListStreamsOutput.builder()
                .streams(page.stream().map(StreamOperations::listed).toList())
                .lastEvaluatedStreamArn(
                        page.size() < streams.size() ? page.getLast().arn() : null)
                .build();
    }

    private List<ChangeStream> streams(@Nullable String tableName) {
        var image = catalog.newest();
        var all = catalog.streams(image);
        if (tableName == null) {
            return all;
        }
        var ofTable = all.stream()
                .filter(stream -> stream.tableName().equals(tableName))
                .toList();
        if (ofTable.isEmpty() && image.table(tableName).isEmpty()) {
            throw StreamCatalog.notFound("Table: " + tableName + " not found");
        }
        return ofTable;
    }

    private static Stream listed(ChangeStream stream) {
        return new Stream(stream.arn(), stream.tableName(), stream.label());
    }

    DescribeStreamOutput describeStream(DescribeStreamInput input) {
        var stream = catalog.newestStream(Objects.requireNonNull(input.streamArn()));
        return new DescribeStreamOutput(StreamDescriber.describe(stream, catalog.shards(stream), input));
    }

    GetShardIteratorOutput getShardIterator(GetShardIteratorInput input) {
        var stream = catalog.stream(Objects.requireNonNull(input.streamArn()));
        var shard = shard(stream, Objects.requireNonNull(input.shardId()));
        var iterator = switch (Objects.requireNonNull(input.shardIteratorType())) {
            case "TRIM_HORIZON" -> iterator(stream, shard, ChangePosition.START, true);
            case "LATEST" -> iterator(stream, shard, ChangePosition.behind(newest(shard)), false);
            case "AT_SEQUENCE_NUMBER" ->
                checked(stream, shard, iterator(stream, shard, position(input).before(), false));
            default -> checked(stream, shard, iterator(stream, shard, position(input), false));
        };
        return new GetShardIteratorOutput(iterator.text());
    }

    private StreamShard shard(ChangeStream stream, String shardId) {
        return catalog.shard(stream, shardId)
                .or(() -> catalog.shard(catalog.newestStream(stream.arn()), shardId))
                .orElseThrow(() -> StreamCatalog.notFound("Shard does not exist"));
    }

    private ShardIterator iterator(ChangeStream stream, StreamShard shard, ChangePosition after, boolean fromHorizon) {
        return new ShardIterator(stream.arn(), shard.id(), after, fromHorizon, ticker.now());
    }

    private long newest(StreamShard shard) {
        var end = shard.endLsn();
        return end == null ? groups.apply(shard.groupId()).newest() : end;
    }

    private static ChangePosition position(GetShardIteratorInput input) {
        return Optional.ofNullable(input.sequenceNumber())
                .flatMap(ChangePosition::ofSequenceNumber)
                .orElseThrow(() -> DynamoException.validation("Invalid SequenceNumber"));
    }

    /** What has been trimmed is told at once, not when the iterator is used. */
    private ShardIterator checked(ChangeStream stream, StreamShard shard, ShardIterator iterator) {
        if (groups.apply(shard.groupId())
                .changes(read(stream, shard, iterator, 1))
                .isTrimmed()) {
            throw trimmed();
        }
        return iterator;
    }

    GetRecordsOutput getRecords(GetRecordsInput input) {
        var iterator = ShardIterator.of(Objects.requireNonNull(input.shardIterator()));
        var now = ticker.now();
        iterator.checkAge(now);
        var stream = catalog.stream(iterator.streamArn());
        var shard = shard(stream, iterator.shardId());
        int limit = input.limit() == null ? RECORDS_MAX : input.limit();
        var page = groups.apply(shard.groupId()).changes(read(stream, shard, iterator, limit));
        if (page.isTrimmed()) {
            throw trimmed();
        }
        var describer = new RecordDescriber(stream, shard, region);
        var end = shard.endLsn();
        boolean isEnd = end != null && page.completeThrough().compareTo(ChangePosition.behind(end)) >= 0;
        return GetRecordsOutput.builder()
                .records(page.records().stream().map(describer::describe).toList())
                .nextShardIterator(
                        isEnd ? null : iterator.at(page.completeThrough(), now).text())
                .build();
    }

    private ChangesRead read(ChangeStream stream, StreamShard shard, ShardIterator iterator, int recordsMax) {
        return new ChangesRead(
                new ShardKey(stream.tableId(), shard.partitionId(), stream.recordsId()),
                iterator.after(),
                iterator.fromHorizon(),
                catalog.keptSince().toEpochMilli(),
                recordsMax,
                RECORDS_BYTES_MAX);
    }

    private static DynamoException trimmed() {
        return new DynamoException(ErrorCode.TRIMMED_DATA_ACCESS, "The data you are trying to access has been trimmed");
    }
}
