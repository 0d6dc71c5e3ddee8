package dev.evenkeel.replication;

import org.jspecify.annotations.Nullable;

/** The log on disk is not what was written, or is of a newer format. The message names file and offset. */
public final class LogCorruptException extends ReplicationException {
    private static final long serialVersionUID = 1;

    public LogCorruptException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
