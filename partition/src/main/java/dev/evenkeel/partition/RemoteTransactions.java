package dev.evenkeel.partition;

import dev.evenkeel.model.Bytes;
import dev.evenkeel.partition.transaction.Claim;
import dev.evenkeel.partition.transaction.Decision;
import dev.evenkeel.partition.transaction.ItemPlace;
import dev.evenkeel.partition.transaction.LedgerRecord;
import dev.evenkeel.partition.transaction.Transaction;
import dev.evenkeel.partition.transaction.TransactionId;
import java.util.List;

/** A group's part in transactions, wherever the group is led. */
final class RemoteTransactions implements TransactionGroup {
    private final PartitionClient client;
    private final int groupId;
    private final PartitionLocations locations;

    RemoteTransactions(PartitionClient client, int groupId, PartitionLocations locations) {
        this.client = client;
        this.groupId = groupId;
        this.locations = locations;
    }

    private <T> T ask(Request<T> request) {
        return client.askLeader(request, locations);
    }

    @Override
    public Whole writeAll(TransactionId id, Bytes digest, List<TransactionWrite> writes) {
        return ask(new WriteAllRequest(groupId, id, digest, writes));
    }

    @Override
    public List<ActionAnswer> prepare(Transaction transaction, List<TransactionWrite> writes) {
        return ask(new PrepareRequest(groupId, transaction, writes));
    }

    @Override
    public void finish(TransactionId id, long timestamp, boolean commits, List<ItemPlace> items) {
        ask(new FinishRequest(groupId, id, timestamp, commits, items));
    }

    @Override
    public List<ItemVersion> read(List<ItemPlace> items) {
        return ask(new ReadVersionsRequest(groupId, true, items));
    }

    @Override
    public List<ItemVersion> versions(List<ItemPlace> items) {
        return ask(new ReadVersionsRequest(groupId, false, items));
    }

    @Override
    public Claim begin(LedgerRecord preparing) {
        return ask(new BeginRequest(groupId, preparing));
    }

    @Override
    public Decision decide(TransactionId id, boolean commits) {
        return ask(new LedgerRequest(groupId, id, commits ? LedgerRequest.Verb.COMMIT : LedgerRequest.Verb.CANCEL));
    }

    @Override
    public void complete(TransactionId id) {
        ask(new LedgerRequest(groupId, id, LedgerRequest.Verb.COMPLETE));
    }

    @Override
    public Decision outcome(TransactionId id) {
        return ask(new LedgerRequest(groupId, id, LedgerRequest.Verb.OUTCOME));
    }
}
