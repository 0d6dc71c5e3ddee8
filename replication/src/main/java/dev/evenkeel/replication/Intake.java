package dev.evenkeel.replication;

import dev.evenkeel.model.Ticker;
import dev.evenkeel.replication.LogWrite.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where writes are left and the writer takes them, all at once. Here entries of solo groups get their LSNs, and here it
 * is decided, in one step under the lock, that writes fail: the queue is emptied, LSNs go back to the last durable one,
 * and the term rises, so that nothing that builds on them gets in later.
 */
final class Intake {
    /** A machine that did not take its entries is offered them again that long after, when somebody proposes. */
    static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition(); // for the writer
    private final Condition emptied = lock.newCondition(); // for proposers without room
    private final Condition drained = lock.newCondition(); // for those who close a group
    private final Ticker ticker;
    private final long bytesMax;
    private List<LogWrite> queue = new ArrayList<>();
    private List<LogWrite> spare = new ArrayList<>();
    private List<DiskGroup> retries = new ArrayList<>();
    private long bytes;
    private boolean closed;
    /** Why nothing can be written any more; null while it can. */
    private Outcome.@Nullable Refused halted;

    Intake(long bytesMax, Ticker ticker) {
        this.bytesMax = bytesMax;
        this.ticker = ticker;
    }

    DiskProposal add(DiskGroup group, byte[] payload, long expectedTerm) {
        lock.lock();
        try {
            check(group, expectedTerm);
            while (bytes >= bytesMax) {
                emptied.awaitUninterruptibly();
                check(group, expectedTerm);
            }
            var proposal = new DiskProposal(group, new LogEntry(++group.lastLsn, payload));
            enqueue(proposal);
            return proposal;
        } finally {
            lock.unlock();
        }
    }

    void add(RaftWrite write) {
        lock.lock();
        try {
            checkOpen(write.log);
            while (bytes >= bytesMax) {
                emptied.awaitUninterruptibly();
                checkOpen(write.log);
            }
            enqueue(write);
        } finally {
            lock.unlock();
        }
    }

    private void enqueue(LogWrite write) {
        write.member().inFlight++;
        bytes += write.memoryBytes();
        if (queue.isEmpty()) {
            filled.signal();
        }
        queue.add(write);
    }

    private void checkOpen(LogMember member) {
        if (halted != null) {
            throw new LogUnavailableException(halted.reason(), halted.cause());
        }
        if (closed || member.closing) {
            throw new LogUnavailableException("group " + member.id + " is closed", null);
        }
    }

    private void check(DiskGroup group, long expectedTerm) {
        checkOpen(group);
        var stalledBy = group.stalledBy;
        if (stalledBy != null) {
            retryLater(group);
            throw new LogUnavailableException(stalled(group, stalledBy), stalledBy);
        }
        if (expectedTerm != group.term) {
            throw new NotLeaderException("group " + group.id + " is in term " + group.term, null);
        }
    }

    private void retryLater(DiskGroup group) {
        if (ticker.nanos() - group.stalledAtNanos >= RETRY_NANOS && !retries.contains(group)) {
            retries.add(group);
            filled.signal();
        }
    }

    private static String stalled(DiskGroup group, Throwable cause) {
        return "group " + group.id + " takes no writes until its store does: " + cause.getMessage();
    }

    /** What the writer has to do next. */
    record Work(List<LogWrite> writes, List<DiskGroup> retries) {}

    /** Waits for work; null when the log is closed and nothing is left. The list is the writer's until it asks again. */
    @Nullable
    Work take() {
        lock.lock();
        try {
            while (queue.isEmpty() && retries.isEmpty()) {
                if (closed) {
                    return null;
                }
                filled.awaitUninterruptibly();
            }
            var work = new Work(queue, retries);
            queue = spare;
            spare = work.writes();
            retries = work.retries().isEmpty() ? retries : new ArrayList<>();
            emptyQueueBytes();
            return work;
        } finally {
            lock.unlock();
        }
    }

    private void emptyQueueBytes() {
        if (bytes >= bytesMax) {
            emptied.signalAll();
        }
        bytes = 0;
    }

    /** The writer is through with these, one way or the other. */
    void settled(List<LogWrite> writes) {
        lock.lock();
        try {
            for (var write : writes) {
                settle(write);
            }
        } finally {
            lock.unlock();
        }
    }

    private void settle(LogWrite write) {
        if (write.settled) {
            return;
        }
        write.settled = true;
        var member = write.member();
        member.inFlight--;
        if (member.closing && member.inFlight == 0) {
            drained.signalAll();
        }
    }

    /**
     * A batch was not written, or nobody knows. Everything queued behind it fails with it, surely unwritten.
     *
     * @param forGood whether no more is to be taken in
     * @return what was queued, for the writer to complete
     */
    List<LogWrite> failed(List<LogWrite> batch, Outcome.Refused reason, boolean forGood) {
        lock.lock();
        try {
            var queued = new ArrayList<>(queue);
            queue.clear();
            emptyQueueBytes();
            if (forGood) {
                halted = reason;
                emptied.signalAll();
            }
            batch.forEach(write -> write.member().rewind());
            queued.forEach(write -> write.member().rewind());
            queued.forEach(this::settle);
            return queued;
        } finally {
            lock.unlock();
        }
    }

    /** A group's machine did not take its entries. Returns what the group has queued, for the writer to complete. */
    List<LogWrite> stall(DiskGroup group, Throwable cause) {
        lock.lock();
        try {
            group.stalledBy = cause;
            group.stalledAtNanos = ticker.nanos();
            group.term++;
            group.lastLsn = group.durableLsn;
            var queued = new ArrayList<LogWrite>();
            queue.removeIf(write -> write.member() == group && queued.add(write));
            for (var write : queued) {
                bytes -= write.memoryBytes();
                settle(write);
            }
            emptied.signalAll();
            return queued;
        } finally {
            lock.unlock();
        }
    }

    /** The machine has taken them after all. */
    void resume(DiskGroup group) {
        lock.lock();
        try {
            group.stalledBy = null;
            group.term++;
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more for a group and waits until nothing of it is in flight. */
    void drain(LogMember member) {
        lock.lock();
        try {
            member.closing = true;
            emptied.signalAll();
            while (member.inFlight > 0) {
                drained.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more; {@link #take} still gives what is queued. */
    void close() {
        lock.lock();
        try {
            closed = true;
            filled.signal();
            emptied.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
