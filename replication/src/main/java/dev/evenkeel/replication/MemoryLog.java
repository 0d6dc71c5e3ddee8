package dev.evenkeel.replication;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A log that keeps nothing, for groups whose state is in memory as well. A proposal is applied in the caller's thread,
 * one after the other within a group, and is done when {@link ReplicationGroup#propose} returns.
 *
 * <p>Entries live on only while a {@link LogTail} has not passed them. When those of a group exceed {@link
 * #TAIL_BYTES_MAX}, every proposal waits until the tails have caught up, but no longer than {@link #TAIL_WAIT_MAX}: the
 * tail's reader may itself be waiting for a proposal to this group, directly or not, and a bound that could lock the
 * two would be worse than one that only slows growth down. Proposals of a tail's own reading thread never wait.
 */
public final class MemoryLog extends SoloLog {
    public static final long TAIL_BYTES_MAX = 32 << 20;
    public static final Duration TAIL_WAIT_MAX = Duration.ofMillis(100);

    private final long tailBytesMax;
    private final Duration tailWaitMax;
    private final Set<Integer> open = ConcurrentHashMap.newKeySet();

    public MemoryLog() {
        this(TAIL_BYTES_MAX, TAIL_WAIT_MAX);
    }

    MemoryLog(long tailBytesMax, Duration tailWaitMax) {
        this.tailBytesMax = tailBytesMax;
        this.tailWaitMax = tailWaitMax;
    }

    @Override
    GroupLog open(int groupId, StateMachine machine) {
        if (!open.add(groupId)) {
            throw new IllegalStateException("group " + groupId + " is open already");
        }
        return new MemoryGroup(groupId, machine);
    }

    @Override
    public void close() {}

    private final class MemoryGroup implements GroupLog {
        private final int id;
        private final StateMachine machine;
        private final TailHub tails;
        private final ReentrantLock order = new ReentrantLock();
        private volatile long term = 1;
        private long lastLsn;
        private boolean closed;

        MemoryGroup(int id, StateMachine machine) {
            this.id = id;
            this.machine = machine;
            this.lastLsn = machine.appliedLsn();
            this.tails = new TailHub(id, lastLsn, lastLsn, tailBytesMax, null);
        }

        @Override
        public long term() {
            return term;
        }

        @Override
        public Proposal propose(byte[] payload, long expectedTerm) {
            tails.awaitRoom(tailWaitMax.toNanos());
            order.lock();
            try {
                check(expectedTerm);
                var entry = new LogEntry(lastLsn + 1, payload);
                var failure = applied(List.of(entry));
                return failure == null ? new Done(entry.lsn()) : new Failed(entry.lsn(), failure);
            } finally {
                order.unlock();
            }
        }

        private void check(long expectedTerm) {
            if (closed) {
                throw new LogUnavailableException("group " + id + " is closed", null);
            }
            if (expectedTerm != term) {
                throw new NotLeaderException("group " + id + " is in term " + term, null);
            }
        }

        /** Null when all went well. What was applied although the machine threw counts as applied. */
        private @Nullable RuntimeException applied(List<LogEntry> entries) {
            RuntimeException failure = null;
            try {
                machine.apply(entries);
            } catch (RuntimeException e) {
                failure = e;
                term++;
            }
            if (failure == null || machine.appliedLsn() > lastLsn) {
                lastLsn++;
                tails.publish(entries);
            }
            return failure;
        }

        @Override
        public TailHub tails() {
            return tails;
        }

        @Override
        public void close() {
            order.lock();
            try {
                closed = true;
            } finally {
                order.unlock();
            }
            tails.close();
            open.remove(id);
        }
    }

    private record Done(long lsn) implements Proposal {
        @Override
        public void await() {}
    }

    private record Failed(long lsn, RuntimeException cause) implements Proposal {
        @Override
        public void await() {
            throw new OutcomeUnknownException("entry " + lsn + " could not be applied: " + cause.getMessage(), cause);
        }
    }
}
