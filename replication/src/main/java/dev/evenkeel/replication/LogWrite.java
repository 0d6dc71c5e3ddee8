package dev.evenkeel.replication;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants written, between its queueing and its outcome. The waiter parks by itself, without a future in
 * between: it puts its thread up and looks at the outcome again, the writer puts the outcome up and looks for a thread.
 */
abstract sealed class LogWrite permits DiskProposal, RaftWrite {
    /** How it ended. */
    sealed interface Outcome {
        /** Durable, and applied where there is something to apply it to. */
        record Done() implements Outcome {}

        /** Surely not in the log. */
        record Refused(String reason, @Nullable Throwable cause) implements Outcome {}

        record Unknown(String reason, @Nullable Throwable cause) implements Outcome {}
    }

    static final Outcome DONE = new Outcome.Done();

    /** Whether it no longer counts as in flight. Under the intake's lock. */
    boolean settled;

    private volatile @Nullable Outcome outcome;
    private volatile @Nullable Thread waiter;

    /** Whose it is. */
    abstract LogMember member();

    /** What it counts for where memory is bounded. */
    abstract long memoryBytes();

    /** What it takes in the log. */
    abstract long recordBytes();

    /** Writes its records. */
    abstract void put(RecordWriter records) throws IOException;

    /** What it is told first counts for those who wait by then. */
    void complete(Outcome result) {
        outcome = result;
        var thread = waiter;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    /** Waits for the outcome, and throws unless it is done. */
    public void await() {
        var result = outcome;
        switch (result == null ? parked() : result) {
            case Outcome.Done _ -> {}
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
