package dev.evenkeel.metadata;

import dev.evenkeel.model.KeyEncoding;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of one table in the order of their positions. They cover every position once: the first begins at the
 * smallest, each begins where the one before ends, the last has no end.
 *
 * <p>Immutable. {@link #floor} runs once for every item operation: it is a binary search over an array and allocates
 * nothing.
 */
final class PartitionMap {
    private final PartitionDescriptor[] byFrom;

    PartitionMap(List<PartitionDescriptor> partitions) {
        byFrom = partitions.toArray(PartitionDescriptor[]::new);
        check(byFrom.length > 0 && byFrom[0].from().length == 0, "the first partition must begin at the beginning");
        for (int i = 0; i < byFrom.length; i++) {
            byte[] next = i + 1 < byFrom.length ? byFrom[i + 1].from() : null;
            check(Arrays.equals(byFrom[i].to(), next), "gap or overlap after " + byFrom[i]);
        }
    }

    /** Cuts the space of hashes into {@code count} even parts with ids from {@code firstId} on. */
    static PartitionMap evenly(int tableId, int count, long firstId, int groupId) {
        var partitions = new ArrayList<PartitionDescriptor>(count);
        for (int i = 0; i < count; i++) {
            var from = i == 0 ? new byte[0] : cut(i, count);
            var to = i + 1 == count ? null : cut(i + 1, count);
            partitions.add(new PartitionDescriptor(firstId + i, tableId, from, to, groupId));
        }
        return new PartitionMap(partitions);
    }

    /** The first hash of part {@code i}, as the bytes a position begins with. */
    private static byte[] cut(int i, int count) {
        long hash = BigInteger.ONE
                .shiftLeft(Long.SIZE)
                .multiply(BigInteger.valueOf(i))
                .divide(BigInteger.valueOf(count))
                .longValue();
        var bytes = new byte[KeyEncoding.HASH_BYTES];
        for (int b = 0; b < bytes.length; b++) {
            bytes[b] = (byte) (hash >>> (Long.SIZE - Byte.SIZE * (b + 1)));
        }
        return bytes;
    }

    /** The partition that holds that position. */
    PartitionDescriptor floor(byte[] position) {
        int low = 0; // byFrom[low] begins at or before the position
        int high = byFrom.length; // what begins at high and above begins after it
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (Arrays.compareUnsigned(byFrom[middle].from(), position) <= 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return byFrom[low];
    }

    List<PartitionDescriptor> asList() {
        return List.of(byFrom);
    }

    int size() {
        return byFrom.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PartitionMap that && Arrays.equals(byFrom, that.byFrom);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(byFrom);
    }

    @Override
    public String toString() {
        return Arrays.toString(byFrom);
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
