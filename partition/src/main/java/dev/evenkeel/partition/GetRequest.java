package dev.evenkeel.partition;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.model.Item;
import java.util.Optional;

/** Reads one item. */
record GetRequest(int groupId, long partitionId, byte[] position, boolean consistent)
        implements Request<Optional<Item>> {
    static final int KIND = 2;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void write(ByteWriter out) {
        out.unsigned(partitionId).bytes(position).bool(consistent);
    }

    static GetRequest read(int groupId, ByteReader in) {
        return new GetRequest(groupId, in.unsigned(), in.bytes(), in.bool());
    }

    @Override
    public Optional<Item> perform(PartitionHost host, HostedGroups hosted) {
        return Optional.ofNullable(Request.replica(host, partitionId).get(position, consistent));
    }

    @Override
    public void writeResult(ByteWriter out, Optional<Item> result) {
        out.bool(result.isPresent());
        result.ifPresent(out::item);
    }

    @Override
    public Optional<Item> readResult(ByteReader in) {
        return in.bool() ? Optional.of(in.item()) : Optional.empty();
    }
}
