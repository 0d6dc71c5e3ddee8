package dev.evenkeel.partition;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.partition.transaction.ItemPlace;
import java.util.List;

/** {@link TransactionGroup#read}, or {@link TransactionGroup#versions} when the items themselves are not wanted. */
record ReadVersionsRequest(int groupId, boolean withItems, List<ItemPlace> items)
        implements Request<List<ItemVersion>> {
    static final int KIND = 12;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void write(ByteWriter out) {
        TransactionCodec.writePlaces(out.bool(withItems), items);
    }

    static ReadVersionsRequest read(int groupId, ByteReader in) {
        return new ReadVersionsRequest(groupId, in.bool(), TransactionCodec.readPlaces(in));
    }

    @Override
    public List<ItemVersion> perform(PartitionHost host, HostedGroups hosted) {
        return withItems ? host.transactions().read(items) : host.transactions().versions(items);
    }

    @Override
    public void writeResult(ByteWriter out, List<ItemVersion> result) {
        TransactionCodec.writeVersions(out, result);
    }

    @Override
    public List<ItemVersion> readResult(ByteReader in) {
        return TransactionCodec.readVersions(in);
    }
}
