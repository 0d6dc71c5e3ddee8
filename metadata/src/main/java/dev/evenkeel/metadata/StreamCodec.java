package dev.evenkeel.metadata;

import dev.evenkeel.metadata.StreamChange.DropStream;
import dev.evenkeel.metadata.StreamChange.EndStream;
import java.util.Map;
import java.util.TreeMap;

/** The binary form of streams and of their changes, whose kinds are 16 and 17. */
final class StreamCodec {
    static final int END_STREAM = 16;
    static final int DROP_STREAM = 17;

    private StreamCodec() {}

    static void writeChange(Sink out, StreamChange change) {
        switch (change) {
            case EndStream end ->
                out.u8(END_STREAM)
                        .i64(end.streamId())
                        .list(
                                new TreeMap<>(end.ends()).entrySet(), // sorted: the same ends are always the same bytes
                                (o, each) -> o.i32(each.getKey()).i64(each.getValue()))
                        .instant(end.at());
            case DropStream drop -> out.u8(DROP_STREAM).i64(drop.streamId());
        }
    }

    static StreamChange readChange(Source in, int kind) {
        long id = in.i64();
        if (kind == DROP_STREAM) {
            return new DropStream(id);
        }
        var ends = new TreeMap<Integer, Long>();
        in.list(i -> Map.entry(i.i32(), i.i64())).forEach(end -> ends.put(end.getKey(), end.getValue()));
        return new EndStream(id, ends, in.instant());
    }

    static void writeStream(Sink out, ChangeStream stream) {
        out.i64(stream.id()).i32(stream.tableId()).text(stream.tableName()).text(stream.tableArn());
        SchemaCodec.writeKey(out, stream.key());
        out.member(stream.viewType())
                .text(stream.label())
                .member(stream.status())
                .instant(stream.createdAt())
                .optional(stream.endedAt(), Sink::instant)
                .list(stream.shards(), StreamCodec::writeShard);
    }

    static ChangeStream readStream(Source in) {
        return new ChangeStream(
                in.i64(),
                in.i32(),
                in.text(),
                in.text(),
                SchemaCodec.readKey(in),
                in.member(StreamViewType.class),
                in.text(),
                in.member(StreamStatus.class),
                in.instant(),
                in.optional(Source::instant),
                in.list(StreamCodec::readShard));
    }

    private static void writeShard(Sink out, StreamShard shard) {
        out.i64(shard.partitionId())
                .i32(shard.groupId())
                .instant(shard.openedAt())
                .optional(shard.parentId(), Sink::text)
                .i64(shard.startLsn())
                .optional(shard.endLsn(), Sink::i64)
                .optional(shard.closedAt(), Sink::instant);
    }

    private static StreamShard readShard(Source in) {
        return new StreamShard(
                in.i64(),
                in.i32(),
                in.instant(),
                in.optional(Source::text),
                in.i64(),
                in.optional(Source::i64),
                in.optional(Source::instant));
    }
}
