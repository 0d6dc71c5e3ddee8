package dev.evenkeel.metadata.memds;

/**
 * A table or global index is no more, and with it all its partitions. Its id is never used again, so this holds for ever;
 * it is kept for ever, too, in a few bytes, so that a late push cannot bring a partition back.
 */
public record DroppedTable(int tableId) implements Fact {}
