package dev.evenkeel.router.table;

import dev.evenkeel.model.Ticker;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Delays by a {@link Ticker} that somebody may move. A ticker cannot wake anybody, so the wait looks at it every few
 * milliseconds; that costs a virtual thread while something is delayed, and nothing else.
 */
public final class TickerScheduler implements TransitionScheduler, AutoCloseable {
    private static final long LOOK_EVERY_NANOS = Duration.ofMillis(5).toNanos();

    private final Ticker ticker;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public TickerScheduler(Ticker ticker) {
        this.ticker = ticker;
    }

    @Override
    public void schedule(Duration delay, Runnable work) {
        long due = ticker.nanos() + delay.toNanos();
        var thread = Thread.ofVirtual().name("table-transition").unstarted(() -> runAt(due, work));
        running.add(thread);
        thread.start();
    }

    private void runAt(long due, Runnable work) {
        try {
            for (long left = due - ticker.nanos(); left > 0 && !closed; left = due - ticker.nanos()) {
                LockSupport.parkNanos(Math.min(left, LOOK_EVERY_NANOS));
            }
            if (!closed) {
                work.run();
            }
        } finally {
            running.remove(Thread.currentThread());
        }
    }

    /** Forgets what has not begun: it is resumed after the next start. Returns when what has begun is done. */
    @Override
    public void close() {
        closed = true;
        for (var thread : running) {
            LockSupport.unpark(thread);
            try {
                thread.join();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
