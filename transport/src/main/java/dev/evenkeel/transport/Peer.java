package dev.evenkeel.transport;

import dev.evenkeel.model.Ticker;
import dev.evenkeel.transport.TransportException.Kind;
import io.netty.channel.EventLoop;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Another node as this one sees it: the connection to it and the calls it has not answered.
 *
 * <pre>
 * IDLE to DIALLING: the first call.               DIALLING to CONNECTED: it has said hello.
 * DIALLING to BACKING_OFF: no connection.         CONNECTED to BACKING_OFF: the connection broke.
 * BACKING_OFF to DIALLING: time, or the node has connected to us.
 * DIALLING to IDLE: nobody knows an address.      any to CLOSED: this node closes.
 * </pre>
 *
 * <p>Calls wait for the first attempt to connect. Once one has failed they fail at once until another succeeds: whoever
 * has a choice of nodes should make it now. {@link #call} may come from any thread; everything else is the event loop's.
 */
final class Peer {
    private static final Logger LOG = LoggerFactory.getLogger(Peer.class);

    private enum State {
        IDLE,
        DIALLING,
        CONNECTED,
        BACKING_OFF,
        CLOSED
    }

    private final String self;
    private final String node;
    private final EventLoop loop;
    private final Dialler dialler;
    private final Ticker ticker;
    private final Budget budget;
    private final Inbox<Call> inbox;
    private final Deadlines deadlines;
    private final Backoff backoff;

    /** All calls without an outcome, by request id. */
    private final LongObjectMap<Call> calls = new LongObjectHashMap<>();

    /** Those of them that wait for a connection, and some that timed out doing so. */
    private final Deque<Call> waiting = new ArrayDeque<>();

    private State state = State.IDLE;
    private long lastRequestId;
    private int attempt; // which attempt to connect is under way or to come; earlier ones no longer matter

    /** Null except when dialling, once there is a channel, and when connected. */
    private @Nullable DialledConnection connection;

    /** Why there is no connection; null before the first attempt and while there is one. */
    private @Nullable String trouble;

    private volatile boolean connected;
    private volatile boolean closed;

    Peer(TransportOptions options, String node, EventLoop loop, Dialler dialler, Ticker ticker) {
        this.self = options.self();
        this.node = node;
        this.loop = loop;
        this.dialler = dialler;
        this.ticker = ticker;
        this.budget = new Budget(options.limits());
        this.inbox = new Inbox<>(loop, this::take, this::pump);
        this.deadlines = new Deadlines(
                ticker, (nanos, task) -> loop.schedule(task, nanos, TimeUnit.NANOSECONDS), this::expireCalls);
        this.backoff = new Backoff(options.timings(), new SplittableRandom());
    }

    String node() {
        return node;
    }

    EventLoop loop() {
        return loop;
    }

    boolean isConnected() {
        return connected;
    }

    CompletableFuture<byte[]> call(int service, byte[] request, Duration timeout) {
        if (!budget.take(request.length)) {
            return CompletableFuture.failedFuture(new TransportException(Kind.REFUSED, node, budget.overdrawn()));
        }
        var call = new Call(node, budget, service, request, ticker.nanos() + timeout.toNanos());
        inbox.add(call);
        if (closed) { // the loop may be no more
            inbox.drainTo(this::failClosed);
        }
        return call.answer();
    }

    private void failClosed(Call call) {
        call.end();
        call.fail(Kind.NOT_CONNECTED, self + " has closed");
    }

    private void take(Call call) {
        if (closed) {
            failClosed(call);
            return;
        }
        if (state == State.IDLE) {
            dial();
        }
        if (state == State.CONNECTED || trouble == null) {
            admit(call);
        } else {
            call.end();
            call.fail(Kind.NOT_CONNECTED, notConnected());
        }
    }

    private void admit(Call call) {
        call.number(++lastRequestId);
        calls.put(lastRequestId, call);
        deadlines.note(call.deadlineNanos());
        if (state == State.CONNECTED && connection != null) {
            connection.writer.add(call);
        } else {
            waiting.add(call);
        }
    }

    private String notConnected() {
        return self + " has no connection to " + node + (trouble == null ? "" : ": " + trouble);
    }

    private void pump() {
        if (state == State.CONNECTED && connection != null) {
            connection.writer.pump();
        }
    }

    private void dial() {
        state = State.DIALLING;
        attempt++;
        dialler.dial(this, attempt);
    }

    /** There is a channel, and hello is next. False when nobody wants it any more. */
    boolean greets(int ofAttempt, DialledConnection newConnection) {
        if (state != State.DIALLING || attempt != ofAttempt) {
            return false;
        }
        connection = newConnection;
        return true;
    }

    void connected(DialledConnection newConnection) {
        if (connection != newConnection || state != State.DIALLING) {
            newConnection.close("not needed any more");
            return;
        }
        state = State.CONNECTED;
        trouble = null;
        backoff.reset();
        connected = true;
        LOG.info("{}: connected to {} at {}", self, node, newConnection.channel.remoteAddress());
        waiting.forEach(newConnection.writer::add);
        waiting.clear();
        newConnection.writer.pump();
    }

    /** An attempt has led to no channel. */
    void unreachable(int ofAttempt, String why) {
        if (state == State.DIALLING && attempt == ofAttempt) {
            lost(why);
        }
    }

    /** Nobody knows where the node is. It is looked for again when it is called again. */
    void unknown(int ofAttempt) {
        if (state == State.DIALLING && attempt == ofAttempt) {
            state = State.IDLE;
            failCalls("no address of " + node + " is known");
        }
    }

    void ended(DialledConnection oldConnection, String why) {
        if (connection == oldConnection) {
            lost(why);
        }
    }

    private void lost(String why) {
        connection = null;
        connected = false;
        if (!why.equals(trouble)) { // once, not at every attempt
            LOG.warn("{}: no connection to {}: {}", self, node, why);
        }
        trouble = why;
        if (state != State.CLOSED) {
            state = State.BACKING_OFF;
            int next = ++attempt;
            loop.schedule(() -> retry(next), backoff.next(), TimeUnit.NANOSECONDS);
        }
        failCalls(notConnected());
    }

    private void retry(int ofAttempt) {
        if (state == State.BACKING_OFF && attempt == ofAttempt) {
            dial();
        }
    }

    /** The node has connected to this one, so it is there. */
    void seen() {
        if (state == State.BACKING_OFF) {
            backoff.reset();
            dial();
        }
    }

    void answered(long requestId, byte[] answer) {
        var call = calls.remove(requestId);
        if (call != null) { // otherwise it has timed out
            call.complete(answer);
        }
    }

    void failed(long requestId, Failure failure) {
        var call = calls.remove(requestId);
        if (call != null) {
            call.fail(failure.kind(), failure.message());
        }
    }

    private void failCalls(String why) {
        waiting.forEach(Call::end);
        waiting.clear();
        List<Call> failing = new ArrayList<>(calls.values());
        calls.clear(); // before anyone hears of it and calls again
        for (Call call : failing) {
            call.fail(call.isSent() ? Kind.CONNECTION_LOST : Kind.NOT_CONNECTED, why);
        }
    }

    private @Nullable Long expireCalls(long nowNanos) {
        var overdue = new ArrayList<Call>();
        @Nullable Long earliest = null;
        for (Call call : calls.values()) {
            if (call.deadlineNanos() - nowNanos <= 0) {
                overdue.add(call);
            } else if (earliest == null || call.deadlineNanos() - earliest < 0) {
                earliest = call.deadlineNanos();
            }
        }
        overdue.forEach(call -> calls.remove(call.requestId()));
        overdue.forEach(this::expire);
        return earliest;
    }

    private void expire(Call call) {
        if (call.isSent()) {
            call.fail(Kind.TIMED_OUT, node + " has not answered in time");
        } else if (state == State.CONNECTED) {
            call.fail(Kind.REFUSED, "overloaded: " + node + " did not take the request in time");
        } else {
            call.fail(Kind.NOT_CONNECTED, notConnected());
        }
    }

    /** Takes no more calls; the caller then runs {@link #end} on the loop. */
    void close() {
        closed = true;
    }

    void end() {
        state = State.CLOSED;
        connected = false;
        var open = connection;
        connection = null;
        if (open != null) {
            open.close(self + " closes");
        }
        failCalls(self + " has closed");
    }

    /** The event loop is no more: what has come too late for it fails here. */
    void failLateCalls() {
        inbox.drainTo(this::failClosed);
    }
}
