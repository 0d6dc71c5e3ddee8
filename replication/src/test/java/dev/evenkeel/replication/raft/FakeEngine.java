package dev.evenkeel.replication.raft;

import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.error.RaftError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One replica's engine as its proposals see it, one step at a time: it takes batches or refuses them, is elected, stands
 * down, loses what another leader does not have, hands over or fails to, and tells of it late.
 */
final class FakeEngine implements ProposalQueue.Engine {
    private static final int SETTLE_STEPS_MAX = 100_000;

    /** An entry of the log; {@code data} is null in the engine's own. */
    record Entry(long raftTerm, byte @Nullable [] data) {}

    private record Task(byte[] data, RaftProposal proposal, long raftTerm) {}

    private enum State {
        LEADS,
        TRANSFERS,
        FOLLOWS
    }

    private final Random random;
    private final ProposalQueue queue;
    private final ChainedMachine machine;
    private final EntryChain chain = new EntryChain(EntryChain.State.NEW);

    /** Index 1 first. */
    private final List<Entry> log = new ArrayList<>();

    private final Deque<Task> tasks = new ArrayDeque<>();
    private final TreeMap<Long, RaftProposal> closures = new TreeMap<>();
    private final List<Runnable> told = new ArrayList<>(); // in any order
    private final Deque<Runnable> applying = new ArrayDeque<>(); // in this one
    private State state = State.FOLLOWS;
    private long raftTerm;
    private long begunTerm;
    private long committed;
    private long applied;
    private int foreign;

    FakeEngine(Random random, ProposalQueue queue, ChainedMachine machine) {
        this.random = random;
        this.queue = queue;
        this.machine = machine;
    }

    @Override
    public void apply(ByteBuffer entry, RaftProposal proposal, long expectedTerm) {
        tasks.add(new Task(EngineLog.bytes(entry), proposal, expectedTerm));
    }

    @Override
    public long lastIndex() {
        return log.size();
    }

    void step() {
        switch (random.nextInt(26)) {
            case 0, 1, 2, 3, 4, 5 -> takeBatch(random.nextInt(10) == 0);
            case 6, 7, 8, 9 -> commit();
            case 10, 11, 12, 13 -> applySome();
            case 14, 15, 16, 17 -> tellOne();
            case 18 -> appendOwn();
            case 19 -> standDown();
            case 20 -> beElected();
            case 21 -> transfer();
            case 22 -> transferFails();
            case 23 -> stall();
            default -> {}
        }
    }

    private void takeBatch(boolean busy) {
        int size = Math.min(tasks.size(), 1 + random.nextInt(4));
        for (int i = 0; i < size; i++) {
            var task = tasks.remove();
            if (busy) {
                refuse(task, RaftError.EBUSY, "Node log manager is busy.");
            } else if (state == State.FOLLOWS) {
                refuse(task, RaftError.EPERM, "Is not leader.");
            } else if (state == State.TRANSFERS) {
                refuse(task, RaftError.EBUSY, "Is transferring leadership.");
            } else if (task.raftTerm != raftTerm) {
                refuse(task, RaftError.EPERM, "expected_term=1 doesn't match current_term=2");
            } else {
                log.add(new Entry(raftTerm, task.data));
                closures.put(lastIndex(), task.proposal);
            }
        }
    }

    private void refuse(Task task, RaftError error, String reason) {
        told.add(() -> task.proposal.run(new Status(error, "%s", reason)));
    }

    private void commit() {
        boolean hasEntryOfTerm = !log.isEmpty() && log.getLast().raftTerm == raftTerm;
        if (state != State.FOLLOWS && hasEntryOfTerm && committed < lastIndex()) {
            commitTo(committed + 1 + random.nextInt((int) (lastIndex() - committed)));
        }
    }

    /** Something of the leader's own term comes first: what is older is committed with it alone. */
    private void commitTo(long index) {
        long end = index;
        while (log.get((int) end - 1).raftTerm != raftTerm) {
            end++;
        }
        committed = end;
        long target = end;
        applying.add(() -> applyTo(target));
    }

    private void applySome() {
        if (!applying.isEmpty()) {
            applying.remove().run();
        }
    }

