package dev.evenkeel.partition;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import java.util.Optional;

/** One step of filling a new index; the result is where the next one begins, empty behind the last item. */
record BackfillRequest(int groupId, long partitionId, int indexTableId, byte[] from)
        implements Request<Optional<byte[]>> {
    static final int KIND = 7;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void write(ByteWriter out) {
        out.unsigned(partitionId).unsigned(indexTableId).bytes(from);
    }

    static BackfillRequest read(int groupId, ByteReader in) {
        return new BackfillRequest(groupId, in.unsigned(), (int) in.unsigned(), in.bytes());
    }

    @Override
    public Optional<byte[]> perform(PartitionHost host, HostedGroups hosted) {
        return host.backfillFrom(partitionId, indexTableId, from);
    }

    @Override
    public void writeResult(ByteWriter out, Optional<byte[]> result) {
        out.bool(result.isPresent());
        result.ifPresent(out::bytes);
    }

    @Override
    public Optional<byte[]> readResult(ByteReader in) {
        return in.bool() ? Optional.of(in.bytes()) : Optional.empty();
    }
}
