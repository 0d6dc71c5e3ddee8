package dev.evenkeel.partition;

import dev.evenkeel.model.Bytes;
import dev.evenkeel.partition.transaction.Claim;
import dev.evenkeel.partition.transaction.Decision;
import dev.evenkeel.partition.transaction.ItemPlace;
import dev.evenkeel.partition.transaction.LedgerRecord;
import dev.evenkeel.partition.transaction.Transaction;
import dev.evenkeel.partition.transaction.TransactionId;
import dev.evenkeel.replication.ReplicationException;
import java.util.List;
import java.util.function.Supplier;

/** A group's part in transactions where there is no other node to ask: what the log refuses, the client is told. */
final class LocalTransactions implements TransactionGroup {
    private final TransactionGroup here;

    LocalTransactions(TransactionGroup here) {
        this.here = here;
    }

    private static <T> T told(Supplier<T> step) {
        try {
            return step.get();
        } catch (ReplicationException failed) {
            throw WriteFailure.of(failed);
        }
    }

    @Override
    public Whole writeAll(TransactionId id, Bytes digest, List<TransactionWrite> writes) {
        return told(() -> here.writeAll(id, digest, writes));
    }

    @Override
    public List<ActionAnswer> prepare(Transaction transaction, List<TransactionWrite> writes) {
        return told(() -> here.prepare(transaction, writes));
    }

    @Override
    public void finish(TransactionId id, long timestamp, boolean commits, List<ItemPlace> items) {
        told(() -> {
            here.finish(id, timestamp, commits, items);
            return Done.DONE;
        });
    }

    @Override
    public List<ItemVersion> read(List<ItemPlace> items) {
        return told(() -> here.read(items));
    }

    @Override
    public List<ItemVersion> versions(List<ItemPlace> items) {
        return told(() -> here.versions(items));
    }

    @Override
    public Claim begin(LedgerRecord preparing) {
        return told(() -> here.begin(preparing));
    }

    @Override
    public Decision decide(TransactionId id, boolean commits) {
        return told(() -> here.decide(id, commits));
    }

    @Override
    public void complete(TransactionId id) {
        told(() -> {
            here.complete(id);
            return Done.DONE;
        });
    }

    @Override
    public Decision outcome(TransactionId id) {
        return told(() -> here.outcome(id));
    }
}
