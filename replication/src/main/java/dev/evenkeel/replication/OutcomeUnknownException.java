package dev.evenkeel.replication;

import org.jspecify.annotations.Nullable;

/** The entry may or may not be, or come to be, in the log: never to be reported as failed, nor retried blindly. */
public final class OutcomeUnknownException extends ReplicationException {
    private static final long serialVersionUID = 1;

    public OutcomeUnknownException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
