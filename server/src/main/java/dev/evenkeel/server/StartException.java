package dev.evenkeel.server;

import org.jspecify.annotations.Nullable;

/** Why the database does not start; the message is one line for the person who started it. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
