package dev.evenkeel.metadata.memds;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Speaks with one MemDS server. Its futures fail as its channel's do, or with {@link CorruptMessageException}. */
public final class MemdsClient {
    private final MemdsChannel channel;

    /** Whether the last lookup failed, or the server was not ready. */
    private volatile boolean resting;

    public MemdsClient(MemdsChannel channel) {
        this.channel = channel;
    }

    /** Asks which partition holds that position of a table or of a global index's hidden table. */
    public CompletableFuture<LookupAnswer> lookup(int tableId, byte[] position) {
        return channel.ask(Messages.lookup(tableId, position))
                .thenApply(answer -> Messages.decode(answer, Messages::readLookupAnswer))
                .whenComplete((answer, _) -> note(answer == null || answer instanceof LookupAnswer.NotYet));
    }

    private void note(boolean useless) {
        if (resting != useless) { // most are not: do not take the cache line from the others
            resting = useless;
        }
    }

    boolean isResting() {
        return resting;
    }

    void tryAgain() {
        note(false);
    }

    /** Completes when the server has taken in what was new. */
    public CompletableFuture<Void> push(PartitionPush push) {
        return channel.ask(Messages.push(push)).thenAccept(answer -> Messages.decode(answer, in -> true));
    }

    public CompletableFuture<MemdsStatus> status() {
        return channel.ask(Messages.status()).thenApply(answer -> Messages.decode(answer, Messages::readStatusAnswer));
    }

    /** What is under some prefixes: answers to the first questions, at least to one. */
    CompletableFuture<List<Subtree>> subtrees(List<Subtree.Question> questions) {
        return channel.ask(Messages.subtrees(questions))
                .thenApply(answer -> Messages.decode(answer, Messages::readSubtreesAnswer));
    }
}
