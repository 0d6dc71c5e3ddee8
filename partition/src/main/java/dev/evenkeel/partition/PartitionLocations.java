package dev.evenkeel.partition;

import java.util.List;
import java.util.Optional;

/** Where one replication group is, as far as this node knows. Given by the wiring; cheap, and safe for any thread. */
public interface PartitionLocations {

    /**
     * One replica of the group.
     *
     * @param isStorage whether it serves reads and may go on leading; a log replica does neither
     */
    record Replica(String node, String zone, boolean isStorage) {}

    /** All replicas, as the catalog has them. */
    List<Replica> replicas();

    /** The node that led when somebody last heard. */
    Optional<String> leader();

    /** The node that was last found not to lead: of those that may, it is asked last. */
    Optional<String> notLeading();

    /** That node leads, as it or another one said. */
    void leads(String node);

    /** That node does not lead, or does not answer. */
    void leadsNoMore(String node);
}
