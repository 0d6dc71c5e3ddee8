package dev.evenkeel.partition;

import dev.evenkeel.model.DynamoException;
import dev.evenkeel.replication.ReplicationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets {@link TransactionRecovery} look around once a second while this replica leads. */
final class RecoveryThread implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RecoveryThread.class);

    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final TransactionRecovery recovery;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean leading;
    private boolean closed;
    private @Nullable Thread thread;

    RecoveryThread(TransactionRecovery recovery) {
        this.recovery = recovery;
    }

    void lead() {
        lock.lock();
        try {
            leading = true;
            if (thread == null && !closed) {
                thread = Thread.ofVirtual().name("transaction-recovery").start(this::run);
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

    private void run() {
        try {
            while (awaitTurn()) {
                sweep();
            }
        } catch (InterruptedException e) {
            log.debug("Transactions are no longer ended from here", e);
        }
    }

    private boolean awaitTurn() throws InterruptedException {
        lock.lock();
        try {
            long left = PERIOD_NANOS;
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            while (!closed && !leading) {
                changed.await();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void sweep() {
        try {
            recovery.sweep();
        } catch (ReplicationException elsewhere) {
            log.debug("Somebody else ends transactions now", elsewhere);
        } catch (DynamoException later) {
            log.debug("Transactions cannot be ended now", later);
        } catch (RuntimeException failed) {
            log.warn("Ending transactions failed; it is tried again", failed);
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