    private void applyTo(long end) {
        var batch = new ArrayList<ProposalQueue.AppliedEntry>();
        while (applied < end) {
            long index = ++applied;
            var entry = log.get((int) index - 1);
            var data = entry.data;
            if (data == null) {
                flush(batch);
                if (state != State.FOLLOWS && isOwnFirst(index)) {
                    begunTerm = entry.raftTerm;
                    queue.lead(this, begunTerm);
                }
                continue;
            }
            boolean counts = chain.counts(index, EntryHeader.of(data));
            if (counts) {
                machine.apply(text(data));
            }
            batch.add(new ProposalQueue.AppliedEntry(index, entry.raftTerm, counts, closures.remove(index)));
            if (random.nextInt(4) == 0) {
                flush(batch);
            }
        }
        flush(batch);
    }

    /** Whether it is the entry with which this replica's leadership begins. */
    private boolean isOwnFirst(long index) {
        return log.get((int) index - 1).raftTerm == raftTerm
                && (index == 1 || log.get((int) index - 2).raftTerm != raftTerm);
    }

    private void flush(List<ProposalQueue.AppliedEntry> batch) {
        if (!batch.isEmpty()) {
            queue.applied(List.copyOf(batch));
            batch.clear();
        }
    }

    private void tellOne() {
        if (!told.isEmpty()) {
            told.remove(random.nextInt(told.size())).run();
        }
    }

    /** As when members change. */
    private void appendOwn() {
        if (state == State.LEADS) {
            log.add(new Entry(raftTerm, null));
        }
    }

    /** Another one leads for a while; it has what is committed, and maybe more. */
    private void standDown() {
        if (state == State.FOLLOWS) {
            return;
        }
        boolean wasLeading = state == State.LEADS;
        state = State.FOLLOWS;
        closures.values()
                .forEach(proposal -> told.add(() -> proposal.run(new Status(RaftError.EPERM, "Leader stepped down"))));
        closures.clear();
        if (wasLeading) {
            applying.add(queue::follow);
        }
        anotherLeads();
    }

    private void anotherLeads() {
        raftTerm++;
        int kept = (int) committed + random.nextInt((int) (lastIndex() - committed) + 1);
        log.subList(kept, log.size()).clear();
        log.add(new Entry(raftTerm, null));
        long base = lastIndex() + 1;
        int count = random.nextInt(4);
        var builtOn = lastThatCounts();
        for (int i = 0; i < count; i++) {
            var text = "other" + foreign++;
            log.add(new Entry(raftTerm, new EntryHeader(base, i).before(ChainedMachine.entry(text, builtOn))));
            builtOn = text;
        }
        if (random.nextBoolean()) {
            commitTo(lastIndex());
        }
    }

    /** What its machine would have applied last, were the whole log committed. */
    private String lastThatCounts() {
        var whole = new EntryChain(EntryChain.State.NEW);
        var last = "";
        for (int i = 0; i < log.size(); i++) {
            var data = log.get(i).data;
            if (data != null && whole.counts(i + 1, EntryHeader.of(data))) {
                last = ChainedMachine.id(text(data));
            }
        }
        return last;
    }

    private static String text(byte[] entry) {
        return new String(EntryHeader.payload(entry), StandardCharsets.UTF_8);
    }

    private void beElected() {
        if (state == State.FOLLOWS) {
            raftTerm++;
            state = State.LEADS;
            log.add(new Entry(raftTerm, null));
        }
    }

    /** Not before its leadership has begun: until then its members are changing, as the engine sees it. */
    private void transfer() {
        if (state == State.LEADS && begunTerm == raftTerm) {
            state = State.TRANSFERS;
            applying.add(queue::follow);
        }
    }

    private void transferFails() {
        if (state == State.TRANSFERS) {
            state = State.LEADS;
            long term = raftTerm;
            applying.add(() -> queue.lead(this, term));
        }
    }

    /** On the applying thread, in the middle of entries. */
    private void stall() {
        applying.addFirst(() -> queue.unavailable("the disk is full"));
        applySome();
        for (int i = random.nextInt(6); i > 0; i--) {
            takeBatch(false);
            tellOne();
        }
        queue.unavailable(null);
    }

    /** Everything comes to an end: this replica leads, and all that is known is told. */
    void settle() {
        if (state == State.TRANSFERS) {
            transferFails();
        }
        beElected();
        for (int i = 0; !tasks.isEmpty() || !applying.isEmpty() || !told.isEmpty() || committed < lastIndex(); i++) {
            if (i == SETTLE_STEPS_MAX) {
                throw new AssertionError("comes to no end");
            }
            takeBatch(false);
            commit();
            applySome();
            tellOne();
        }
    }
}
