package dev.evenkeel.partition;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.partition.transaction.Transaction;
import dev.evenkeel.partition.transaction.TransactionId;
import java.util.List;

/** {@link TransactionGroup#prepare}. */
record PrepareRequest(int groupId, Transaction transaction, List<TransactionWrite> writes)
        implements Request<List<ActionAnswer>> {
    static final int KIND = 10;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void write(ByteWriter out) {
        transaction.id().write(out);
        out.unsigned(transaction.home()).unsigned(transaction.timestamp());
        TransactionCodec.writeWrites(out, writes);
    }

    static PrepareRequest read(int groupId, ByteReader in) {
        var transaction = new Transaction(TransactionId.read(in), (int) in.unsigned(), in.unsigned());
        return new PrepareRequest(groupId, transaction, TransactionCodec.readWrites(in));
    }

    @Override
    public List<ActionAnswer> perform(PartitionHost host, HostedGroups hosted) {
        return host.transactions().prepare(transaction, writes);
    }

    @Override
    public void writeResult(ByteWriter out, List<ActionAnswer> result) {
        TransactionCodec.writeAnswers(out, result);
    }

    @Override
    public List<ActionAnswer> readResult(ByteReader in) {
        return TransactionCodec.readAnswers(in);
    }
}
