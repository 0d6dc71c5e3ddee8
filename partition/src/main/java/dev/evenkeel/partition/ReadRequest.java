package dev.evenkeel.partition;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;

/** Reads a range. */
record ReadRequest(int groupId, long partitionId, RangeRead read) implements Request<RangePage> {
    static final int KIND = 3;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void write(ByteWriter out) {
        out.unsigned(partitionId);
        RangeCodec.write(out, read);
    }

    static ReadRequest read(int groupId, ByteReader in) {
        return new ReadRequest(groupId, in.unsigned(), RangeCodec.readRead(in));
    }

    @Override
    public RangePage perform(PartitionHost host, HostedGroups hosted) {
        return Request.replica(host, partitionId).read(read);
    }

    @Override
    public void writeResult(ByteWriter out, RangePage result) {
        RangeCodec.write(out, result);
    }

    @Override
    public RangePage readResult(ByteReader in) {
        return RangeCodec.readPage(in);
    }
}
