package dev.evenkeel.server.transfer;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Asks a transfer to end where it is. Safe for any thread. */
public final class StopSignal {
    private final CountDownLatch given = new CountDownLatch(1);

    /** What a wait is ended with. */
    static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        StoppedException() {
            super("stopped", null, false, false);
        }
    }

    void give() {
        given.countDown();
    }

    public boolean isGiven() {
        return given.getCount() == 0;
    }

    /** @throws StoppedException when the signal is given before that time has passed */
    void await(long nanos) {
        try {
            if (given.await(nanos, TimeUnit.NANOSECONDS)) {
                throw new StoppedException();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new StoppedException();
        }
    }
}
