package dev.evenkeel.partition;

import org.jspecify.annotations.Nullable;

/** A request has surely not been executed: there is no connection, or the other node refused to take it. */
public final class NotSentException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NotSentException(String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
    }
}
