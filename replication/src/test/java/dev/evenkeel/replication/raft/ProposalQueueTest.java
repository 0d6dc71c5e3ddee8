package dev.evenkeel.replication.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.error.RaftError;
import dev.evenkeel.replication.NotLeaderException;
import dev.evenkeel.replication.OutcomeUnknownException;
import dev.evenkeel.replication.ReplicationException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of proposals while the engine does everything that it may do. */
@Timeout(60)
class ProposalQueueTest {
    private static final int STEPS = 600;

    private final Deque<Runnable> doubts = new ArrayDeque<>();
    private final ProposalQueue queue = new ProposalQueue(1, doubts::add);
    private final ChainedMachine machine = new ChainedMachine();

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("evenkeel.test.seeds", 400));
    }

    /** A writer as partitions are: looks at the state once a term, then builds on what it has proposed itself. */
    private final class Writer {
        private final Map<String, RaftProposal> proposals = new HashMap<>();
        private final List<String> unknown = new LinkedList<>();
        private int count;
        private long term = -1;
        private String last = "";

        void look() {
            if (queue.term() != term) {
                term = queue.term();
                last = machine.last();
            }
        }

        void propose() {
            var id = "own" + count++;
            try {
                proposals.put(id, queue.propose(ChainedMachine.entry(id, last), term));
                unknown.add(id);
                last = id;
            } catch (ReplicationException refused) {
                // surely not appended
            }
        }

        /** Those whose fate has become known. */
        void check() {
            for (var it = unknown.iterator(); it.hasNext(); ) {
                var id = it.next();
                if (Objects.requireNonNull(proposals.get(id)).isComplete()) {
                    it.remove();
                    check(id);
                }
            }
        }

        void checkAll() {
            assertThat(proposals.values()).allMatch(RaftProposal::isComplete);
            proposals.keySet().forEach(this::check);
        }

        private void check(String id) {
            try {
                Objects.requireNonNull(proposals.get(id)).await();
                if (!machine.has(id)) {
                    throw new AssertionError(id + " was acknowledged and is not applied");
                }
            } catch (OutcomeUnknownException either) {
                // may be applied or not
            } catch (ReplicationException lost) {
                if (machine.has(id)) {
                    throw new AssertionError(id + " was lost and is applied: " + lost.getMessage());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void acknowledgedIsAppliedLostIsNotAndNothingIsBuiltOnWhatIsLost(long seed) {
        var random = new Random(seed);
        var engine = new FakeEngine(random, queue, machine);
        var writer = new Writer();
        for (int i = 0; i < STEPS; i++) {
            switch (random.nextInt(8)) {
                case 0, 1 -> writer.look();
                case 2, 3 -> writer.propose();
                default -> engine.step();
            }
            if (random.nextInt(40) == 0 && !doubts.isEmpty()) {
                doubts.remove().run();
            }
            writer.check();
        }
        engine.settle();
        doubts.forEach(Runnable::run);
        writer.checkAll();
        assertThat(queue.isDrained()).isTrue();

        writer.look();
        writer.propose();
        engine.settle();
        writer.checkAll();
        assertThat(machine.last()).isEqualTo("own" + (writer.count - 1));
    }

    /** Takes what it is given, in the test's hands. */
    private static final class HeldEngine implements ProposalQueue.Engine {
        final List<RaftProposal> given = new ArrayList<>();
        long lastIndex;

        @Override
        public synchronized void apply(ByteBuffer entry, RaftProposal proposal, long raftTerm) {
            given.add(proposal);
        }

        @Override
        public synchronized long lastIndex() {
            return lastIndex;
        }

        synchronized int count() {
            return given.size();
        }
    }

    private static ProposalQueue.AppliedEntry applied(long index, boolean counts, RaftProposal proposal) {
        return new ProposalQueue.AppliedEntry(index, 1, counts, proposal);
    }

    private RaftProposal propose() {
        return queue.propose(new byte[10], queue.term());
    }

    /** Its LSN is one beyond the log, and will be the next proposal's. */
    @Test
    void whatIsPassedOverBehindAHoleIsLostAtOnceAndNotTakenForWhatComesNext() {
        var engine = new HeldEngine();
        queue.lead(engine, 1);
        var refused = propose();
        var behind = propose();
        refused.run(new Status(RaftError.EBUSY, "busy"));
        queue.applied(List.of(applied(1, false, behind)));
        engine.lastIndex = 1;
        assertThat(behind.isComplete()).isTrue();
        assertThatExceptionOfType(NotLeaderException.class).isThrownBy(refused::await);
        assertThatExceptionOfType(NotLeaderException.class).isThrownBy(behind::await);
        assertThat(queue.isDrained()).isTrue();
    }

    @Test
    void aHandOverThatNobodyTookLeavesWhatIsInFlightAlone() {
        var engine = new HeldEngine();
        queue.lead(engine, 1);
        var proposal = propose();
        queue.follow();
        queue.lead(engine, 1);
        assertThat(proposal.isComplete()).isFalse();
        assertThatExceptionOfType(NotLeaderException.class).isThrownBy(this::propose); // not before it has come back
        engine.lastIndex = 1;
        queue.applied(List.of(applied(1, true, proposal)));
        proposal.await();
        assertThat(propose().lsn()).isEqualTo(2);
    }

    @Test
    void whoLookedBeforeTheLastEpochCameBackMustLookAgain() {
        var engine = new HeldEngine();
        queue.lead(engine, 1);
        var first = propose();
        propose().run(new Status(RaftError.EBUSY, "busy"));
        long termWhileDraining = queue.term();
        engine.lastIndex = 1;
        queue.applied(List.of(applied(1, true, first)));
        assertThatExceptionOfType(NotLeaderException.class)
                .isThrownBy(() -> queue.propose(new byte[10], termWhileDraining));
        assertThat(propose().lsn()).isEqualTo(2);
    }

    @Test
    void whoWaitsForRoomGoesOnWhenThereIsSome() throws InterruptedException {
        var engine = new HeldEngine();
        queue.lead(engine, 1);
        long term = queue.term();
        for (int i = 0; i < ProposalQueue.IN_FLIGHT_MAX; i++) {
            queue.propose(new byte[1], term);
        }
        var waiting = Thread.startVirtualThread(() -> queue.propose(new byte[1], term));
        engine.lastIndex = 1;
        queue.applied(List.of(applied(1, true, engine.given.getFirst())));
        waiting.join();
        assertThat(engine.count()).isEqualTo(ProposalQueue.IN_FLIGHT_MAX + 1);
    }

    @Test
    void whoWaitsForRoomIsToldWhenTheEngineRefusesAll() throws InterruptedException {
        var engine = new HeldEngine();
        queue.lead(engine, 1);
        long term = queue.term();
        for (int i = 0; i < ProposalQueue.IN_FLIGHT_MAX; i++) {
            queue.propose(new byte[1], term);
        }
        var refused = new ArrayList<Throwable>();
        var waiting = Thread.startVirtualThread(() -> {
            try {
                queue.propose(new byte[1], term);
            } catch (NotLeaderException expected) {
                refused.add(expected);
            }
        });
        engine.given.getFirst().run(new Status(RaftError.EBUSY, "busy"));
        waiting.join();
        assertThat(refused).hasSize(1);
    }

    @Test
    void nobodyWaitsForEverWhenTheGroupIsClosed() {
        queue.lead(new HeldEngine(), 1);
        var proposal = propose();
        queue.close();
        assertThatExceptionOfType(OutcomeUnknownException.class).isThrownBy(proposal::await);
        proposal.run(new Status(RaftError.EPERM, "Is not leader."));
        assertThatExceptionOfType(OutcomeUnknownException.class).isThrownBy(proposal::await);
    }
}
