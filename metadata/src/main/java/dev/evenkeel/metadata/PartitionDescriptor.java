package dev.evenkeel.metadata;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One partition: the positions {@code from} (inclusive) to {@code to} (exclusive) of a table or global index, and the
 * replication group that hosts it.
 *
 * @param id never used again for another partition
 * @param tableId of the table, or of the index's hidden table
 * @param from empty for the first one; read only
 * @param to null for the last one; read only
 */
@SuppressWarnings("ArrayRecordComponent") // positions are compared millions of times a second; never written to
public record PartitionDescriptor(long id, int tableId, byte[] from, byte @Nullable [] to, int groupId) {
    public PartitionDescriptor {
        if (to != null && Arrays.compareUnsigned(from, to) >= 0) {
            throw new IllegalArgumentException("partition " + id + " is empty");
        }
    }

    public boolean contains(byte[] position) {
        return Arrays.compareUnsigned(from, position) <= 0 && (to == null || Arrays.compareUnsigned(position, to) < 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PartitionDescriptor that
                && id == that.id
                && tableId == that.tableId
                && groupId == that.groupId
                && Arrays.equals(from, that.from)
                && Arrays.equals(to, that.to);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, tableId, groupId, Arrays.hashCode(from), Arrays.hashCode(to));
    }

    @Override
    public String toString() {
        var hex = HexFormat.of();
        return "partition %d of table %d [%s, %s) in group %d"
                .formatted(id, tableId, hex.formatHex(from), to == null ? "" : hex.formatHex(to), groupId);
    }
}
