/**
 * What a storage node does for a partition: conditional writes, reads, range reads, index changes. Its face is
 * {@link dev.evenkeel.partition.PartitionReplica}; a write becomes one entry of its group's log, and
 * {@link dev.evenkeel.partition.PartitionStateMachine} applies entries blindly.
 */
@NullMarked
package dev.evenkeel.partition;

import org.jspecify.annotations.NullMarked;
