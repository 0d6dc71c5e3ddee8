package dev.evenkeel.metadata;

/**
 * How many partitions a new table or index begins with, and the replication group that hosts them.
 *
 * @param partitions the hash space is cut evenly into as many, 1 or more
 * @param groupId a group, or {@link #SPREAD}
 */
public record Placement(int partitions, int groupId) {
    /** No group in particular. */
    static final int SPREAD = -1;

    /** The group that a single node has, which the catalog need not know. */
    static final int SINGLE_GROUP = 1;

    public Placement {
        if (partitions < 1) {
            throw new IllegalArgumentException("a table needs a partition");
        }
        if (groupId <= GroupDescriptor.CATALOG && groupId != SPREAD) {
            throw new IllegalArgumentException("group " + groupId + " hosts no partitions");
        }
    }

    /**
     * The group is chosen when the change is applied: for a table the one that hosts the fewest tables, of these the one
     * with the lowest id; for a global index its table's. While the catalog knows no group, it is group 1.
     */
    public static Placement spread(int partitions) {
        return new Placement(partitions, SPREAD);
    }

    public boolean isSpread() {
        return groupId == SPREAD;
    }
}
