package dev.evenkeel.replication;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What somebody wants written, between its queueing and its outcome. */
abstract sealed class LogWrite extends Awaited<LogWrite.Outcome> permits DiskProposal, RaftWrite {
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

    /** Whose it is. */
    abstract LogMember member();

    /** What it counts for where memory is bounded. */
    abstract long memoryBytes();

    /** What it takes in the log. */
    abstract long recordBytes();

    /** Writes its records. */
    abstract void put(RecordWriter records) throws IOException;

    /** Waits for the outcome, and throws unless it is done. */
    public void await() {
        switch (outcome()) {
            case Outcome.Done _ -> {}
            case Outcome.Refused(var reason, var cause) -> throw new LogUnavailableException(reason, cause);
            case Outcome.Unknown(var reason, var cause) -> throw new OutcomeUnknownException(reason, cause);
        }
    }
}
