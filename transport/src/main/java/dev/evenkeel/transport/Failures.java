package dev.evenkeel.transport;

import java.util.concurrent.CompletionException;

/** What is told of a handler's failure. */
final class Failures {
    private Failures() {}

    /** The message that goes back to the caller. */
    static String messageOf(Throwable failure) {
        Throwable cause = failure;
        if (failure instanceof CompletionException && failure.getCause() != null) {
            cause = failure.getCause();
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
