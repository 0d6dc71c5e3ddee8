package dev.evenkeel.partition;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.partition.stream.ShardKey;

/** Takes change records away: those older than {@code keptSince}, or all. */
record TrimRequest(int groupId, ShardKey shard, boolean isWhole, long keptSince) implements Request<Done> {
    static final int KIND = 21;

    static TrimRequest olderThan(int groupId, ShardKey shard, long keptSince) {
        return new TrimRequest(groupId, shard, false, keptSince);
    }

    static TrimRequest all(int groupId, ShardKey shard) {
        return new TrimRequest(groupId, shard, true, 0);
    }

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void write(ByteWriter out) {
        shard.write(out);
        out.bool(isWhole).signed(keptSince);
    }

    static TrimRequest read(int groupId, ByteReader in) {
        return new TrimRequest(groupId, ShardKey.read(in), in.bool(), in.signed());
    }

    @Override
    public Done perform(PartitionHost host, HostedGroups hosted) {
        if (isWhole) {
            host.streams().remove(shard);
        } else {
            host.streams().trim(shard, keptSince);
        }
        return Done.DONE;
    }

    @Override
    public void writeResult(ByteWriter out, Done result) {}

    @Override
    public Done readResult(ByteReader in) {
        return Done.DONE;
    }
}
