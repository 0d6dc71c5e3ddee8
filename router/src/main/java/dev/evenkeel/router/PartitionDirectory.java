package dev.evenkeel.router;

import dev.evenkeel.metadata.PartitionDescriptor;
import dev.evenkeel.partition.PartitionReplica;

/** Where partitions are: in this process or behind a connection. */
@FunctionalInterface
public interface PartitionDirectory {

    /**
     * The way to that partition's leader. Cheap: asked once for every item operation.
     *
     * @throws dev.evenkeel.model.DynamoException ResourceNotFoundException, when its table or index has just gone
     */
    PartitionReplica replica(PartitionDescriptor partition);

    /** That partition, whose group's leader is looked up as for {@link #replica}; asked once for every item of a transaction. */
    default PartitionDescriptor located(PartitionDescriptor partition) {
        return partition;
    }
}
