package dev.evenkeel.partition;

import dev.evenkeel.partition.stream.ChangesPage;
import dev.evenkeel.partition.stream.ChangesRead;
import dev.evenkeel.partition.stream.ShardKey;

/**
 * The change records of one group, wherever its replicas are. Shards are named, not opened: their records are there whether
 * their partition still is or not. Everything here may be done again.
 *
 * <p>Failures a client can meet come as {@link dev.evenkeel.model.DynamoException}.
 */
public interface StreamGroup {

    /** What a replica has, the leader if it can be asked: all is committed, and a reader that comes again misses nothing. */
    ChangesPage changes(ChangesRead read);

    /**
     * A place in the group's log behind every change that was evaluated before the call, and before every change that is
     * evaluated after it.
     */
    long mark();

    /** A place in the group's log behind every change that was acknowledged before the call. */
    long newest();

    /** Takes records away that are older than that, as far as that does not take long. */
    void trim(ShardKey shard, long keptSince);

    /** Takes all records of a shard away, to which none will be added any more. */
    void remove(ShardKey shard);
}
