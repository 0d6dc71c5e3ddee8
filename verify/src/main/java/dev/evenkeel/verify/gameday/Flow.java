package dev.evenkeel.verify.gameday;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What happens to bytes on their way in one direction. Faults set it; the threads that carry the bytes obey. */
final class Flow {
    private static final int BIT = 0x10;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean stalled;
    private long delayNanos;
    private boolean flipsNext;

    /** Nothing goes through, and nobody is told: as on a cable that was cut. What was under way arrives when it is mended. */
    void stall() {
        set(true, delayNanos);
    }

    /** Every read of the carrier, of many kilobytes at most, is held up that long. */
    void delay(Duration delay) {
        set(stalled, delay.toNanos());
    }

    void mend() {
        set(false, 0);
    }

    /** One bit of what comes next arrives flipped. */
    void flipNextBit() {
        lock.lock();
        try {
            flipsNext = true;
        } finally {
            lock.unlock();
        }
    }

    private void set(boolean stalls, long nanos) {
        lock.lock();
        try {
            stalled = stalls;
            delayNanos = nanos;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until these bytes may go on, and damages them if they are to be damaged. */
    void pass(byte[] bytes, int length) throws InterruptedException {
        lock.lock();
        try {
            long left = delayNanos;
            while (stalled || left > 0) {
                if (stalled) {
                    changed.await();
                } else {
                    long rest = changed.awaitNanos(left);
                    left = Math.min(rest, delayNanos); // which may have changed meanwhile
                }
            }
            if (flipsNext && length > 0) {
                bytes[length / 2] ^= BIT;
                flipsNext = false;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether a flip was asked for and nothing has come by since. */
    boolean isToFlip() {
        lock.lock();
        try {
            return flipsNext;
        } finally {
            lock.unlock();
        }
    }
}
