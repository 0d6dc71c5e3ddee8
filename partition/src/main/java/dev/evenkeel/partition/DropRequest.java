package dev.evenkeel.partition;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import org.jspecify.annotations.Nullable;

/** Ends a partition and removes its data on all replicas. Says what its range was: the leader may have forgotten it. */
record DropRequest(int groupId, long partitionId, int tableId, byte[] from, byte @Nullable [] to)
        implements Request<Done> {
    static final int KIND = 5;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void write(ByteWriter out) {
        out.unsigned(partitionId).unsigned(tableId).bytes(from).bool(to != null);
        if (to != null) {
            out.bytes(to);
        }
    }

    static DropRequest read(int groupId, ByteReader in) {
        return new DropRequest(groupId, in.unsigned(), (int) in.unsigned(), in.bytes(), in.bool() ? in.bytes() : null);
    }

    @Override
    public Done perform(PartitionHost host, HostedGroups hosted) {
        host.drop(partitionId, tableId, from, to);
        return Done.DONE;
    }

    @Override
    public void writeResult(ByteWriter out, Done result) {}

    @Override
    public Done readResult(ByteReader in) {
        return Done.DONE;
    }
}
