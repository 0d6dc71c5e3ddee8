package dev.evenkeel.metadata;

/** The way to the replica that leads the catalog's group, when it is not this node's. */
public interface CatalogLink {

    /**
     * Has an entry put into the catalog's log; returns when it is committed.
     *
     * @throws dev.evenkeel.replication.NotLeaderException when it surely is not in the log: nobody leads, or nobody who
     *     leads was reached
     * @throws dev.evenkeel.replication.OutcomeUnknownException when nobody can tell
     */
    void propose(byte[] entry);

    /**
     * The version that the catalog has come to: no change acknowledged before the call is above it.
     *
     * @throws dev.evenkeel.replication.NotLeaderException when nobody leads, or nobody who leads was reached
     */
    long version();
}
