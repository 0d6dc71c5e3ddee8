package dev.evenkeel.verify.bench;

import org.jspecify.annotations.Nullable;

/** The benchmark cannot go on; the message tells the person at the keyboard why. */
final class BenchException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BenchException(String message) {
        super(message);
    }

    BenchException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
