package dev.evenkeel.metadata;

import dev.evenkeel.metadata.CatalogStateMachine.ProposalId;
import dev.evenkeel.replication.ReplicationGroup;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** The catalog as the rest of the node sees it: read its image, propose a change, hear of changes. For any thread. */
public final class Catalog {
    private final ReplicationGroup group;
    private final CatalogStateMachine state;
    private final long proposer;
    private final AtomicLong proposals = new AtomicLong();

    /**
     * @param group whose state machine {@code state} is
     * @param random names this run of this node; two runs must not have the same numbers
     */
    public Catalog(ReplicationGroup group, CatalogStateMachine state, RandomGenerator random) {
        this.group = group;
        this.state = state;
        this.proposer = random.nextLong();
    }

    /** The newest image applied here: one volatile read. */
    public CatalogImage image() {
        return state.image();
    }

    /**
     * Makes the change durable and applies it; returns the image it made. Every listener of this node has been told by
     * then.
     *
     * @throws dev.evenkeel.model.DynamoException when the change is refused, with DynamoDB's words
     * @throws StaleTableException when a {@link CatalogChange.Guarded} change is refused
     * @throws RefusedChangeException when a {@link ClusterChange} is refused, with words for operators
     */
    public CatalogImage propose(CatalogChange change) {
        var id = new ProposalId(proposer, proposals.incrementAndGet());
        var outcome = state.await(id);
        try {
            group.propose(new CatalogEntry(id.proposer(), id.proposal(), change).encode())
                    .await();
            return outcome.get();
        } finally {
            state.forget(id);
        }
    }

    /**
     * Tells the listener the image of this moment, at once, and every later one in order. It runs on the thread that
     * applies: it must be quick, must not throw and must not propose.
     */
    public void listen(Consumer<CatalogImage> listener) {
        state.listen(listener);
    }
}
