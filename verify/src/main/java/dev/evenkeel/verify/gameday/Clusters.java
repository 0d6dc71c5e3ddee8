package dev.evenkeel.verify.gameday;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The clusters a day can be spent with. */
final class Clusters {
    private static final int ZONES = 3;

    private Clusters() {}

    /** Starts every node, ready for those faults as far as that can be had. */
    static ClusterUnderTest start(Path root, int zones, int nodesPerZone, int groups, List<FaultKind> faults)
            throws IOException, InterruptedException {
        if (zones != 1 && zones != ZONES) {
            throw new GameDayException("there can be 1 zone or 3, not " + zones);
        }
        var cluster = zones == 1 ? OneNode.in(root) : ThreeZones.in(root, nodesPerZone, groups);
        try {
            cluster.startAll(faults);
            return cluster;
        } catch (IOException | InterruptedException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }
}
