package dev.evenkeel.transport;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Hands things over to an event loop, from any thread including the loop itself. The loop is woken once for all that has
 * gathered, and takes it in one go: that is what lets many small messages leave in one system call.
 */
final class Inbox<T> {
    private final Executor loop;
    private final Consumer<T> take;
    private final Runnable afterwards;
    private final Queue<T> things = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();

    /** @param afterwards called when {@code take} has got all there was */
    Inbox(Executor loop, Consumer<T> take, Runnable afterwards) {
        this.loop = loop;
        this.take = take;
        this.afterwards = afterwards;
    }

    /** False when the loop is no more; then the thing waits for {@link #drainTo}. */
    boolean add(T thing) {
        things.add(thing);
        if (woken.getAndSet(true)) {
            return true;
        }
        try {
            loop.execute(this::takeAll);
            return true;
        } catch (RejectedExecutionException e) {
            woken.set(false);
            return false;
        }
    }

    private void takeAll() {
        woken.set(false); // before taking: what comes too late for this round wakes the loop again
        drainTo(take);
        afterwards.run();
    }

    void drainTo(Consumer<T> taker) {
        for (T thing = things.poll(); thing != null; thing = things.poll()) {
            taker.accept(thing);
        }
    }
}
