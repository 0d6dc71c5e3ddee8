package dev.evenkeel.partition;

import dev.evenkeel.partition.stream.ChangePosition;
import dev.evenkeel.partition.stream.ChangeStore;
import dev.evenkeel.partition.stream.ChangesPage;
import dev.evenkeel.partition.stream.ChangesRead;
import dev.evenkeel.partition.stream.ShardKey;
import dev.evenkeel.replication.NotLeaderException;
import dev.evenkeel.replication.ReplicationGroup;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The change records on one replica. Any replica is read; what is trimmed goes through the log, or the stores of a group
 * would differ.
 */
final class GroupStreams implements StreamGroup {
    private final ReplicationGroup group;
    private final ChangeStore records;
    private final BooleanSupplier leads;

    GroupStreams(ReplicationGroup group, ChangeStore records, BooleanSupplier leads) {
        this.group = group;
        this.records = records;
        this.leads = leads;
    }

    @Override
    public ChangesPage changes(ChangesRead read) {
        return records.read(read);
    }

    /**
     * An entry that changes nothing: the log has the order of evaluation, so what was evaluated before has its place before
     * it, applied here or not.
     *
     * @throws NotLeaderException when this replica does not lead, or ceases to
     */
    @Override
    public long mark() {
        checkLeads();
        var proposal = group.propose(PartitionEntry.Write.ofGroup(List.of()).encode());
        proposal.await();
        return proposal.lsn();
    }

    @Override
    public long newest() {
        group.readBarrier();
        long newest = group.appliedLsn();
        group.readBarrier(); // as for every strong read: the lease may have ended meanwhile
        return newest;
    }

    @Override
    public void trim(ShardKey shard, long keptSince) {
        checkLeads();
        group.readBarrier();
        records.lastBefore(shard, keptSince).ifPresent(last -> propose(new PartitionEntry.Trim(shard, last)));
    }

    @Override
    public void remove(ShardKey shard) {
        checkLeads();
        propose(new PartitionEntry.Trim(shard, ChangePosition.END));
    }

    private void propose(PartitionEntry entry) {
        group.propose(entry.encode()).await();
    }

    private void checkLeads() {
        if (!leads.getAsBoolean()) {
            throw new NotLeaderException("group " + group.id() + " is not led from here", null);
        }
    }
}
