package dev.evenkeel.partition;

import dev.evenkeel.partition.stream.ChangesPage;
import dev.evenkeel.partition.stream.ChangesRead;
import dev.evenkeel.partition.stream.ShardKey;

/** A group's change records: read at the nearest replica, marked and trimmed at the leader. */
final class RemoteStreams implements StreamGroup {
    private final PartitionClient client;
    private final int groupId;
    private final PartitionLocations locations;

    RemoteStreams(PartitionClient client, int groupId, PartitionLocations locations) {
        this.client = client;
        this.groupId = groupId;
        this.locations = locations;
    }

    @Override
    public ChangesPage changes(ChangesRead read) {
        return client.askNearest(new ChangesRequest(groupId, read), locations);
    }

    @Override
    public long mark() {
        return client.askLeader(new MarkRequest(groupId, true), locations);
    }

    @Override
    public long newest() {
        return client.askLeader(new MarkRequest(groupId, false), locations);
    }

    @Override
    public void trim(ShardKey shard, long keptSince) {
        client.askLeader(TrimRequest.olderThan(groupId, shard, keptSince), locations);
    }

    @Override
    public void remove(ShardKey shard) {
        client.askLeader(TrimRequest.all(groupId, shard), locations);
    }
}
