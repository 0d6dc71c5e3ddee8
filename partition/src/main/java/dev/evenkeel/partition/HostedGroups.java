package dev.evenkeel.partition;

import java.util.Optional;

/** What this node has of replication groups. Given by the wiring; safe for any thread. */
public interface HostedGroups {

    /** The partitions of a group of which this node has a storage replica. */
    Optional<PartitionHost> host(int groupId);

    /** The node that leads a group, as far as this one knows. */
    Optional<String> leader(int groupId);

    /** Returns when the partitions and schemas of this node follow the catalog as of that version, or a newer one. */
    void awaitCatalog(long version);
}
