package dev.evenkeel.server.transfer;

import dev.evenkeel.model.Ticker;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The waits between attempts at one thing: each up to twice as long as the one before, by chance, so that those who were
 * refused together do not come back together ("Exponential Backoff And Jitter", AWS Architecture Blog). For one thread.
 */
final class BackOff {

    /**
     * How long waits are.
     *
     * @param first the first wait at most
     * @param longest any wait at most
     * @param patience how long after the first failure in a row it is given up
     */
    record Waits(Duration first, Duration longest, Duration patience) {
        static Waits patient(Duration patience) {
            return new Waits(Duration.ofMillis(50), Duration.ofSeconds(5), patience);
        }
    }

    private static final int DOUBLINGS_MAX = 30;

    private final Waits waits;
    private final Ticker ticker;
    private final RandomGenerator random;
    private final StopSignal stop;
    private int failures;
    private long firstFailureNanos;

    BackOff(Waits waits, Ticker ticker, RandomGenerator random, StopSignal stop) {
        this.waits = waits;
        this.ticker = ticker;
        this.random = random;
        this.stop = stop;
    }

    /** Some of it was done: from here on, failures count anew. */
    void madeProgress() {
        failures = 0;
    }

    /**
     * Waits before the next attempt.
     *
     * @param failure why there is one, for the person who waits
     * @throws TransferException when it has been tried for long enough
     */
    void pause(String failure) {
        long now = ticker.nanos();
        if (failures == 0) {
            firstFailureNanos = now;
        }
        if (now - firstFailureNanos > waits.patience().toNanos()) {
            throw new TransferException(
                    failure + ", tried for " + waits.patience().toSeconds() + " s");
        }
        long most = Math.min(waits.longest().toNanos(), waits.first().toNanos() << Math.min(failures, DOUBLINGS_MAX));
        failures++;
        stop.await(most / 2 + random.nextLong(Math.max(1, most / 2)));
    }
}
