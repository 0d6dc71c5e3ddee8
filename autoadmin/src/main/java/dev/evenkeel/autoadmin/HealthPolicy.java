package dev.evenkeel.autoadmin;

import dev.evenkeel.metadata.NodeDescriptor;
import java.time.Duration;
import java.util.Map;

/**
 * Judges nodes by what their peers hear.
 *
 * <p>One observer is never believed: a broken link or card makes a node look dead to one peer and alive to all others (a
 * gray failure), and healing it would cost more than it cures. A node is silent when most of the peers that report have
 * not heard it, and two of them at least; healthy when most have heard it. What lies between is suspect: left alone.
 *
 * <p>Only peers that report count, not all there are: with half of a cluster gone for good the rest must still be able to
 * agree on the next failure. Were the observers themselves the ones cut off, nothing bad follows: they can change no group
 * that has its majority on the other side.
 */
final class HealthPolicy {
    private static final int SILENT_REPORTS_MIN = 2;

    private final Map<String, NodeDescriptor> nodes;
    private final Map<String, NodeObservation> observations;

    HealthPolicy(ClusterView view) {
        this.nodes = view.nodes();
        this.observations = view.nodeObservations();
    }

    Health of(String nodeId, Duration unhealthyAfter) {
        if (isSilent(nodeId, unhealthyAfter)) {
            return Health.UNHEALTHY;
        }
        return isHeard(nodeId, unhealthyAfter) ? Health.HEALTHY : Health.SUSPECT;
    }

    /** Whether most peers have not heard it for longer than that. */
    boolean isSilent(String nodeId, Duration bound) {
        long silent = silentReports(nodeId, bound);
        return silent >= SILENT_REPORTS_MIN && 2 * silent > reports(nodeId);
    }

    private boolean isHeard(String nodeId, Duration bound) {
        long reports = reports(nodeId);
        if (reports == 0) {
            return !hasPeers(nodeId); // the only node is the one that asks
        }
        return 2 * (reports - silentReports(nodeId, bound)) > reports;
    }

    private long silentReports(String nodeId, Duration bound) {
        return silence(nodeId).entrySet().stream()
                .filter(report -> isPeer(report.getKey(), nodeId))
                .filter(report -> report.getValue().compareTo(bound) > 0)
                .count();
    }

    private long reports(String nodeId) {
        return silence(nodeId).keySet().stream()
                .filter(observer -> isPeer(observer, nodeId))
                .count();
    }

    private Map<String, Duration> silence(String nodeId) {
        var observation = observations.get(nodeId);
        return observation == null ? Map.of() : observation.silence();
    }

    private boolean isPeer(String observer, String nodeId) {
        return !observer.equals(nodeId) && nodes.containsKey(observer);
    }

    private boolean hasPeers(String nodeId) {
        return nodes.keySet().stream().anyMatch(other -> isPeer(other, nodeId));
    }
}
