package dev.evenkeel.server.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node that finds nothing of its own is new, or has lost what it had: votes that it gave, entries that it took and that
 * counted. It cannot tell by itself, so it asks the founders.
 *
 * <pre>
 * one has just heard a node of its name           it was killed a moment ago, or a second one runs: it waits, then ends
 * one knows it                                    it has lost its data, and begins anew
 * one has a cluster without it                    it is new there
 * most founders began with nothing, as it did     so the cluster is new
 * else                                            it waits, and asks again
 * </pre>
 */
final class FirstStart {
    private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);

    private static final Duration AGAIN_AFTER = Duration.ofMillis(50);

    /** Longer than a node counts as running after it was heard last. */
    private static final Duration SAID_AFTER = Duration.ofSeconds(3);

    /** Of another founder, on the wire as their ordinals. */
    enum Answer {
        /** It does not answer, or cannot tell yet. */
        UNSURE,
        KNOWN,
        /** It follows a catalog that has other nodes, and not this one. */
        STRANGER,
        /** It began with nothing itself, and has heard of no cluster since. */
        NEW_TOO,
        /** It has heard a node of that name a moment ago. */
        RUNNING
    }

    private final ClusterSettings settings;
    private final AdminCalls calls;
    private final ExecutorService threads;
    private final NodeLife life;

    FirstStart(ClusterSettings settings, AdminCalls calls, ExecutorService threads, NodeLife life) {
        this.settings = settings;
        this.calls = calls;
        this.threads = threads;
        this.life = life;
    }

    /**
     * Whether this node was in its cluster before. Returns when it is known.
     *
     * @throws IllegalStateException when the node is closed before
     * @throws NodeIdInUseException when another one runs under its name
     */
    boolean hasLostItsData() {
        long begunNanos = ClusterNode.MACHINE_TIME.nanos();
        boolean isSaid = false;
        while (!life.hasEnded()) {
            var answers = answers();
            var verdict =
                    hasLost(answers, settings.isFounder(), settings.founders().size());
            if (verdict.isPresent()) {
                return verdict.get();
            }
            boolean isLong = ClusterNode.MACHINE_TIME.nanos() - begunNanos > SAID_AFTER.toNanos();
            if (isLong && answers.contains(Answer.RUNNING)) {
                throw new NodeIdInUseException(settings.id());
            }
            if (isLong && !isSaid) {
                isSaid = true;
                LOG.warn(
                        "Node {} has no data, and no other node can say yet whether it had some: it waits for that, or a "
                                + "vote of it could count twice",
                        settings.id());
            }
            life.awaitEnd(AGAIN_AFTER);
        }
        throw new IllegalStateException("this node was closed before others could tell whether it has lost its data");
    }

    /** All are asked before anything is decided: one that knows it outweighs those that do not. */
    private List<Answer> answers() {
        return settings.founders().stream()
                .map(ClusterSettings.Founder::id)
                .filter(node -> !node.equals(settings.id()))
                .map(node -> CompletableFuture.supplyAsync(() -> calls.knows(node, settings.id()), threads))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
    }

    /** Empty when it cannot be told from these answers. */
    static Optional<Boolean> hasLost(List<Answer> others, boolean isFounder, int founders) {
        if (others.contains(Answer.RUNNING)) {
            return Optional.empty();
        }
        if (others.contains(Answer.KNOWN)) {
            return Optional.of(true);
        }
        if (others.contains(Answer.STRANGER)) {
            return Optional.of(false);
        }
        long newToo = others.stream().filter(Answer.NEW_TOO::equals).count();
        return isFounder && 2 * (newToo + 1) > founders ? Optional.of(false) : Optional.empty();
    }
}
