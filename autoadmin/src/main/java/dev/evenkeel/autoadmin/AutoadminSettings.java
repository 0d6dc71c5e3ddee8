package dev.evenkeel.autoadmin;

import java.time.Duration;

/**
 * The bounds that decide.
 *
 * @param unhealthyAfter a node that most of its peers have not heard for longer is unhealthy: log replicas take the
 *     places of its replicas
 * @param rebuildAfter one not heard for longer is given up: what it stored is built anew elsewhere
 * @param lagMax a replica is caught up when it lacks no more log entries than this; a hand-over waits for the rest
 * @param fillsMax replicas that may be filled at once in the whole cluster; each costs its leader's disk and network
 */
public record AutoadminSettings(Duration unhealthyAfter, Duration rebuildAfter, long lagMax, int fillsMax) {
    public static final AutoadminSettings DEFAULT =
            new AutoadminSettings(Duration.ofSeconds(3), Duration.ofMinutes(10), 1_000, 2);

    public AutoadminSettings {
        if (unhealthyAfter.compareTo(rebuildAfter) >= 0) {
            throw new IllegalArgumentException("a node is given up after it is unhealthy, not before");
        }
        if (lagMax < 0 || fillsMax < 1) {
            throw new IllegalArgumentException(
                    "with lagMax " + lagMax + " and fillsMax " + fillsMax + " nothing heals");
        }
    }
}
