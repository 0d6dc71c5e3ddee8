package dev.evenkeel.metadata.memds;

/**
 * Something the storage side tells MemDS. Facts may come late, twice and in any order: of two about the same thing the one
 * with the higher version holds, so servers that heard the same facts know the same.
 */
public sealed interface Fact permits PlacedPartition, GroupMembership, DroppedTable {}
