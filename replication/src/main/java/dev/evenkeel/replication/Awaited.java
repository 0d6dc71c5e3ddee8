package dev.evenkeel.replication;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody waits for. The waiter parks by itself, without a future in between: it puts its thread up and
 * looks at the outcome again; whoever has the outcome puts it up and looks for a thread. One thread waits at a time.
 *
 * @param <O> how it ended
 */
public abstract class Awaited<O> {
    private volatile @Nullable O outcome;
    private volatile @Nullable Thread waiter;

    /** What it is told first counts for those who wait by then. */
    protected void complete(O result) {
        outcome = result;
        var thread = waiter;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    public final boolean isComplete() {
        return outcome != null;
    }

    /** Waits for the outcome. An interrupt does not end the wait, and stays set. */
    protected final O outcome() {
        var result = outcome;
        return result == null ? parked() : result;
    }

    private O parked() {
        boolean interrupted = false;
        waiter = Thread.currentThread();
        O result;
        while ((result = outcome) == null) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        waiter = null;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return result;
    }
}
