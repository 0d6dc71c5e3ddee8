package dev.evenkeel.transport;

import dev.evenkeel.model.Ticker;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Finds calls whose time is up, by looking through all of them when the earliest may be.
 *
 * <p>A timer per call was the obvious design; it costs each call two queue operations although nearly all are answered in
 * time. Here a call costs one comparison, and there is a sweep about once per timeout. The price: a timeout may strike up
 * to {@link #SWEEP_NANOS_MIN} late, so that many that are due one after the other do not cost a sweep each.
 */
final class Deadlines {
    /** Runs a task once, later. */
    @FunctionalInterface
    interface Timer {
        void after(long nanos, Runnable task);
    }

    /** Ends what is overdue and tells the earliest deadline of the rest, null when there is none. */
    @FunctionalInterface
    interface Sweep {
        @Nullable
        Long expire(long nowNanos);
    }

    private static final long SWEEP_NANOS_MIN = 5_000_000;

    private final Ticker ticker;
    private final Timer timer;
    private final Sweep sweep;
    private final ReentrantLock lock = new ReentrantLock();

    /** The sweep that is to come, null when none is. Replaced before a sweep looks at the calls, see {@link #run}. */
    private volatile @Nullable Planned planned;

    /** An object of its own, so that a timer that has been overtaken knows it. */
    private static final class Planned {
        private final long atNanos;

        Planned(long atNanos) {
            this.atNanos = atNanos;
        }
    }

    Deadlines(Ticker ticker, Timer timer, Sweep sweep) {
        this.ticker = ticker;
        this.timer = timer;
        this.sweep = sweep;
    }

    /** A sweep must come at or soon after this deadline. Call when the sweep can already see the call. */
    void note(long deadlineNanos) {
        if (isCovered(deadlineNanos)) {
            return;
        }
        lock.lock();
        try {
            if (!isCovered(deadlineNanos)) {
                plan(deadlineNanos);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isCovered(long deadlineNanos) {
        var current = planned;
        return current != null && current.atNanos - (deadlineNanos + SWEEP_NANOS_MIN) <= 0;
    }

    private void plan(long deadlineNanos) {
        long now = ticker.nanos();
        long wait = Math.max(deadlineNanos - now, SWEEP_NANOS_MIN);
        var next = new Planned(now + wait);
        planned = next;
        timer.after(wait, () -> run(next));
    }

    private void run(Planned mine) {
        lock.lock();
        try {
            if (planned != mine) {
                return; // an earlier sweep took over
            }
            planned = null; // before looking, so that a call the sweep does not see plans its own
        } finally {
            lock.unlock();
        }
        Long earliest = sweep.expire(ticker.nanos());
        if (earliest != null) {
            note(earliest);
        }
    }
}
