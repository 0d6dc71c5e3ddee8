package dev.evenkeel.verify.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.Ticker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ConnectionWorkerTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Moves on a little at each look, so that waiting comes to an end. */
    private static final class TestTicker implements Ticker {
        private long nanos;

        @Override
        public long nanos() {
            nanos += 10_000;
            return nanos;
        }

        @Override
        public long epochMillis() {
            return nanos / MILLI;
        }
    }

    /** Answers with one status, at once but for one request that takes long. */
    private static final class TestServer implements Exchange {
        private final TestTicker ticker;
        private final String response;
        private final int slowRequest;
        private final long slowNanos;
        private int requests;

        TestServer(TestTicker ticker, int status, int slowRequest, long slowNanos) {
            this.ticker = ticker;
            this.response = "HTTP/1.1 " + status + " X\r\nContent-Length: 2\r\n\r\n{}";
            this.slowRequest = slowRequest;
            this.slowNanos = slowNanos;
        }

        @Override
        public ResponseScanner exchange(RequestTemplate request) throws IOException {
            requests++;
            ticker.nanos += requests == slowRequest ? slowNanos : 0;
            var scanner = new ResponseScanner();
            scanner.reset();
            scanner.feed(ByteBuffer.wrap(response.getBytes(StandardCharsets.US_ASCII)));
            return scanner;
        }

        @Override
        public void close() {}
    }

    private static ConnectionWorker worker(TestServer server) {
        var requests = new Requests(new Target("t", "localhost", 1), Instant.EPOCH, 1);
        var keys = KeyChooser.of(KeyDistribution.UNIFORM, 10);
        var stream =
                new RequestStream(Workload.PUT, requests, Tables.of("x", false), keys, 10, new SplittableRandom(1));
        return new ConnectionWorker(server, stream, server.ticker);
    }

    @Test
    void openLoopChargesAStallToEveryRequestThatFellIntoIt() {
        var worker = worker(new TestServer(new TestTicker(), 200, 10, 100 * MILLI));
        worker.openLoop(new ArrivalSchedule(1000, 200 * MILLI), 0, SECOND);
        assertThat(worker.succeeded()).isEqualTo(200);
        long slow = worker.latency().getTotalCount() - worker.latency().getCountBetweenValues(0, 50 * MILLI);
        assertThat(slow).isBetween(48L, 54L); // the one that stalled and those due in the 50 ms behind it
    }

    @Test
    void closedLoopGoesOnUntilTheEnd() {
        var worker = worker(new TestServer(new TestTicker(), 200, 10, 100 * MILLI));
        worker.closedLoop(0, 200 * MILLI);
        long slow = worker.latency().getTotalCount() - worker.latency().getCountBetweenValues(0, 50 * MILLI);
        assertThat(slow).isEqualTo(1); // what an open loop is for
        assertThat(worker.succeeded()).isGreaterThan(1000);
    }

    @Test
    void arrivalsThatWaitTooLongAreCountedAsUnsentWithTheTimeTheyWaited() {
        var worker = worker(new TestServer(new TestTicker(), 200, 1, SECOND));
        worker.openLoop(new ArrivalSchedule(1000, 200 * MILLI), 0, 400 * MILLI);
        assertThat(worker.succeeded()).isEqualTo(1);
        assertThat(worker.unsent()).isEqualTo(199);
        assertThat(worker.latency().getMinValue()).isGreaterThan(700 * MILLI);
    }

    @Test
    void serverThatOnlyFailsIsLeftAlone() {
        var worker = worker(new TestServer(new TestTicker(), 500, 0, 0));
        worker.closedLoop(0, 100 * SECOND);
        assertThat(worker.failed()).isEqualTo(1000);
        assertThat(worker.failure()).startsWith("status 500");
    }
}
