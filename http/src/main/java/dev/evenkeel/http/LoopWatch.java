package dev.evenkeel.http;

import dev.evenkeel.model.Ticker;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The connections of one event loop, its coarse clock, and one sweep over all of them.
 *
 * <p>A timer per connection was the obvious design; it costs two queue operations and a clock read per request, and a heap
 * entry per idle connection. One sweep costs nothing per request. The price: a timeout may strike up to one sweep (a
 * quarter of the shortest timeout, at most a second) early or late. Only the owning loop touches it.
 */
final class LoopWatch {
    private static final Duration SWEEP_MAX = Duration.ofSeconds(1);
    private static final int SWEEPS_PER_TIMEOUT = 4;
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    private final EventLoop loop;
    private final Ticker ticker;
    private final long sweepNanos;
    private final Map<Channel, Connections.Watched> watched = new HashMap<>();
    private boolean scheduled;
    private long nowNanos;
    private long dateSecond = -1;
    private String date = "";

    LoopWatch(EventLoop loop, Ticker ticker, Duration sweepEvery) {
        this.loop = loop;
        this.ticker = ticker;
        this.sweepNanos = sweepEvery.toNanos();
        readClock();
    }

    static Duration sweepInterval(HttpServerOptions options) {
        Duration shortest = options.requestTimeout().compareTo(options.idleTimeout()) < 0
                ? options.requestTimeout()
                : options.idleTimeout();
        Duration quarter = shortest.dividedBy(SWEEPS_PER_TIMEOUT);
        return quarter.compareTo(SWEEP_MAX) < 0 ? quarter : SWEEP_MAX;
    }

    /** The ticker's nanoseconds as of the last sweep. */
    long nowNanos() {
        return nowNanos;
    }

    /** The value of a {@code Date} header, right to within a sweep. */
    String date() {
        return date;
    }

    void put(Channel channel, Connections.Watched state) {
        watched.put(channel, state);
        if (!scheduled) {
            readClock(); // it stood still while nobody was connected
            schedule();
        }
    }

    void remove(Channel channel) {
        watched.remove(channel);
    }

    void drainAll() {
        for (Connections.Watched state : copyOfWatched()) {
            state.drain();
        }
    }

    void closeAll() {
        for (Channel channel : new ArrayList<>(watched.keySet())) {
            channel.close();
        }
    }

    private void schedule() {
        scheduled = true;
        loop.schedule(this::sweep, sweepNanos, TimeUnit.NANOSECONDS);
    }

    private void sweep() {
        scheduled = false;
        readClock();
        for (Connections.Watched state : copyOfWatched()) {
            state.checkTime(nowNanos);
        }
        if (!watched.isEmpty()) {
            schedule();
        }
    }

    private void readClock() {
        nowNanos = ticker.nanos();
        long second = Math.floorDiv(ticker.epochMillis(), 1000L);
        if (second != dateSecond) {
            dateSecond = second;
            date = HTTP_DATE.format(Instant.ofEpochSecond(second));
        }
    }

    /** A copy, because a state that closes its connection takes it out of the map. */
    private List<Connections.Watched> copyOfWatched() {
        return new ArrayList<>(watched.values());
    }
}
