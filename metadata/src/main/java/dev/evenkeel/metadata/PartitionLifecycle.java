package dev.evenkeel.metadata;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the control plane asks of those who host partitions. Every call may come again after a restart, for work that was
 * begun before it: doing what is already done must do nothing. Partitions of tables that are in the catalog when a node
 * starts are opened by the node, before anything is resumed.
 */
public interface PartitionLifecycle {

    /**
     * Opens the partitions of a new table and of its indexes; returns when all of them serve. The table becomes ACTIVE
     * afterwards.
     *
     * @param partitions of the table and of all its global indexes
     */
    void open(Table table, List<PartitionDescriptor> partitions);

    /**
     * Opens the partitions of a new index of a table that has served before, and begins to feed it: from now on every
     * write to the table reaches it. Returns when both are so.
     *
     * @param table as it is now, with the index
     */
    void openIndex(Table table, GlobalIndex index, List<PartitionDescriptor> partitions);

    /**
     * Copies what was in the table before the index was opened into the index, beside normal service, and calls
     * {@code whenDone} once, from any thread. Does not call it when {@link #dropIndex} comes first.
     */
    void startBackfill(Table table, GlobalIndex index, Runnable whenDone);

    /** Stops feeding or backfilling the index and gives its partitions and their data up; returns when it is so. */
    void dropIndex(Table table, GlobalIndex index, List<PartitionDescriptor> partitions);

    /**
     * Gives the partitions and their data up; returns when it is so.
     *
     * @param partitions of the table and of all its global indexes
     */
    void drop(Table table, List<PartitionDescriptor> partitions);

    /**
     * Returns when every write to the table from now on follows the schema that it has in the catalog; so do its stream and
     * what expires.
     *
     * @param partitions of the table
     */
    void followSchema(Table table, List<PartitionDescriptor> partitions);

    /**
     * A place in the log of each of those groups behind everything that was written before the call.
     *
     * @return by group
     */
    Map<Integer, Long> marks(Set<Integer> groupIds);
}
