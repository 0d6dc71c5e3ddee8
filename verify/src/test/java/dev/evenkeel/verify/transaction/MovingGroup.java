package dev.evenkeel.verify.transaction;

import dev.evenkeel.partition.PartitionHost;
import dev.evenkeel.partition.PartitionStateMachine;
import dev.evenkeel.replication.LogEntry;
import dev.evenkeel.replication.LogTail;
import dev.evenkeel.replication.NotLeaderException;
import dev.evenkeel.replication.OutcomeUnknownException;
import dev.evenkeel.replication.Proposal;
import dev.evenkeel.replication.ReplicationGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A group of two replicas in one process. Whoever waits makes it go on, by random steps: an entry is committed, a replica applies
 * some, leadership moves; then a random part of what was not committed survives, and its proposers learn no outcome, or that
 * it is lost.
 */
final class MovingGroup {
    static final int REPLICAS = 2;
    private static final int STEPS_MAX = 100_000;

    private final int id;
    private final Random random;
    private final int stepsPerMove;
    private final List<Replica> replicas = new ArrayList<>();
    private final List<Slot> log = new ArrayList<>();
    private int committed;
    private long term = 1;
    private int leader;
    private boolean isMoving = true;
    int moves;

    /** @param stepsPerMove on average */
    MovingGroup(int id, Random random, int stepsPerMove) {
        this.id = id;
        this.random = random;
        this.stepsPerMove = stepsPerMove;
        for (int i = 0; i < REPLICAS; i++) {
            replicas.add(new Replica(i));
        }
    }

    private static final class Slot {
        final byte[] payload;
        boolean isCommitted;

        @Nullable
        RuntimeException failure;

        Slot(byte[] payload) {
            this.payload = payload;
        }
    }

    private record Waiting(MovingGroup group, Slot slot, long lsn) implements Proposal {
        @Override
        public void await() {
            for (int i = 0; i < STEPS_MAX; i++) {
                synchronized (group) {
                    if (slot.failure != null) {
                        throw slot.failure;
                    }
                    if (slot.isCommitted) {
                        return;
                    }
                    group.step();
                }
                Thread.yield();
            }
            throw new AssertionError("entry " + lsn + " gets no outcome");
        }
    }

    Replica replica(int index) {
        return replicas.get(index);
    }

    synchronized int leader() {
        return leader;
    }

    synchronized void step() {
        if (isMoving && random.nextInt(stepsPerMove) == 0) {
            move(random.nextInt(REPLICAS));
        } else if (random.nextInt(3) == 0) {
            var some = replicas.get(random.nextInt(REPLICAS));
            some.applyThrough(some.applied + random.nextInt(committed - some.applied + 1));
        } else {
            commitNext();
        }
    }

    private void commitNext() {
        if (committed < log.size()) {
            log.get(committed).isCommitted = true;
            committed++;
            replicas.get(leader).applyThrough(committed);
        }
    }

    private void move(int next) {
        moves++;
        replicas.get(leader).host().follow();
        int survivors = random.nextInt(log.size() - committed + 1);
        while (log.size() > committed + survivors) {
            log.removeLast().failure = random.nextBoolean()
                    ? new NotLeaderException("lost with term " + term, null)
                    : new OutcomeUnknownException("not known after term " + term, null);
        }
        for (var slot : log.subList(committed, log.size())) {
            slot.failure = new OutcomeUnknownException("not known after term " + term, null);
            slot.isCommitted = true;
        }
        committed = log.size();
        term++;
        leader = next;
        replicas.get(next).host().lead();
    }

    /** Leadership stays where it is, and everything is committed and applied everywhere. */
    synchronized void settle() {
        isMoving = false;
        while (committed < log.size()) {
            commitNext();
        }
        replicas.forEach(replica -> replica.applyThrough(committed));
    }

    PartitionHost leadingHost() {
        return replicas.get(leader()).host();
    }

    /** One replica's view of the group. */
    final class Replica implements ReplicationGroup {
        private final int index;
        private @Nullable PartitionStateMachine machine;
        private @Nullable PartitionHost host;
        /** How many entries of the log it has applied. */
        private int applied;

        Replica(int index) {
            this.index = index;
        }

        void serve(PartitionStateMachine itsMachine, PartitionHost itsHost) {
            machine = itsMachine;
            host = itsHost;
            if (index == leader) {
                itsHost.lead();
            }
        }

        PartitionHost host() {
            return Objects.requireNonNull(host);
        }

        private void applyThrough(int count) {
            var entries = new ArrayList<LogEntry>();
            for (; applied < count; applied++) {
                entries.add(new LogEntry(applied + 1, log.get(applied).payload));
            }
            if (!entries.isEmpty()) {
                Objects.requireNonNull(machine).apply(entries);
            }
        }

        private void checkLeads() {
            if (leader != index) {
                throw new NotLeaderException("replica " + leader + " leads in term " + term, null);
            }
        }

        @Override
        public int id() {
            return id;
        }

        @Override
        public long term() {
            synchronized (MovingGroup.this) {
                return term;
            }
        }

        @Override
        public Proposal propose(byte[] entry, long expectedTerm) {
            synchronized (MovingGroup.this) {
                checkLeads();
                if (expectedTerm != term) {
                    throw new NotLeaderException("in term " + term + ", not " + expectedTerm, null);
                }
                var slot = new Slot(entry);
                log.add(slot);
                return new Waiting(MovingGroup.this, slot, log.size());
            }
        }

        @Override
        public void readBarrier() {
            synchronized (MovingGroup.this) {
                checkLeads();
                applyThrough(committed);
            }
        }

        @Override
        public long appliedLsn() {
            synchronized (MovingGroup.this) {
                return applied;
            }
        }

        @Override
        public LogTail tail(long afterLsn) {
            throw new UnsupportedOperationException("nobody follows it");
        }

        @Override
        public LogTail tail() {
            throw new UnsupportedOperationException("nobody follows it");
        }

        @Override
        public void close() {}
    }
}
