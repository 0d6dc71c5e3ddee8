package dev.evenkeel.metadata.memds;

import dev.evenkeel.metadata.PartitionDescriptor;
import org.jspecify.annotations.Nullable;

final class Partitions {
    private Partitions() {}

    /**
     * A record's compact constructor keeps no annotations of its parameters' types in the class file, so NullAway refuses a
     * missing end from another compilation.
     *
     * @param to null for the last one
     */
    @SuppressWarnings("NullAway")
    static PartitionDescriptor partition(long id, int tableId, byte[] from, byte @Nullable [] to, int groupId) {
        return new PartitionDescriptor(id, tableId, from, to, groupId);
    }
}
