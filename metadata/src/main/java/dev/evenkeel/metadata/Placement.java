package dev.evenkeel.metadata;

/**
 * How many partitions a new table or index begins with, and the replication group that hosts them.
 *
 * @param partitions the hash space is cut evenly into as many, 1 or more
 */
public record Placement(int partitions, int groupId) {
    public Placement {
        if (partitions < 1) {
            throw new IllegalArgumentException("a table needs a partition");
        }
    }
}
