package dev.evenkeel.partition;

import dev.evenkeel.replication.LogEntry;
import dev.evenkeel.replication.LogTail;
import dev.evenkeel.replication.NotLeaderException;
import dev.evenkeel.replication.OutcomeUnknownException;
import dev.evenkeel.replication.Proposal;
import dev.evenkeel.replication.ReplicationGroup;
import dev.evenkeel.replication.StateMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A replication group of three replicas in one process, with a log that all of them see: two storage replicas, which take
 * turns at leading, and one that only has the log and shows in nothing but what survives. Whoever waits makes it go on, by
 * random steps: an entry is committed, a replica applies some, leadership moves. Then a random part of what was not
 * committed survives, and the proposers of all of it learn no outcome, or that it is lost. A deposed leader may not know
 * for a while: it takes proposals, which come to nothing, but no longer has the lease to answer reads.
 *
 * <p>LSNs have gaps, where the group's own entries are, and are used again when their entries were lost.
 */
final class SimulatedGroup {
    private static final int STORAGE_REPLICAS = 2;
    private static final int STEPS_MAX = 100_000;

    private final Random random;
    private final List<Replica> replicas = new ArrayList<>();
    private final List<Slot> log = new ArrayList<>();
    private final int stepsPerMove;
    private int committed;
    private long term;
    private int leader;
    private boolean leadPending;
    private boolean moving = true;
    /** A deposed leader that does not know, and what it was told to log since; null when all know. */
    private @Nullable Replica unaware;

    private final List<Slot> inVain = new ArrayList<>();
    int moves;

    /** @param stepsPerMove on average */
    SimulatedGroup(Random random, int stepsPerMove) {
        this.random = random;
        this.stepsPerMove = stepsPerMove;
        for (int i = 0; i < STORAGE_REPLICAS; i++) {
            replicas.add(new Replica(i));
        }
        elect(0);
    }

    /** An entry; the group's own has no payload. */
    private static final class Slot {
        final long lsn;
        final byte @Nullable [] payload;
        boolean isCommitted;

        @Nullable
        RuntimeException failure;

        Slot(long lsn, byte @Nullable [] payload) {
            this.lsn = lsn;
            this.payload = payload;
        }
    }

    synchronized Replica replica(int index) {
        return replicas.get(index);
    }

    synchronized int leader() {
        return leader;
    }

    /** One random thing happens. */
    synchronized void step() {
        if (unaware != null && random.nextInt(6) == 0) {
            learn();
        } else if (leadPending && random.nextBoolean()) {
            beginLeading();
        } else if (moving && random.nextInt(stepsPerMove) == 0) {
            move(random.nextInt(STORAGE_REPLICAS));
        } else if (random.nextInt(4) == 0) {
            var some = replicas.get(random.nextInt(STORAGE_REPLICAS));
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

    /** Leadership goes to that replica, which may be the one that had it. */
    synchronized void move(int next) {
        moves++;
        learn();
        if (next != leader && random.nextBoolean()) {
            unaware = replicas.get(leader);
        } else {
            replicas.get(leader).follow();
        }
        int survivors = random.nextInt(log.size() - committed + 1);
        while (log.size() > committed + survivors) {
            lose(log.removeLast());
        }
        for (var slot : log.subList(committed, log.size())) {
            slot.failure = new OutcomeUnknownException("not known after term " + term, null);
            slot.isCommitted = true;
        }
        elect(next);
    }

    private void lose(Slot slot) {
        slot.failure = random.nextBoolean()
                ? new NotLeaderException("lost with term " + term, null)
                : new OutcomeUnknownException("not known after term " + term, null);
    }

    /** Who did not know that it was deposed does now. */
    private void learn() {
        if (unaware != null) {
            unaware.follow();
            unaware = null;
            inVain.forEach(this::lose);
            inVain.clear();
        }
    }

    private void elect(int next) {
        term++;
        leader = next;
        leadPending = true;
        var own = new Slot(lastLsn() + 1, null);
        own.isCommitted = true;
        log.add(own);
        committed = log.size();
    }

    private long lastLsn() {
        return log.isEmpty() ? 0 : log.getLast().lsn;
    }

    private void beginLeading() {
        leadPending = false;
        replicas.get(leader).lead();
    }

    /** Whether leadership stays where it is for a while. */
    synchronized void pauseMoves(boolean isPaused) {
        moving = !isPaused;
    }

    /** Leadership stays where it is, and everything is committed and applied everywhere. */
    synchronized void settle() {
        moving = false;
        learn();
        if (leadPending) {
            beginLeading();
        }
        while (committed < log.size()) {
            commitNext();
        }
        replicas.forEach(replica -> replica.applyThrough(committed));
    }

    /** One replica's view of the group. */
    final class Replica implements ReplicationGroup {
        private final int index;
        private @Nullable StateMachine machine;
        private @Nullable PartitionHost host;
        /** How many entries of the log it has applied. */
        private int applied;

        Replica(int index) {
            this.index = index;
        }

        void serve(StateMachine itsMachine, PartitionHost itsHost) {
            machine = itsMachine;
            host = itsHost;
        }

        private void lead() {
            if (host != null) {
                host.lead();
            }
        }

        private void follow() {
            if (host != null) {
                host.follow();
            }
        }

        private void applyThrough(int count) {
            var entries = new ArrayList<LogEntry>();
            for (; applied < count; applied++) {
                var slot = log.get(applied);
                if (slot.payload != null) {
                    entries.add(new LogEntry(slot.lsn, slot.payload));
                }
            }
            if (machine != null && !entries.isEmpty()) {
                machine.apply(entries);
            }
        }

        private void checkLeads() {
            if (leader != index) {
                throw new NotLeaderException("replica " + leader + " leads in term " + term, null);
            }
        }

        @Override
        public int id() {
            return 1;
        }

        @Override
        public long term() {
            synchronized (SimulatedGroup.this) {
                return unaware == this ? term - 1 : term;
            }
        }

        @Override
        public Proposal propose(byte[] entry, long expectedTerm) {
            synchronized (SimulatedGroup.this) {
                if (unaware != this) {
                    checkLeads();
                }
                if (expectedTerm != term()) {
                    throw new NotLeaderException("in term " + term() + ", not " + expectedTerm, null);
                }
                var slot = new Slot(lastLsn() + 1, entry);
                (unaware == this ? inVain : log).add(slot);
                return new Waiting(slot);
            }
        }

        private final class Waiting implements Proposal {
            private final Slot slot;

            Waiting(Slot slot) {
                this.slot = slot;
            }

            @Override
            public long lsn() {
                return slot.lsn;
            }

            @Override
            public void await() {
                for (int i = 0; i < STEPS_MAX; i++) {
                    synchronized (SimulatedGroup.this) {
                        if (slot.failure != null) {
                            throw slot.failure;
                        }
                        if (slot.isCommitted) {
                            return;
                        }
                        step();
                    }
                    Thread.yield();
                }
                throw new AssertionError("entry " + slot.lsn + " gets no outcome");
            }
        }

        @Override
        public void readBarrier() {
            synchronized (SimulatedGroup.this) {
                checkLeads();
                applyThrough(committed);
            }
        }

        @Override
        public long appliedLsn() {
            synchronized (SimulatedGroup.this) {
                return applied == 0 ? 0 : log.get(applied - 1).lsn;
            }
        }

        @Override
        public LogTail tail(long afterLsn) {
            throw new UnsupportedOperationException("the log is gone behind a snapshot");
        }

        @Override
        public LogTail tail() {
            throw new UnsupportedOperationException("the log is gone behind a snapshot");
        }

        @Override
        public void close() {}
    }
}
