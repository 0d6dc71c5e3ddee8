package dev.evenkeel.partition;

import dev.evenkeel.model.Bytes;
import dev.evenkeel.replication.Proposal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes that have been proposed and are not applied yet, the newest for each key. The next write to a key is
 * evaluated against them, so writes to one hot key ride the same flush instead of waiting for each other's.
 *
 * <p>Written only by the partition's owner; an outcome is taken out by whoever waited for it.
 */
final class Pending<T> {

    /** One outcome under way; {@code value} is what the key will hold, null when it will be gone. */
    static final class Outcome<T> {
        private final @Nullable T value;
        private final CompletableFuture<@Nullable Void> settled = new CompletableFuture<>();

        Outcome(@Nullable T value) {
            this.value = value;
        }

        @Nullable
        T value() {
            return value;
        }

        /** For the one who proposed it: waits until it is durable and applied, and tells the others. */
        void settle(Proposal proposal) {
            try {
                proposal.await();
                settled.complete(null);
            } catch (RuntimeException failed) {
                settled.completeExceptionally(failed);
                throw failed;
            }
        }

        /** For those whose answer rests on it: waits until it is durable and applied, or fails as it failed. */
        void await() {
            try {
                settled.join();
            } catch (CompletionException failed) {
                throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
            }
        }
    }

    private final ConcurrentHashMap<Bytes, Outcome<T>> outcomes = new ConcurrentHashMap<>();

    @Nullable
    Outcome<T> get(byte[] key) {
        return outcomes.isEmpty() ? null : outcomes.get(Bytes.wrap(key));
    }

    void put(byte[] key, Outcome<T> outcome) {
        outcomes.put(Bytes.wrap(key), outcome);
    }

    /** Forgets all: what was in flight may have been lost. */
    void clear() {
        outcomes.clear();
    }

    /** Forgets whatever is under way for that key: something newer has been applied. */
    void forget(byte[] key) {
        if (!outcomes.isEmpty()) {
            outcomes.remove(Bytes.wrap(key));
        }
    }

    /** Forgets that outcome, unless a newer one has taken its place. */
    void remove(byte[] key, Outcome<T> outcome) {
        outcomes.remove(Bytes.wrap(key), outcome);
    }
}
