package dev.evenkeel.metadata;

import dev.evenkeel.metadata.CatalogStateMachine.ProposalId;
import dev.evenkeel.model.Ticker;
import dev.evenkeel.replication.LogUnavailableException;
import dev.evenkeel.replication.NotLeaderException;
import dev.evenkeel.replication.OutcomeUnknownException;
import dev.evenkeel.replication.ReplicationException;
import dev.evenkeel.replication.ReplicationGroup;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The catalog as the rest of the node sees it: read its image, propose a change, hear of changes. For any thread. */
public final class Catalog {
    /** How long a change may take that nobody can tell of any more, such as when the leader is lost meanwhile. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** How long a question waits for somebody to lead. */
    private static final Duration ELECTION_MAX = Duration.ofSeconds(3);

    private static final Duration RETRY_AFTER = Duration.ofMillis(20);

    private final ReplicationGroup group;
    private final CatalogStateMachine state;
    private final @Nullable CatalogLink link; // null where this node's replica always leads
    private final Ticker ticker;
    private final long proposer;
    private final AtomicLong proposals = new AtomicLong();

    /**
     * A catalog whose only replica is here.
     *
     * @param group whose state machine {@code state} is
     * @param random names this run of this node; two runs must not have the same numbers
     */
    public Catalog(ReplicationGroup group, CatalogStateMachine state, RandomGenerator random) {
        this(group, state, random, Ticker.system(), null);
    }

    /** @param link to the replica that leads, when this node's does not */
    public Catalog(
            ReplicationGroup group,
            CatalogStateMachine state,
            RandomGenerator random,
            Ticker ticker,
            @Nullable CatalogLink link) {
        this.group = group;
        this.state = state;
        this.link = link;
        this.ticker = ticker;
        this.proposer = random.nextLong();
    }

    /** The newest image applied here: one volatile read. */
    public CatalogImage image() {
        return state.image();
    }

    /**
     * The image with every change that was acknowledged before the call, wherever it was made.
     *
     * @throws ReplicationException when nobody can tell which these are, or they do not come in time
     */
    public CatalogImage newest() {
        try {
            group.readBarrierForAll();
            return image();
        } catch (NotLeaderException elsewhere) {
            var leader = link;
            if (leader == null) {
                throw elsewhere;
            }
            long version = leader.version();
            return state.await(image -> image.version() >= version, PATIENCE);
        }
    }

    /**
     * As {@link #newest}; when nobody can tell for longer than an election takes, what this node has, so that known tables do
     * not become unknown.
     */
    public CatalogImage newestKnown() {
        long begunNanos = ticker.nanos();
        while (true) {
            try {
                return newest();
            } catch (ReplicationException nobody) {
                if (link == null || ticker.nanos() - begunNanos > ELECTION_MAX.toNanos()) {
                    return image();
                }
                LockSupport.parkNanos(this, RETRY_AFTER.toNanos());
            }
        }
    }

    /** Returns when this node's image is as wanted, or when that has taken too long. */
    public void await(Predicate<CatalogImage> wanted, Duration atMost) {
        try {
            var unused = state.await(wanted, atMost);
        } catch (OutcomeUnknownException late) {
            // the caller has waited for nothing that must be so
        }
    }

    /**
     * Makes the change durable and applies it; returns the image it made, which is this node's by then. Every listener of
     * this node has been told by then. Waits while another replica of the group takes over.
     *
     * @throws dev.evenkeel.model.DynamoException when the change is refused, with DynamoDB's words
     * @throws StaleTableException when a {@link CatalogChange.Guarded} change is refused
     * @throws RefusedChangeException when a change of nodes or groups is
     * @throws ReplicationException when the log does not take it, or nobody can tell
     */
    public CatalogImage propose(CatalogChange change) {
        var id = new ProposalId(proposer, proposals.incrementAndGet());
        var outcome = state.await(id);
        try {
            var doubt = put(new CatalogEntry(id.proposer(), id.proposal(), change).encode());
            try {
                return outcome.await(PATIENCE);
            } catch (OutcomeUnknownException late) {
                throw doubt == null ? late : doubt;
            }
        } finally {
            state.forget(id);
        }
    }

    /** Returns when the entry is committed, or why nobody can tell; then it may still show. */
    private @Nullable OutcomeUnknownException put(byte[] entry) {
        long begunNanos = ticker.nanos();
        while (true) {
            try {
                putOnce(entry);
                return null;
            } catch (OutcomeUnknownException unknown) {
                return unknown;
            } catch (NotLeaderException | LogUnavailableException surelyNot) {
                if (link == null || ticker.nanos() - begunNanos > PATIENCE.toNanos()) {
                    throw surelyNot;
                }
                LockSupport.parkNanos(this, RETRY_AFTER.toNanos());
            }
        }
    }

    private void putOnce(byte[] entry) {
        try {
            group.propose(entry).await();
        } catch (NotLeaderException elsewhere) {
            var leader = link;
            if (leader == null) {
                throw elsewhere;
            }
            leader.propose(entry);
        }
    }

    /** Takes an entry from a node whose replica does not lead; as {@link CatalogLink#propose}, but only here. */
    public void accept(byte[] entry) {
        var unused = CatalogEntry.decode(entry); // what cannot be read must not get into the log
        group.propose(entry).await();
    }

    /**
     * Tells the listener the image of this moment, at once, and every later one in order. It runs on the thread that
     * applies: it must be quick, must not throw and must not propose.
     */
    public void listen(Consumer<CatalogImage> listener) {
        state.listen(listener);
    }
}
