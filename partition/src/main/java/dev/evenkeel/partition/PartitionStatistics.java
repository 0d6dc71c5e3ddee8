package dev.evenkeel.partition;

/** How much a space of a partition holds as of the last applied entry: entries, and their bytes as DynamoDB counts. */
public record PartitionStatistics(long items, long bytes) {
    public static final PartitionStatistics NONE = new PartitionStatistics(0, 0);

    public PartitionStatistics plus(PartitionStatistics other) {
        return new PartitionStatistics(items + other.items, bytes + other.bytes);
    }
}
