package dev.evenkeel.metadata;

/** How much is in a table, summed over its partitions. DynamoDB's own figures are hours old; ours may lag a little. */
public interface TableStatistics {

    /** Of a table, or of a global index by the id of its hidden table. */
    TableCounts counts(int tableId);

    /** Of one local index, by its number within its table. */
    TableCounts localIndexCounts(int tableId, int indexNumber);

    /**
     * What was counted.
     *
     * @param items how many
     * @param bytes their size as DynamoDB counts it, without overhead
     */
    record TableCounts(long items, long bytes) {
        public static final TableCounts NONE = new TableCounts(0, 0);
    }
}
