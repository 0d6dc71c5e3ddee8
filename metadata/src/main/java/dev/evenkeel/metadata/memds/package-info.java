/**
 * MemDS: which partition holds a position, and which nodes hold that partition. Servers keep all of it in memory in a
 * {@link dev.evenkeel.metadata.memds.PerkleTree}, are fed by pushes from the storage side, and repair each other; routers
 * keep single partitions in a {@link dev.evenkeel.metadata.memds.PartitionCache} and ask a server on every lookup.
 */
@NullMarked
package dev.evenkeel.metadata.memds;

import org.jspecify.annotations.NullMarked;
