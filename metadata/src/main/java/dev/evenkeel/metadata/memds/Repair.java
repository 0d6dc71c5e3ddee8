package dev.evenkeel.metadata.memds;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings a server to what a peer knows. Compares hashes from the root down and fetches only what is under those that
 * differ; facts are merged as pushes are, so nothing goes back, and pushes may come meanwhile.
 *
 * <p>One direction is enough for the server that asks. If it knows something that the peer does not, the peer finds out
 * when it asks in turn.
 */
public final class Repair {
    /** A pass brings everything that the peer knew when it began. More are needed only for what came meanwhile. */
    private static final int PASSES_MAX = 4;

    /** Enough to fill an answer with the buckets of a cold start; few enough for a small request. */
    private static final int QUESTIONS_MAX = 256;

    private final MemdsServer server;
    private final MemdsClient peer;
    private final ArrayDeque<Subtree.Question> open = new ArrayDeque<>(); // depth first, so that it stays short
    private int subtreesRead;
    private int news;

    private Repair(MemdsServer server, MemdsClient peer) {
        this.server = server;
        this.peer = peer;
    }

    /**
     * Blocks until the server knows what its peer does; then it answers lookups, if the peer did. To be run on a virtual
     * thread, at the start and now and then.
     *
     * @throws java.util.concurrent.CompletionException when the peer did not answer; what has been fetched stays
     */
    public static RepairReport run(MemdsServer server, MemdsClient peer) {
        return new Repair(server, peer).run();
    }

    private RepairReport run() {
        boolean complete = false;
        for (int pass = 0; ; pass++) {
            var theirs = peer.status().join();
            boolean equal = server.status().hasSameFactsAs(theirs);
            if (equal || pass == PASSES_MAX) {
                return report(equal, complete || (equal && theirs.synchronised()));
            }
            int before = news;
            pass();
            complete |= theirs.synchronised();
            if (news == before) { // nothing to learn: the peer lacks what makes the difference
                return report(false, complete);
            }
        }
    }

    /** @param complete everything that some synchronised peer knew is here */
    private RepairReport report(boolean rootsEqual, boolean complete) {
        if (complete) {
            server.markSynchronised();
        }
        return new RepairReport(subtreesRead, news, rootsEqual);
    }

    private void pass() {
        open.add(new Subtree.Question(PerklePrefix.ALL, server.status().facts() == 0));
        while (!open.isEmpty()) {
            var questions = new ArrayList<Subtree.Question>();
            while (questions.size() < QUESTIONS_MAX && !open.isEmpty()) {
                questions.add(open.pop());
            }
            var answers = peer.subtrees(questions).join();
            if (answers.isEmpty() || answers.size() > questions.size()) {
                throw new CorruptMessageException(answers.size() + " answers to " + questions.size() + " questions");
            }
            for (int i = 0; i < answers.size(); i++) {
                takeIn(questions.get(i), answers.get(i));
            }
            questions.subList(answers.size(), questions.size()).forEach(open::push);
        }
    }

    private void takeIn(Subtree.Question question, Subtree subtree) {
        subtreesRead++;
        news += server.apply(new PartitionPush(facts(subtree.entries())));
        for (var child : subtree.children()) {
            if (child.prefix().depth() <= question.prefix().depth()) {
                throw new CorruptMessageException(child.prefix() + " is not under " + question.prefix());
            }
            var mine = server.summary(child.prefix());
            if (!mine.equals(child.summary())) {
                open.push(new Subtree.Question(child.prefix(), mine.size() == 0));
            }
        }
    }

    private static List<Fact> facts(List<PerkleEntry> entries) {
        return entries.stream().map(FactCodec::decode).toList();
    }
}
