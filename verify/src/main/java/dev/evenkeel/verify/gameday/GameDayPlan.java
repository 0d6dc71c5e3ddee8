package dev.evenkeel.verify.gameday;

import java.time.Duration;
import java.util.List;

/**
 * A day as it was asked for.
 *
 * @param seed of every choice
 * @param length from the first request to the last
 * @param faults those that are impossible on the cluster are left out, and the report says so
 */
record GameDayPlan(long seed, Duration length, LoadPlan load, List<FaultKind> faults, Rhythm rhythm) {
    GameDayPlan {
        faults = List.copyOf(faults);
    }
}
