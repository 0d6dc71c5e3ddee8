package dev.evenkeel.server.cluster;

import dev.evenkeel.model.Ticker;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attempts that go on until one succeeds or the node ends: pauses double up to a second, and when it takes long operators
 * are told, once, what is waited for.
 */
final class Attempts {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    /** As long as the first leader of a new cluster takes. */
    private static final Duration QUIET_FOR = Duration.ofSeconds(3);

    private static final Duration PAUSE_MIN = Duration.ofMillis(50);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(1);

    private final String what;
    private final NodeLife life;
    private final Ticker ticker;
    private final long begunNanos;
    private Duration pause = PAUSE_MIN;
    private boolean told;

    /** @param what is attempted, as the beginning of a sentence */
    Attempts(String what, NodeLife life, Ticker ticker) {
        this.what = what;
        this.life = life;
        this.ticker = ticker;
        this.begunNanos = ticker.nanos();
    }

    /** Waits until the next attempt is due, or the node ends. */
    void failed(RuntimeException reason) {
        if (isToBeTold()) {
            LOG.warn("{} does not succeed yet, and is tried until it does: {}", what, reason.getMessage());
        } else {
            LOG.debug("{} failed", what, reason);
        }
        life.awaitEnd(pause);
        pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
    }

    /** True once, when it has taken long. */
    boolean isToBeTold() {
        boolean isDue = !told && ticker.nanos() - begunNanos >= QUIET_FOR.toNanos();
        told |= isDue;
        return isDue;
    }

    Duration pause() {
        return pause;
    }
}
