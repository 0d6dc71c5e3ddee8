package dev.evenkeel.partition;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.partition.transaction.Claim;
import dev.evenkeel.partition.transaction.LedgerRecord;

/** {@link TransactionGroup#begin}. */
record BeginRequest(int groupId, LedgerRecord preparing) implements Request<Claim> {
    static final int KIND = 13;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void write(ByteWriter out) {
        preparing.write(out);
    }

    static BeginRequest read(int groupId, ByteReader in) {
        return new BeginRequest(groupId, LedgerRecord.read(in));
    }

    @Override
    public Claim perform(PartitionHost host, HostedGroups hosted) {
        return host.transactions().begin(preparing);
    }

    @Override
    public void writeResult(ByteWriter out, Claim result) {
        out.u8(result.ordinal());
    }

    @Override
    public Claim readResult(ByteReader in) {
        return Claim.values()[in.u8()];
    }
}
