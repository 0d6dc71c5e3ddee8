package dev.evenkeel.partition;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.model.Bytes;
import dev.evenkeel.partition.transaction.Claim;
import dev.evenkeel.partition.transaction.TransactionId;
import java.util.List;

/** {@link TransactionGroup#writeAll}. Only a token makes it repeatable: it is remembered in the same entry. */
record WriteAllRequest(int groupId, TransactionId id, Bytes digest, List<TransactionWrite> writes)
        implements Request<TransactionGroup.Whole> {
    static final int KIND = 9;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void write(ByteWriter out) {
        id.write(out);
        TransactionCodec.writeWrites(out.bytes(digest.array()), writes);
    }

    static WriteAllRequest read(int groupId, ByteReader in) {
        return new WriteAllRequest(
                groupId, TransactionId.read(in), Bytes.wrap(in.bytes()), TransactionCodec.readWrites(in));
    }

    @Override
    public TransactionGroup.Whole perform(PartitionHost host, HostedGroups hosted) {
        return host.transactions().writeAll(id, digest, writes);
    }

    @Override
    public void writeResult(ByteWriter out, TransactionGroup.Whole result) {
        TransactionCodec.writeAnswers(out.u8(result.claim().ordinal()), result.answers());
    }

    @Override
    public TransactionGroup.Whole readResult(ByteReader in) {
        return new TransactionGroup.Whole(Claim.values()[in.u8()], TransactionCodec.readAnswers(in));
    }

    @Override
    public boolean isRepeatable() {
        return digest.length() > 0;
    }
}
