package dev.evenkeel.partition;

import dev.evenkeel.partition.stream.ChangesPage;
import dev.evenkeel.partition.stream.ChangesRead;
import dev.evenkeel.partition.stream.ShardKey;

/**
 * A group's change records: marked and trimmed at the leader, read there best, or else at any replica. A follower learns of
 * a commit with the next entry or heartbeat, so on a quiet table it would show the last record late; and what is read of a
 * stream is mostly what the leader has just written. It needs no lease for it.
 */
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
        return client.askLeaderFirst(new ChangesRequest(groupId, read), locations);
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
