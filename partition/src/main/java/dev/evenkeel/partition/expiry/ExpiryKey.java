package dev.evenkeel.partition.expiry;

import dev.evenkeel.model.StoreKey;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Where the times of a partition's items lie in the stores of its group.
 *
 * <pre>
 * row  = table:u32 F9 partition:u64 setting:u64 second:u64 position…     value: empty
 * mark = table:u32 FA partition:u64                                       value: {@link ExpiryMark}
 * </pre>
 *
 * The setting is {@link dev.evenkeel.model.ExpirySchema#id}: rows of one are never taken for those of another, whichever way
 * the table goes from one attribute to the next. By partition, not by position, since time comes first; a partition that
 * comes out of another has no rows, and is filled like one whose table has just been told to let items expire.
 */
public record ExpiryKey(int tableId, long partitionId) {
    private static final int SECOND_AT = StoreKey.PREFIX_BYTES + 2 * Long.BYTES;
    private static final int POSITION_AT = SECOND_AT + Long.BYTES;

    /** Later than all settings, so that {@link #settingsBefore} is everything. */
    public static final long ALL_SETTINGS = Long.MAX_VALUE;

    public byte[] row(long setting, long second, byte[] position) {
        var rest = ByteBuffer.allocate(3 * Long.BYTES + position.length)
                .putLong(partitionId)
                .putLong(setting)
                .putLong(second)
                .put(position);
        return StoreKey.of(tableId, StoreKey.EXPIRY, rest.array());
    }

    /** The first key of a second in a setting. */
    byte[] from(long setting, long second) {
        return row(setting, second, new byte[0]);
    }

    /** The first key of all rows. */
    public byte[] start() {
        return settingsBefore(0);
    }

    /** The first key behind the rows of all settings before that one. */
    public byte[] settingsBefore(long setting) {
        var rest = ByteBuffer.allocate(2 * Long.BYTES).putLong(partitionId).putLong(setting);
        return StoreKey.of(tableId, StoreKey.EXPIRY, rest.array());
    }

    /** The key of how far the partition's items are entered. */
    public byte[] mark() {
        var rest = ByteBuffer.allocate(Long.BYTES).putLong(partitionId);
        return StoreKey.of(tableId, StoreKey.EXPIRY_FILLED, rest.array());
    }

    /** @param row what {@link #row} made */
    public static long secondOf(byte[] row) {
        return ByteBuffer.wrap(row).getLong(SECOND_AT);
    }

    static ExpiryRow rowOf(byte[] row) {
        return new ExpiryRow(secondOf(row), Arrays.copyOfRange(row, POSITION_AT, row.length));
    }
}
