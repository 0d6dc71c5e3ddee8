package dev.evenkeel.verify.bench;

import dev.evenkeel.model.Ticker;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Drives one connection for one round and counts what comes back. One thread runs it; the counts may be read when that
 * thread has ended.
 */
final class ConnectionWorker {
    private static final long LATENCY_NANOS_MAX = TimeUnit.MINUTES.toNanos(2);
    private static final int LATENCY_DIGITS = 3;
    private static final int FAILURES_IN_A_ROW_MAX = 1000;

    private final Exchange connection;
    private final RequestStream requests;
    private final Ticker ticker;
    private final Histogram latency = newHistogram();
    private long succeeded;
    private long failed;
    private long unsent;
    private int failuresInARow;
    private String failure = "";

    ConnectionWorker(Exchange connection, RequestStream requests, Ticker ticker) {
        this.connection = connection;
        this.requests = requests;
        this.ticker = ticker;
    }

    static Histogram newHistogram() {
        return new Histogram(LATENCY_NANOS_MAX, LATENCY_DIGITS);
    }

    /** Sends the next request as soon as the last one is answered, until the end has come. */
    void closedLoop(long startNanos, long endNanos) {
        long sent = waitUntil(startNanos);
        while (sent - endNanos < 0 && mayGoOn()) {
            send();
            long answered = ticker.nanos();
            record(answered - sent);
            sent = answered;
        }
    }

    /**
     * Sends the schedule's requests, each at its moment or, when that is past, at once.
     *
     * @param cutNanos when to give up on arrivals that are still waiting to be sent
     */
    void openLoop(ArrivalSchedule schedule, long startNanos, long cutNanos) {
        for (long at = schedule.next(); at != ArrivalSchedule.NONE; at = schedule.next()) {
            long intended = startNanos + at;
            long now = waitUntil(intended);
            if (now - cutNanos >= 0 || !mayGoOn()) {
                unsent++;
                record(now - intended);
                continue;
            }
            send();
            record(ticker.nanos() - intended);
        }
    }

    private long waitUntil(long moment) {
        long now = ticker.nanos();
        while (now - moment < 0) {
            LockSupport.parkNanos(moment - now);
            now = ticker.nanos();
        }
        return now;
    }

    /** A server that answers nothing but failures must not be hammered until the round is over. */
    private boolean mayGoOn() {
        return failuresInARow < FAILURES_IN_A_ROW_MAX;
    }

    private void send() {
        var request = requests.next();
        try {
            var response = connection.exchange(request);
            if (request.expected().accepts(response.status(), response.bodyBytes(), response.bodyStart())) {
                succeeded++;
                failuresInARow = 0;
            } else {
                fail("status " + response.status() + ", " + response.bodyBytes() + " bytes: " + response.bodyStart());
            }
        } catch (IOException | BenchException e) {
            fail(e.toString());
        }
    }

    private void fail(String why) {
        failed++;
        failuresInARow++;
        failure = why;
    }

    private void record(long nanos) {
        latency.recordValue(Math.clamp(nanos, 0, LATENCY_NANOS_MAX));
    }

    Histogram latency() {
        return latency;
    }

    long succeeded() {
        return succeeded;
    }

    long failed() {
        return failed;
    }

    long unsent() {
        return unsent;
    }

    /** The last thing that went wrong, or empty. */
    String failure() {
        return failure;
    }

    /** Ends the connection, and with it a request under way; from any thread. */
    void close() {
        connection.close();
    }
}
