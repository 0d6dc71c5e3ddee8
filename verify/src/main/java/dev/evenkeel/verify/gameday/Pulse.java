package dev.evenkeel.verify.gameday;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** When each table last took a write, so that one can wait until all do again. Safe for any thread. */
final class Pulse {
    private final Map<String, Long> lastWrites = new ConcurrentHashMap<>();

    void wrote(String table, long begunNanos) {
        lastWrites.merge(table, begunNanos, Math::max);
    }

    boolean allWroteSince(Iterable<String> tables, long nanos) {
        for (var table : tables) {
            if (lastWrites.getOrDefault(table, Long.MIN_VALUE) < nanos) {
                return false;
            }
        }
        return true;
    }
}
