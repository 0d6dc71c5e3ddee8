package dev.evenkeel.http;

import dev.evenkeel.model.Ticker;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Every open connection of a server, sorted by the event loop that owns it, so that none needs a timer of its own. */
final class Connections {

    /** The protocol state of one connection. Only its event loop calls it. */
    interface Watched {
        /** Closes the connection if it has kept us waiting too long. Called a few times per timeout. */
        void checkTime(long nowNanos);

        /** Takes no more requests; closes once those under way are answered. */
        void drain();
    }

    private final Duration sweepEvery;
    private final Ticker ticker;
    private final Map<EventLoop, LoopWatch> watches = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition noneLeft = lock.newCondition();
    private int open;
    private volatile boolean draining;

    Connections(HttpServerOptions options, Ticker ticker) {
        this.sweepEvery = LoopWatch.sweepInterval(options);
        this.ticker = ticker;
    }

    /** The clock and the sweep of an event loop. Call on that loop. */
    LoopWatch watchOf(EventLoop loop) {
        return watches.computeIfAbsent(loop, it -> new LoopWatch(it, ticker, sweepEvery));
    }

    /** Starts to watch a new connection. */
    void opened(Channel channel, Watched state) {
        watchOf(channel.eventLoop()).put(channel, state);
        count(1);
        channel.closeFuture().addListener(_ -> {
            watchOf(channel.eventLoop()).remove(channel);
            count(-1);
        });
        if (draining) {
            state.drain();
        }
    }

    /** The connection now speaks another protocol. */
    void changed(Channel channel, Watched state) {
        watchOf(channel.eventLoop()).put(channel, state);
        if (draining) {
            state.drain();
        }
    }

    int count() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }

    private void count(int difference) {
        lock.lock();
        try {
            open += difference;
            if (open == 0) {
                noneLeft.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Asks every connection to finish, waits for them, then closes those that have not. */
    void drain(Duration timeout) {
        draining = true;
        watches.forEach((loop, watch) -> loop.execute(watch::drainAll));
        if (!awaitNone(timeout)) {
            watches.forEach((loop, watch) -> loop.execute(watch::closeAll));
        }
    }

    private boolean awaitNone(Duration timeout) {
        long remaining = timeout.toNanos();
        lock.lock();
        try {
            while (open > 0 && remaining > 0) {
                remaining = noneLeft.awaitNanos(remaining);
            }
            return open == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever closes us in a hurry gets the hurried close
            return false;
        } finally {
            lock.unlock();
        }
    }
}
