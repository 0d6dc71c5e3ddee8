package dev.evenkeel.server;

import dev.evenkeel.model.Ticker;
import dev.evenkeel.router.table.TableOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one node is told at its start.
 *
 * @param data where everything is kept; null keeps it in memory
 * @param zones 1, or 3 with a replica of everything in each
 * @param initialPartitions of new tables and global indexes
 * @param controlPlaneDelay what CREATING, UPDATING and DELETING last
 * @param region in ARNs and in the health answer
 * @param ticker the time of the database; sockets have the machine's own
 */
record NodeOptions(
        @Nullable Path data,
        int zones,
        int initialPartitions,
        Duration controlPlaneDelay,
        String region,
        Ticker ticker) {
    /** More than a test needs; each costs memory and, in a scan, a step. */
    static final int INITIAL_PARTITIONS_MAX = 1024;

    NodeOptions {
        if (initialPartitions < 1 || initialPartitions > INITIAL_PARTITIONS_MAX) {
            throw new StartException(
                    "A table begins with 1 to " + INITIAL_PARTITIONS_MAX + " partitions, not " + initialPartitions,
                    null);
        }
        if (zones != 1 && zones != 3) {
            throw new StartException("There can be 1 zone or 3, not " + zones, null);
        }
        if (controlPlaneDelay.isNegative()) {
            throw new StartException("A delay of the control plane cannot be negative", null);
        }
    }

    static NodeOptions defaults() {
        return new NodeOptions(null, 1, 1, Duration.ZERO, TableOptions.REGION_DEFAULT, Ticker.system());
    }

    NodeOptions withData(@Nullable Path newData) {
        return new NodeOptions(newData, zones, initialPartitions, controlPlaneDelay, region, ticker);
    }

    NodeOptions withZones(int newZones) {
        return new NodeOptions(data, newZones, initialPartitions, controlPlaneDelay, region, ticker);
    }

    NodeOptions withInitialPartitions(int newInitialPartitions) {
        return new NodeOptions(data, zones, newInitialPartitions, controlPlaneDelay, region, ticker);
    }

    NodeOptions withControlPlaneDelay(Duration newDelay) {
        return new NodeOptions(data, zones, initialPartitions, newDelay, region, ticker);
    }

    NodeOptions withRegion(String newRegion) {
        return new NodeOptions(data, zones, initialPartitions, controlPlaneDelay, newRegion, ticker);
    }

    NodeOptions withTicker(Ticker newTicker) {
        return new NodeOptions(data, zones, initialPartitions, controlPlaneDelay, region, newTicker);
    }
}
