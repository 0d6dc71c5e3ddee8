package dev.evenkeel.partition.stream;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.model.StoreKey;
import java.nio.ByteBuffer;

/**
 * Where the records of one shard lie in the stores of its group: those of one partition in one stream.
 *
 * <pre>
 * record = table:u32 F7 partition:u64 stream:u64 lsn:u64 ordinal:u16
 * mark   = table:u32 F8 partition:u64 stream:u64
 * </pre>
 *
 * They are not in the partition's range of positions: a dropped partition leaves them to be read for a day.
 */
public record ShardKey(int tableId, long partitionId, long streamId) {
    private static final int PREFIX_BYTES = StoreKey.PREFIX_BYTES + 2 * Long.BYTES;

    /** What the keys of all records begin with; it goes into the log, which knows the rest. */
    public byte[] prefix() {
        return key(StoreKey.CHANGES);
    }

    /** The key of how far the shard has been trimmed. */
    public byte[] trimMark() {
        return key(StoreKey.TRIMMED);
    }

    private byte[] key(int space) {
        var position = ByteBuffer.allocate(2 * Long.BYTES).putLong(partitionId).putLong(streamId);
        return StoreKey.of(tableId, space, position.array());
    }

    public byte[] record(ChangePosition position) {
        return record(prefix(), position);
    }

    /** @param prefix what {@link #prefix} made */
    public static byte[] record(byte[] prefix, ChangePosition position) {
        return ByteBuffer.allocate(prefix.length + ChangePosition.BYTES)
                .put(prefix)
                .put(position.toBytes())
                .array();
    }

    /** The least key behind that place. */
    public byte[] recordAfter(ChangePosition position) {
        var key = record(position);
        return ByteBuffer.allocate(key.length + 1).put(key).array();
    }

    /** The least key behind all records of the shard. */
    public byte[] end() {
        return recordAfter(ChangePosition.END);
    }

    static ChangePosition positionOf(byte[] recordKey) {
        return ChangePosition.of(recordKey, PREFIX_BYTES);
    }

    public void write(ByteWriter out) {
        out.unsigned(tableId).unsigned(partitionId).unsigned(streamId);
    }

    public static ShardKey read(ByteReader in) {
        return new ShardKey((int) in.unsigned(), in.unsigned(), in.unsigned());
    }
}
