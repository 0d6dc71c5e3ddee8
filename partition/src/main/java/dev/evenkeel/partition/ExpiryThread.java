package dev.evenkeel.partition;

import dev.evenkeel.model.Ticker;
import dev.evenkeel.replication.ReplicationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets {@link ExpirySweeper} look around once a second while this replica leads and items of a table here expire; else it
 * sleeps until that changes. All groups of a node look at the same moments, since each wake-up costs.
 */
final class ExpiryThread implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ExpiryThread.class);

    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ExpirySweeper sweeper;
    private final Ticker machineTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean leading;
    private boolean closed;
    private boolean isWoken;
    private @Nullable Thread thread;

    ExpiryThread(ExpirySweeper sweeper, Ticker machineTime) {
        this.sweeper = sweeper;
        this.machineTime = machineTime;
    }

    void lead() {
        lock.lock();
        try {
            leading = true;
            isWoken = true;
            if (thread == null && !closed) {
                thread = Thread.ofVirtual().name("expiry").start(this::run);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Does not wait for what is under way: its term is over. */
    void follow() {
        lock.lock();
        try {
            leading = false;
        } finally {
            lock.unlock();
        }
    }

    /** A table may let items expire, or not any more. */
    void wake() {
        lock.lock();
        try {
            isWoken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            boolean isWatching = true;
            while (awaitTurn(isWatching)) {
                sweep();
                isWatching = sweeper.isWatching(); // not under the lock: it asks the group, which may be telling us who
                // leads
            }
        } catch (InterruptedException e) {
            log.debug("Items expire no longer from here", e);
        }
    }

    private boolean awaitTurn(boolean isWatching) throws InterruptedException {
        lock.lock();
        try {
            long now = machineTime.nanos();
            long due = now - Math.floorMod(now, PERIOD_NANOS) + PERIOD_NANOS;
            for (long left = due - now; !closed && left > 0; left = due - machineTime.nanos()) {
                var unused = changed.awaitNanos(left);
            }
            while (!closed && !(leading && (isWoken || isWatching))) {
                changed.await();
            }
            isWoken = false;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void sweep() {
        try {
            while (sweeper.pass(this::pause) && goesOn()) {
                // there is more
            }
        } catch (ReplicationException elsewhere) {
            log.debug("Items expire somewhere else now", elsewhere);
        } catch (RuntimeException failed) {
            log.warn("Items could not expire; it is tried again", failed);
        }
    }

    private boolean goesOn() {
        lock.lock();
        try {
            return leading && !closed;
        } finally {
            lock.unlock();
        }
    }

    private void pause(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        Thread running;
        lock.lock();
        try {
            closed = true;
            running = thread;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (running != null) {
            try {
                running.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
