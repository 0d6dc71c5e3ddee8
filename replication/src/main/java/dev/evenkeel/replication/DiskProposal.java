package dev.evenkeel.replication;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A proposal between its queueing and its outcome. The waiter parks by itself, without a future in between: it puts its
 * thread up and looks at the outcome again, the writer puts the outcome up and looks for a thread.
 */
final class DiskProposal implements Proposal {
    /** How it ended. */
    sealed interface Outcome {
        record Applied() implements Outcome {}

        /** Surely not in the log. */
        record Refused(String reason, @Nullable Throwable cause) implements Outcome {}

        record Unknown(String reason, @Nullable Throwable cause) implements Outcome {}
    }

    static final Outcome APPLIED = new Outcome.Applied();

    final DiskGroup group;
    final LogEntry entry;
    /** Whether it no longer counts as in flight. Under the intake's lock. */
    boolean settled;

    private volatile @Nullable Outcome outcome;
    private volatile @Nullable Thread waiter;

    DiskProposal(DiskGroup group, LogEntry entry) {
        this.group = group;
        this.entry = entry;
    }

    @Override
    public long lsn() {
        return entry.lsn();
    }

    /** What it is told first counts for those who wait by then. */
    void complete(Outcome result) {
        outcome = result;
        var thread = waiter;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void await() {
        var result = outcome;
        switch (result == null ? parked() : result) {
            case Outcome.Applied _ -> {}
            case Outcome.Refused(var reason, var cause) -> throw new LogUnavailableException(reason, cause);
            case Outcome.Unknown(var reason, var cause) -> throw new OutcomeUnknownException(reason, cause);
        }
    }

    private Outcome parked() {
        boolean interrupted = false;
        waiter = Thread.currentThread();
        Outcome result;
        while ((result = outcome) == null) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        waiter = null;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return result;
    }
}
