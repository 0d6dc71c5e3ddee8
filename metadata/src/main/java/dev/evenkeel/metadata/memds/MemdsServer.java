package dev.evenkeel.metadata.memds;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Holds all routing metadata in memory and answers where a position is: with the one partition that holds it, never with
 * a table's map, so an answer costs the same whatever the size of the table.
 *
 * <p>Keeps nothing on disk. It is fed by pushes and, when it has started or lagged, repaired from a peer ({@link Repair}).
 * Until then it answers "not yet": one that has heard half of the pushes would otherwise say of a position that nothing
 * is there. A server that is behind after that may answer with what was; that costs its asker one redirect.
 *
 * <p>Readers take the image once and wait for nobody; changes take turns.
 */
public final class MemdsServer {
    private volatile RoutingImage image = RoutingImage.EMPTY;
    private volatile boolean synchronised;
    private final LongAdder lookups = new LongAdder();

    /**
     * Answers a request of {@link MemdsClient}. Does not block.
     *
     * @throws CorruptMessageException for what is none, or one of a newer release
     */
    public byte[] handle(byte[] request) {
        return Messages.decode(request, in -> {
            int kind = in.u8();
            return switch (kind) {
                case Messages.LOOKUP -> lookup(in.i32(), in.rest());
                case Messages.LOOKUPS -> Messages.lookupsAnswer(in.list(it -> lookup(it.raw())));
                case Messages.PUSH -> push(in);
                case Messages.STATUS -> Messages.statusAnswer(status());
                case Messages.SUBTREES ->
                    Messages.subtreesAnswer(new SubtreeReader(tree()), Messages.readQuestions(in));
                default -> throw new CorruptMessageException("no request has kind " + kind);
            };
        });
    }

    private byte[] lookup(byte[] request) {
        return Messages.decode(request, in -> {
            int kind = in.u8();
            if (kind != Messages.LOOKUP) {
                throw new CorruptMessageException("a request of kind " + kind + " among lookups");
            }
            return lookup(in.i32(), in.rest());
        });
    }

    private byte[] lookup(int tableId, byte[] position) {
        lookups.increment();
        if (!synchronised) {
            return Messages.answer(2).u8(Messages.NOT_YET).toBytes();
        }
        var found = Messages.answer(160).u8(Messages.FOUND);
        return image.writeRoute(tableId, position, found)
                ? found.toBytes()
                : Messages.answer(2).u8(Messages.UNKNOWN).toBytes();
    }

    private byte[] push(MessageSource in) {
        var push = Messages.readPush(in);
        in.end(); // all of it is sound, or nothing is taken in
        apply(push);
        return Messages.answer(1).toBytes();
    }

    /**
     * Takes in what is new of a push, all at once.
     *
     * @return how many of its facts said something new
     */
    public synchronized int apply(PartitionPush push) {
        var next = image;
        int news = 0;
        for (var fact : push.facts()) {
            var before = next;
            next = next.with(fact);
            news += next == before ? 0 : 1;
        }
        image = next;
        return news;
    }

    public MemdsStatus status() {
        var tree = image.tree();
        return new MemdsStatus(tree.rootHash(), tree.size(), synchronised);
    }

    /**
     * From now on it answers lookups. For one who knows that every group has pushed all it has, as when a cluster starts
     * and no peer can be asked; otherwise {@link Repair} does it.
     */
    public void markSynchronised() {
        synchronised = true;
    }

    /** Whether it has a partition that holds that position, and its group, even if it does not answer lookups yet. */
    public boolean knows(int tableId, byte[] position) {
        return image.writeRoute(tableId, position, new MessageSink(160));
    }

    /** How many lookups it has been asked, answered or not. */
    public long lookups() {
        return lookups.sum();
    }

    PerkleTree tree() {
        return image.tree();
    }

    PerkleSummary summary(PerklePrefix prefix) {
        return tree().summary(prefix);
    }

    List<Fact> facts() {
        return PerkleWalk.entries(tree().root()).stream().map(FactCodec::decode).toList();
    }
}
