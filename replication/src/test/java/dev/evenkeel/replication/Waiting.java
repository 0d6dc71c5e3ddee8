package dev.evenkeel.replication;

import java.util.function.BooleanSupplier;

/** Waits for another thread to get somewhere. */
final class Waiting {
    private Waiting() {}

    /** Ends when the condition holds, or with the test's timeout. */
    static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted while waiting");
            }
            Thread.onSpinWait();
        }
    }
}
