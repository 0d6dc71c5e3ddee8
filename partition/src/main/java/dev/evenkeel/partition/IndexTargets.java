package dev.evenkeel.partition;

import java.util.Optional;

/** Finds the partition of a global index that holds a position. The wiring implements it over the catalog. */
public interface IndexTargets {

    /** The id of the partition, or empty when the index is gone and its changes mean nothing any more. */
    Optional<Long> partitionOf(int indexTableId, byte[] position);
}
