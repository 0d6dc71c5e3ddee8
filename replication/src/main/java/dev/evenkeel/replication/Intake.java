package dev.evenkeel.replication;

import dev.evenkeel.model.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where proposers leave entries and the writer takes them, all at once. Here entries get their LSNs, and here it is
 * decided, in one step under the lock, that entries fail: the queue is emptied, LSNs go back to the last durable one,
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
    private List<DiskProposal> queue = new ArrayList<>();
    private List<DiskProposal> spare = new ArrayList<>();
    private List<DiskGroup> retries = new ArrayList<>();
    private long bytes;
    private boolean closed;
    /** Why nothing can be written any more; null while it can. */
    private DiskProposal.@Nullable Outcome halted;

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
            group.inFlight++;
            bytes += proposal.entry.memoryBytes();
            if (queue.isEmpty()) {
                filled.signal();
            }
            queue.add(proposal);
            return proposal;
        } finally {
            lock.unlock();
        }
    }

    private void check(DiskGroup group, long expectedTerm) {
        if (halted instanceof DiskProposal.Outcome.Refused(var reason, var cause)) {
            throw new LogUnavailableException(reason, cause);
        }
        if (closed || group.closing) {
            throw new LogUnavailableException("group " + group.id + " is closed", null);
        }
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
    record Work(List<DiskProposal> proposals, List<DiskGroup> retries) {}

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
            spare = work.proposals();
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
    void settled(List<DiskProposal> proposals) {
        lock.lock();
        try {
            for (var proposal : proposals) {
                settle(proposal);
            }
        } finally {
            lock.unlock();
        }
    }

    private void settle(DiskProposal proposal) {
        if (proposal.settled) {
            return;
        }
        proposal.settled = true;
        var group = proposal.group;
        group.inFlight--;
        if (group.closing && group.inFlight == 0) {
            drained.signalAll();
        }
    }

    /**
     * A batch was not written, or nobody knows. Everything queued behind it fails with it, surely unwritten.
     *
     * @param forGood whether no more is to be taken in
     * @return what was queued, for the writer to complete
     */
    List<DiskProposal> failed(List<DiskProposal> batch, DiskProposal.Outcome.Refused reason, boolean forGood) {
        lock.lock();
        try {
            var queued = new ArrayList<>(queue);
            queue.clear();
            emptyQueueBytes();
            if (forGood) {
                halted = reason;
                emptied.signalAll();
            }
            batch.forEach(proposal -> rewind(proposal.group));
            queued.forEach(proposal -> rewind(proposal.group));
            queued.forEach(this::settle);
            return queued;
        } finally {
            lock.unlock();
        }
    }

    private static void rewind(DiskGroup group) {
        if (group.lastLsn != group.durableLsn) {
            group.lastLsn = group.durableLsn;
            group.term++;
        }
    }

    /** A group's machine did not take its entries. Returns what the group has queued, for the writer to complete. */
    List<DiskProposal> stall(DiskGroup group, Throwable cause) {
        lock.lock();
        try {
            group.stalledBy = cause;
            group.stalledAtNanos = ticker.nanos();
            group.term++;
            group.lastLsn = group.durableLsn;
            var queued = new ArrayList<DiskProposal>();
            queue.removeIf(proposal -> proposal.group == group && queued.add(proposal));
            for (var proposal : queued) {
                bytes -= proposal.entry.memoryBytes();
                settle(proposal);
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
    void drain(DiskGroup group) {
        lock.lock();
        try {
            group.closing = true;
            emptied.signalAll();
            while (group.inFlight > 0) {
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
