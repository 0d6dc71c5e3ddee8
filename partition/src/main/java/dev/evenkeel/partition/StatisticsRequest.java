package dev.evenkeel.partition;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;

/** Asks how much a space of a partition holds. */
record StatisticsRequest(int groupId, long partitionId, int space) implements Request<PartitionStatistics> {
    static final int KIND = 4;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void write(ByteWriter out) {
        out.unsigned(partitionId).u8(space);
    }

    static StatisticsRequest read(int groupId, ByteReader in) {
        return new StatisticsRequest(groupId, in.unsigned(), in.u8());
    }

    @Override
    public PartitionStatistics perform(PartitionHost host, HostedGroups hosted) {
        return Request.replica(host, partitionId).statistics(space);
    }

    @Override
    public void writeResult(ByteWriter out, PartitionStatistics result) {
        out.signed(result.items()).signed(result.bytes());
    }

    @Override
    public PartitionStatistics readResult(ByteReader in) {
        return new PartitionStatistics(in.signed(), in.signed());
    }
}
