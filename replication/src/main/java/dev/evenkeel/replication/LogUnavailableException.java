package dev.evenkeel.replication;

import org.jspecify.annotations.Nullable;

/** The log takes no entries, be it for want of space, after a disk error, or because it is closed; the message says why. The entry was surely not appended. */
public final class LogUnavailableException extends ReplicationException {
    private static final long serialVersionUID = 1;

    public LogUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
