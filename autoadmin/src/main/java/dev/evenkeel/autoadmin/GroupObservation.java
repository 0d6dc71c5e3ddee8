package dev.evenkeel.autoadmin;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a group beside the catalog.
 *
 * @param leader the node that leads it; null while there is none or it is not known
 * @param committedLsn as the leader says
 * @param changing whether an action of autoadmin on it is under way: from when it is taken up until the view shows what
 *     came of it, or that it failed. Also while the group's members are not yet those of the catalog
 * @param replicas by node; the replicas that answered lately. Of the catalog's group those of all nodes, since each
 *     follows it
 */
public record GroupObservation(
        @Nullable String leader, long committedLsn, boolean changing, Map<String, ReplicaObservation> replicas) {
    /** Nothing is known. */
    static final GroupObservation NONE = new GroupObservation(null, 0, false, Map.of());

    public GroupObservation {
        replicas = Map.copyOf(replicas);
    }

    GroupObservation whileChanging() {
        return new GroupObservation(leader, committedLsn, true, replicas);
    }

    GroupObservation ledBy(String next) {
        return new GroupObservation(next, committedLsn, changing, replicas);
    }
}
