package dev.evenkeel.partition;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.partition.transaction.Decision;
import dev.evenkeel.partition.transaction.TransactionId;

/** Asks the ledger about a transaction that has begun, or tells it something. */
record LedgerRequest(int groupId, TransactionId id, Verb verb) implements Request<Decision> {
    static final int KIND = 14;

    /** What is asked or told. */
    enum Verb {
        COMMIT,
        CANCEL,
        /** Everybody has been told; there is nothing to answer. */
        COMPLETE,
        OUTCOME
    }

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void write(ByteWriter out) {
        id.write(out);
        out.u8(verb.ordinal());
    }

    static LedgerRequest read(int groupId, ByteReader in) {
        return new LedgerRequest(groupId, TransactionId.read(in), Verb.values()[in.u8()]);
    }

    @Override
    public Decision perform(PartitionHost host, HostedGroups hosted) {
        var ledger = host.transactions();
        return switch (verb) {
            case COMMIT -> ledger.decide(id, true);
            case CANCEL -> ledger.decide(id, false);
            case OUTCOME -> ledger.outcome(id);
            case COMPLETE -> {
                ledger.complete(id);
                yield Decision.OPEN;
            }
        };
    }

    @Override
    public void writeResult(ByteWriter out, Decision result) {
        out.u8(result.ordinal());
    }

    @Override
    public Decision readResult(ByteReader in) {
        return Decision.values()[in.u8()];
    }
}
