package dev.evenkeel.replication;

import org.jspecify.annotations.Nullable;

/** The log no longer has the entries asked for, or never had them. */
public final class LogTruncatedException extends ReplicationException {
    private static final long serialVersionUID = 1;

    public LogTruncatedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
