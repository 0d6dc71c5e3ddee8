package dev.evenkeel.partition;

/** This node does not have what it was asked for, or not yet; nothing has been done. No stack trace: an answer. */
final class NotHereException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotHereException(String message) {
        super(message, null, false, false);
    }
}
