package dev.evenkeel.transport;

import dev.evenkeel.model.Ticker;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One direction between two nodes of a {@link LocalNetwork}: messages arrive one at a time, in the order in which they
 * were sent. A task of the executor carries them for as long as there are any.
 */
final class LocalLink {

    /** @param cuts how often the link was cut: what was sent before a cut does not arrive after it */
    private record Condition(boolean broken, boolean silent, long delayNanos, int cuts) {
        static final Condition WHOLE = new Condition(false, false, 0, 0);

        boolean isPlain() {
            return !broken && !silent && delayNanos == 0;
        }
    }

    private record Message(Runnable arrival, long dueNanos, int cutsWhenSent) {}

    private final Ticker ticker;
    private final Executor executor;
    private final Deadlines.Timer timer;
    private final Queue<Message> messages = new ConcurrentLinkedQueue<>();

    /** Messages not yet dealt with; whoever makes it 1 starts the task that carries them. */
    private final AtomicInteger waiting = new AtomicInteger();

    private volatile Condition condition = Condition.WHOLE;

    LocalLink(Ticker ticker, Executor executor, Deadlines.Timer timer) {
        this.ticker = ticker;
        this.executor = executor;
        this.timer = timer;
    }

    /** Sends a message; false when the link is broken. True does not say that it will arrive. */
    boolean send(Runnable arrival) {
        var current = condition;
        if (current.broken) {
            return false;
        }
        if (!current.silent) {
            messages.add(new Message(arrival, ticker.nanos() + current.delayNanos, current.cuts));
            if (waiting.getAndIncrement() == 0) {
                executor.execute(this::carry);
            }
        }
        return true;
    }

    /** Sends a message that needs no order, in this thread when nothing is wrong with the link. */
    void pass(Runnable arrival) {
        if (condition.isPlain()) {
            arrival.run();
        } else {
            send(arrival);
        }
    }

    private void carry() {
        int left;
        do {
            Message next = messages.element(); // counted after it was added, so it is there
            long wait = next.dueNanos - ticker.nanos();
            if (wait > 0) {
                timer.after(wait, this::carry);
                return;
            }
            messages.remove();
            if (next.cutsWhenSent == condition.cuts) {
                next.arrival.run();
            }
            left = waiting.decrementAndGet();
        } while (left > 0);
    }

    boolean isBroken() {
        return condition.broken;
    }

    synchronized void cut() {
        condition = new Condition(true, condition.silent, condition.delayNanos, condition.cuts + 1);
    }

    synchronized void silence() {
        condition = new Condition(condition.broken, true, condition.delayNanos, condition.cuts);
    }

    synchronized void delay(Duration delay) {
        condition = new Condition(condition.broken, condition.silent, delay.toNanos(), condition.cuts);
    }

    synchronized void heal() {
        condition = new Condition(false, false, 0, condition.cuts);
    }
}
