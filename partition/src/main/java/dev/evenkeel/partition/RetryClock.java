package dev.evenkeel.partition;

import dev.evenkeel.model.Ticker;
import java.util.concurrent.locks.LockSupport;

/** Time as one who tries again sees it, so that a test can own it. */
interface RetryClock {

    /** Nanoseconds of a clock that never goes back. */
    long nanos();

    /** Lets about so much time pass; less when the thread is interrupted. */
    void pause(long nanos);

    static RetryClock of(Ticker ticker) {
        return new RetryClock() {
            @Override
            public long nanos() {
                return ticker.nanos();
            }

            @Override
            public void pause(long nanos) {
                LockSupport.parkNanos(nanos);
            }
        };
    }
}
