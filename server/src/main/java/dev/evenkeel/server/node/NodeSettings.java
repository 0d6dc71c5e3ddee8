package dev.evenkeel.server.node;

import dev.evenkeel.model.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a node is told at its start.
 *
 * @param data the data folder; empty keeps everything in memory
 * @param region in ARNs and endpoints
 * @param initialPartitions of every new table and global index, 1 or more
 * @param controlPlaneDelay how long a table or index stays in each passing status
 */
public record NodeSettings(
        Optional<Path> data, String region, int initialPartitions, Duration controlPlaneDelay, Ticker ticker) {
    public NodeSettings {
        if (initialPartitions < 1) {
            throw new IllegalArgumentException("a table needs a partition");
        }
    }
}
