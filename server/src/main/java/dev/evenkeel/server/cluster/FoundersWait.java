package dev.evenkeel.server.cluster;

import dev.evenkeel.model.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a new cluster waits, once all founders have registered, for all to hear each other. Then it begins with groups
 * that have fewer replicas, which grow when the founder that is missing comes.
 */
final class FoundersWait {
    static final Duration MAX = Duration.ofSeconds(10);

    private final Ticker ticker;
    private @Nullable Long completeNanos; // when all had registered; null until then

    FoundersWait(Ticker ticker) {
        this.ticker = ticker;
    }

    /** To be told at each look; the wait begins with the first at which all have registered. */
    void look(boolean isComplete) {
        if (isComplete && completeNanos == null) {
            completeNanos = ticker.nanos();
        }
    }

    boolean isOver() {
        return completeNanos != null && ticker.nanos() - completeNanos > MAX.toNanos();
    }
}
