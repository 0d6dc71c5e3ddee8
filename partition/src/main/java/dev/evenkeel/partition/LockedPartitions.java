package dev.evenkeel.partition;

import dev.evenkeel.replication.NotLeaderException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Several partitions of one group, owned by the calling thread and in one term. They are locked in the order of their ids, so
 * nobody waits in a circle.
 */
final class LockedPartitions implements AutoCloseable {
    private final TreeMap<Long, PartitionLeader> byId;
    private final List<PartitionLeader> locked = new ArrayList<>();
    private long term;

    private LockedPartitions(TreeMap<Long, PartitionLeader> byId) {
        this.byId = byId;
    }

    /**
     * @throws NotLeaderException when this replica does not lead
     * @throws dev.evenkeel.model.DynamoException ResourceNotFoundException, when one of them has been dropped
     */
    static LockedPartitions lock(Map<Long, PartitionLeader> partitions) {
        var all = new LockedPartitions(new TreeMap<>(partitions));
        try {
            all.lockAll();
            return all;
        } catch (RuntimeException failed) {
            all.close();
            throw failed;
        }
    }

    private void lockAll() {
        for (var partition : byId.values()) {
            partition.lock();
            locked.add(partition);
            long itsTerm = partition.serveInTerm();
            if (term != 0 && itsTerm != term) {
                throw new NotLeaderException("term " + term + " has ended", null);
            }
            term = itsTerm;
        }
    }

    /** 0 when there is no partition. */
    long term() {
        return term;
    }

    PartitionLeader get(long id) {
        var partition = byId.get(id);
        if (partition == null) {
            throw new IllegalArgumentException("partition " + id + " is not locked");
        }
        return partition;
    }

    @Override
    public void close() {
        locked.forEach(PartitionLeader::unlock);
        locked.clear();
    }
}
