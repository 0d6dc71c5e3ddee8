package dev.evenkeel.partition;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.partition.transaction.ItemPlace;
import dev.evenkeel.partition.transaction.TransactionId;
import java.util.List;

/** {@link TransactionGroup#finish}. */
record FinishRequest(int groupId, TransactionId id, long timestamp, boolean commits, List<ItemPlace> items)
        implements Request<Done> {
    static final int KIND = 11;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void write(ByteWriter out) {
        id.write(out);
        TransactionCodec.writePlaces(out.unsigned(timestamp).bool(commits), items);
    }

    static FinishRequest read(int groupId, ByteReader in) {
        return new FinishRequest(
                groupId, TransactionId.read(in), in.unsigned(), in.bool(), TransactionCodec.readPlaces(in));
    }

    @Override
    public Done perform(PartitionHost host, HostedGroups hosted) {
        host.transactions().finish(id, timestamp, commits, items);
        return Done.DONE;
    }

    @Override
    public void writeResult(ByteWriter out, Done result) {}

    @Override
    public Done readResult(ByteReader in) {
        return Done.DONE;
    }
}
