package dev.evenkeel.partition;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A replication group wherever its leader is: its partitions for the router, and what the control plane asks of them.
 * Everything here may be done again: who fails with {@link dev.evenkeel.model.DynamoException} tries again later.
 */
public final class RemoteGroup {
    /** How long the leader waits for its indexes before it says that they are still behind. */
    private static final long INDEXES_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final PartitionClient client;
    private final int groupId;
    private final PartitionLocations locations;

    RemoteGroup(PartitionClient client, int groupId, PartitionLocations locations) {
        this.client = client;
        this.groupId = groupId;
        this.locations = locations;
    }

    /** One of its partitions. */
    public PartitionReplica partition(long partitionId) {
        return new RemotePartition(client, groupId, partitionId, locations);
    }

    /** Its part in transactions. */
    public TransactionGroup transactions() {
        return new RemoteTransactions(client, groupId, locations);
    }

    /** The change records of its partitions. */
    public StreamGroup streams() {
        return new RemoteStreams(client, groupId, locations);
    }

    /** Ends a partition and removes its data on all replicas. */
    public void drop(long partitionId, int tableId, byte[] from, byte @Nullable [] to) {
        client.askLeader(new DropRequest(groupId, partitionId, tableId, from, to), locations);
    }

    /**
     * Returns when every write from now on is evaluated by the schemas of the catalog as of that version: the step between
     * a new index and its backfill.
     */
    public void awaitCatalog(long version) {
        client.askLeader(new CatalogRequest(groupId, version), locations);
    }

    /**
     * Fills a new global index from the items that are there; returns when it holds them all. {@link #awaitCatalog} comes
     * first.
     *
     * @param partitionIds of the table
     * @param wanted asked now and then; when it says no, the backfill ends early
     */
    public void backfill(List<Long> partitionIds, int indexTableId, BooleanSupplier wanted) {
        for (long id : partitionIds) {
            var from = Optional.of(new byte[0]);
            while (from.isPresent() && wanted.getAsBoolean()) {
                from = client.askLeader(new BackfillRequest(groupId, id, indexTableId, from.get()), locations);
            }
        }
        while (wanted.getAsBoolean() && !indexesHaveAll()) {
            // the leader has waited; whether it is still worth it is the caller's to say
        }
    }

    private boolean indexesHaveAll() {
        return client.askLeader(new AwaitIndexesRequest(groupId, INDEXES_NANOS), locations);
    }

    /**
     * Removes the items whose time has come by now; their leader does not wait for its turn.
     *
     * @return whether they were gone within about that time
     */
    public boolean expireItems(Duration atMost) {
        long rounds = Math.max(1, Math.ceilDiv(atMost.toNanos(), INDEXES_NANOS));
        for (long i = 0; i < rounds; i++) {
            if (client.askLeader(new ExpireRequest(groupId, INDEXES_NANOS), locations)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Waits until the global indexes have every change that was acknowledged before the call.
     *
     * @return whether they had within about that time
     */
    public boolean awaitIndexes(Duration atMost) {
        long rounds = Math.max(1, Math.ceilDiv(atMost.toNanos(), INDEXES_NANOS));
        for (long i = 0; i < rounds; i++) {
            if (indexesHaveAll()) {
                return true;
            }
        }
        return false;
    }
}
