package dev.evenkeel.partition;

import dev.evenkeel.model.Item;
import org.jspecify.annotations.Nullable;

/**
 * A partition wherever its replicas are: writes and strong reads at the leader, eventual reads at the nearest storage
 * replica that answers.
 */
final class RemotePartition implements PartitionReplica {
    private final PartitionClient client;
    private final int groupId;
    private final long partitionId;
    private final PartitionLocations locations;

    RemotePartition(PartitionClient client, int groupId, long partitionId, PartitionLocations locations) {
        this.client = client;
        this.groupId = groupId;
        this.partitionId = partitionId;
        this.locations = locations;
    }

    @Override
    public WriteOutcome write(ItemWrite write) {
        return client.askLeader(new WriteRequest(groupId, partitionId, write), locations);
    }

    @Override
    public @Nullable Item get(byte[] position, boolean consistent) {
        return read(new GetRequest(groupId, partitionId, position, consistent), consistent)
                .orElse(null);
    }

    @Override
    public RangePage read(RangeRead read) {
        return read(new ReadRequest(groupId, partitionId, read), read.consistent());
    }

    private <T> T read(Request<T> request, boolean consistent) {
        return consistent ? client.askLeader(request, locations) : client.askNearest(request, locations);
    }

    @Override
    public PartitionStatistics statistics(int space) {
        return client.askLeaderFirst(new StatisticsRequest(groupId, partitionId, space), locations);
    }
}
