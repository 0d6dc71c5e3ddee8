package dev.evenkeel.transport;

import java.time.Duration;

/**
 * How patient a transport is.
 *
 * @param pingInterval a connection this silent is asked for a sign of life; after twice that it counts as dead
 * @param connectTimeout how long a connection may take to come about
 * @param helloTimeout how long a new connection may take to say who is there, including TLS
 * @param retryFirst how soon after losing a node it is looked for again
 * @param retryLast how often at last; each attempt in between waits twice as long as the one before
 */
public record TransportTimings(
        Duration pingInterval,
        Duration connectTimeout,
        Duration helloTimeout,
        Duration retryFirst,
        Duration retryLast) {

    public TransportTimings {
        for (Duration duration : new Duration[] {pingInterval, connectTimeout, helloTimeout, retryFirst, retryLast}) {
            if (!duration.isPositive()) {
                throw new IllegalArgumentException("timings must be positive: " + duration);
            }
        }
    }

    /** A dead node is noticed within 4 seconds; one that comes back is found within one. */
    public static TransportTimings defaults() {
        return new TransportTimings(
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofMillis(50),
                Duration.ofSeconds(1));
    }

    public TransportTimings withPingInterval(Duration newPingInterval) {
        return new TransportTimings(newPingInterval, connectTimeout, helloTimeout, retryFirst, retryLast);
    }

    public TransportTimings withHelloTimeout(Duration newHelloTimeout) {
        return new TransportTimings(pingInterval, connectTimeout, newHelloTimeout, retryFirst, retryLast);
    }
}
