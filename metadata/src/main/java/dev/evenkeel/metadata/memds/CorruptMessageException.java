package dev.evenkeel.metadata.memds;

/** A message of MemDS that cannot be what we wrote, or that a newer release wrote. */
public final class CorruptMessageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CorruptMessageException(String message) {
        super(message);
    }

    CorruptMessageException(String message, Throwable cause) {
        super(message, cause);
    }
}
