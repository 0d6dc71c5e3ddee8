package dev.evenkeel.partition;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;

/** Writes one item. The only request whose outcome may stay unknown. */
record WriteRequest(int groupId, long partitionId, ItemWrite write) implements Request<WriteOutcome> {
    static final int KIND = 1;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void write(ByteWriter out) {
        out.unsigned(partitionId);
        ItemWriteCodec.write(out, write);
    }

    static WriteRequest read(int groupId, ByteReader in) {
        return new WriteRequest(groupId, in.unsigned(), ItemWriteCodec.read(in));
    }

    @Override
    public WriteOutcome perform(PartitionHost host, HostedGroups hosted) {
        return Request.replica(host, partitionId).write(write);
    }

    @Override
    public void writeResult(ByteWriter out, WriteOutcome result) {
        WriteOutcomeCodec.write(out, write, result);
    }

    @Override
    public WriteOutcome readResult(ByteReader in) {
        return WriteOutcomeCodec.read(in, write);
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }
}
