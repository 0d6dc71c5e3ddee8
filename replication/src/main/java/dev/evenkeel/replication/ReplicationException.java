package dev.evenkeel.replication;

import org.jspecify.annotations.Nullable;

/** A group that cannot do what was asked. */
public abstract sealed class ReplicationException extends RuntimeException
        permits LogCorruptException,
                LogTruncatedException,
                LogUnavailableException,
                NotLeaderException,
                OutcomeUnknownException {
    private static final long serialVersionUID = 1;

    ReplicationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
