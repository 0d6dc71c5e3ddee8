package dev.evenkeel.partition;

import dev.evenkeel.model.Bytes;
import dev.evenkeel.replication.Proposal;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes that have been proposed and are not applied yet, the newest for each key. The next write to a key is
 * evaluated against them, so writes to one hot key ride the same flush instead of waiting for each other's.
 *
 * <p>Written only by the partition's owner; an outcome is taken out by whoever waited for it.
 */
final class Pending<T> {

    /**
     * One outcome under way.
     *
     * @param value what the key will hold; null when it will be gone
     */
    record Outcome<T>(@Nullable T value, Proposal proposal) {}

    private final ConcurrentHashMap<Bytes, Outcome<T>> outcomes = new ConcurrentHashMap<>();

    @Nullable Outcome<T> get(byte[] key) {
        return outcomes.isEmpty() ? null : outcomes.get(Bytes.wrap(key));
    }

    void put(byte[] key, Outcome<T> outcome) {
        outcomes.put(Bytes.wrap(key), outcome);
    }

    /** Forgets that outcome, unless a newer one has taken its place. */
    void remove(byte[] key, Outcome<T> outcome) {
        outcomes.remove(Bytes.wrap(key), outcome);
    }
}
