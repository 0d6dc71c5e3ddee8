package dev.evenkeel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that are slow, rude, broken or gone. */
class BadDaysTest {
    private static final HttpServerOptions OPTIONS =
            HttpServerOptions.defaults().withAddress("localhost", 0).withBodyBytesMax(1000);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofMinutes(5);

    private static HttpAnswer echo(HttpCall call) {
        return new HttpAnswer(200, List.of(), call.body());
    }

    private static HttpServer start(HttpServerOptions options) throws IOException {
        return HttpServer.start(options, BadDaysTest::echo);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "POST / HTTP/9.9.9\r\n\r\n",
                "POST / HTTP/1.1\r\nbad header\r\n\r\n",
                "POST / HTTP/1.1\r\n: empty\r\n\r\n",
                "POST / HTTP/1.1\r\ncontent-length: -1\r\n\r\n",
                "POST / HTTP/1.1\r\ncontent-length: ten\r\n\r\n",
                "POST / HTTP/1.1\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\nabc",
                "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
                "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\ncontent-length: 3\r\n\r\n0\r\n\r\n",
                "\u0000\u0001\u0002\u0003\r\n\r\n",
            })
    void malformedRequestsAreAnswered400AndTheConnectionEnds(String request) throws IOException {
        try (var server = start(OPTIONS);
                var client = new RawClient(server.address())) {
            client.send(request);
            var answer = client.answer();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.saysClose()).isTrue();
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void malformedRequestIsAnsweredAfterTheGoodOnesBeforeIt() throws IOException {
        try (var server = start(OPTIONS);
                var client = new RawClient(server.address())) {
            client.post("good").send("nonsense\r\n\r\n");
            assertThat(client.answer().body()).isEqualTo("good");
            assertThat(client.answer().status()).isEqualTo(400);
            assertThat(client.isEnded()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"414,GET /%s HTTP/1.1", "431,GET / HTTP/1.1;x: %s"})
    void endlessHeadsAreCutShort(int status, String form) throws IOException {
        try (var server = start(OPTIONS);
                var client = new RawClient(server.address())) {
            client.send(form.replace(";", "\r\n").formatted("x".repeat(40_000)));
            assertThat(client.answer().status()).isEqualTo(status);
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void announcedOversizeIsAnswered413BeforeTheBodyComes() throws IOException {
        try (var server = start(OPTIONS);
                var client = new RawClient(server.address())) {
            client.send("POST / HTTP/1.1\r\nexpect: 100-continue\r\ncontent-length: 1001\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(413);
            assertThat(client.isEnded()).isTrue();
        }
    }

    /** A close with unread bytes would reset the connection, and the client would never see the answer. */
    @Test
    void clientThatSendsFirstAndReadsLaterStillSeesThe413() throws IOException {
        try (var server = start(OPTIONS);
                var client = new RawClient(server.address())) {
            client.send("POST / HTTP/1.1\r\ncontent-length: 16777217\r\n\r\n");
            client.send(new byte[16_777_217]);
            assertThat(client.answer().status()).isEqualTo(413);
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void chunkedOversizeIsAnswered413() throws IOException {
        try (var server = start(OPTIONS);
                var client = new RawClient(server.address())) {
            client.send("POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n");
            client.send("3e8\r\n" + "x".repeat(1000) + "\r\n1\r\nx\r\n0\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(413);
            assertThat(client.isEnded()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HT",
                "POST / HTTP/1.1\r\nhost: x\r\nx-am",
                "POST / HTTP/1.1\r\ncontent-length: 10\r\n\r\nfive!",
                "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n5\r\nfi",
            })
    void halfSentRequestsTimeOut(String half) throws IOException {
        try (var server = start(OPTIONS.withTimeouts(SHORT, LONG));
                var client = new RawClient(server.address())) {
            client.send(half);
            assertThat(client.answer().status()).isEqualTo(408);
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void halfSentHeadAfterAGoodRequestTimesOut() throws IOException {
        try (var server = start(OPTIONS.withTimeouts(SHORT, LONG));
                var client = new RawClient(server.address())) {
            assertThat(client.post("good").answer().body()).isEqualTo("good");
            client.send("POST / HTTP/1.1\r\nx: ");
            assertThat(client.answer().status()).isEqualTo(408);
        }
    }

    @Test
    void connectionThatNeverSpeaksClosesWhenIdle() throws IOException {
        try (var server = start(OPTIONS.withTimeouts(LONG, SHORT));
                var silent = new RawClient(server.address());
                var once = new RawClient(server.address())) {
            assertThat(once.post("hello").answer().status()).isEqualTo(200);
            assertThat(silent.isEnded()).isTrue();
            assertThat(once.isEnded()).isTrue();
        }
    }

    @Test
    void slowHandlerIsNotTakenForAnIdleClient() throws Exception {
        var release = new CountDownLatch(1);
        HttpServerOptions options = OPTIONS.withTimeouts(SHORT, SHORT);
        try (var server = HttpServer.start(options, call -> {
                    Http1Test.awaitQuietly(release);
                    return echo(call);
                });
                var waiting = new RawClient(server.address());
                var idle = new RawClient(server.address())) {
            waiting.post("patience");
            assertThat(idle.isEnded()).isTrue(); // so more than the timeout has gone by
            release.countDown();
            assertThat(waiting.answer().body()).isEqualTo("patience");
        }
    }

    @Test
    void clientThatDoesNotReadItsAnswerIsCutOff() throws Exception {
        byte[] large = new byte[32 * 1024 * 1024]; // more than the kernel takes for an unread connection
        HttpServerOptions options = OPTIONS.withTimeouts(SHORT, LONG);
        try (var server = HttpServer.start(options, call -> new HttpAnswer(200, List.of(), large));
                var deaf = new RawClient(server.address())) {
            deaf.post("");
            for (int i = 0; i < 3; i++) { // lets the timeout go by thrice, as the server's own sweep sees it
                try (var watcher = new RawClient(server.address())) {
                    assertThat(watcher.send("POST / HT").answer().status()).isEqualTo(408);
                }
            }
            assertThat(bytesUntilEnd(deaf)).isLessThan(large.length);
        }
    }

    private static long bytesUntilEnd(RawClient client) {
        long bytes = 0;
        try {
            byte[] buffer = new byte[64 * 1024];
            for (int read = client.in().read(buffer);
                    read >= 0;
                    read = client.in().read(buffer)) {
                bytes += read;
            }
        } catch (IOException _) {
            return bytes; // a reset is an end too
        }
        return bytes;
    }

    @Test
    void clientThatLeavesMidRequestHarmsNobody() throws Exception {
        var started = new CountDownLatch(2);
        var release = new CountDownLatch(1);
        var finished = new CountDownLatch(2);
        try (var server = HttpServer.start(OPTIONS, call -> {
            if (call.body().length > 0) {
                started.countDown();
                Http1Test.awaitQuietly(release);
                finished.countDown();
            }
            return echo(call);
        })) {
            var polite = new RawClient(server.address());
            var rude = new RawClient(server.address());
            polite.post("a");
            rude.post("b");
            started.await();
            polite.close();
            rude.reset();
            release.countDown();
            finished.await();
            new RawClient(server.address())
                    .send("POST / HTTP/1.1\r\ncontent-length: 9\r\n\r\nhalf")
                    .reset();
            try (var next = new RawClient(server.address())) {
                assertThat(next.post("").answer().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void connectionThatPipelinesWithoutReadingIsNotReadEither() throws Exception {
        var release = new CountDownLatch(1);
        var seen = new AtomicInteger();
        HttpServerOptions options = OPTIONS.withBodyBytesMax(100_000);
        byte[] body = new byte[50_000];
        byte[] head = "POST / HTTP/1.1\r\ncontent-length: 50000\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        try (var server = HttpServer.start(options, call -> {
                    seen.incrementAndGet();
                    Http1Test.awaitQuietly(release);
                    return HttpAnswer.empty(200);
                });
                var client = SocketChannel.open(server.address());
                var selector = Selector.open()) {
            client.configureBlocking(false);
            client.register(selector, SelectionKey.OP_WRITE);
            long sent = 0;
            // A select that times out means that nobody has read for a while. 64 MB would be accepted if all were read.
            while (sent < 64L * 1024 * 1024 && selector.select(500) > 0) {
                selector.selectedKeys().clear();
                sent += client.write(new ByteBuffer[] {ByteBuffer.wrap(head), ByteBuffer.wrap(body)});
            }
            assertThat(sent).isLessThan(64L * 1024 * 1024);
            assertThat(seen).hasValue(1);
            release.countDown();
        }
    }

    @Test
    void thousandsOfIdleConnectionsAreServed() throws IOException {
        int count = 2000;
        var clients = new ArrayList<RawClient>();
        try (var server = start(OPTIONS)) {
            for (int i = 0; i < count; i++) {
                var client = new RawClient(server.address());
                clients.add(client);
                client.post("hello");
                assertThat(client.answer().status()).isEqualTo(200);
            }
            assertThat(server.connectionCount()).isEqualTo(count);
            for (RawClient client : clients) {
                assertThat(client.post("still here").answer().body()).isEqualTo("still here");
            }
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void takenPortIsABindException() throws IOException {
        try (var server = start(OPTIONS)) {
            int port = server.address().getPort();
            assertThatThrownBy(() -> start(OPTIONS.withAddress("localhost", port)))
                    .isInstanceOf(BindException.class);
        }
    }

    @Test
    void closingFinishesWhatIsUnderWay() throws Exception {
        var started = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var server = HttpServer.start(OPTIONS, call -> {
            started.countDown();
            Http1Test.awaitQuietly(release);
            return echo(call);
        });
        try (var working = new RawClient(server.address());
                var idle = new RawClient(server.address())) {
            working.post("precious");
            started.await();
            Thread closing = Thread.ofVirtual().start(server::close);
            assertThat(idle.isEnded()).isTrue();
            assertThatThrownBy(() -> new RawClient(server.address())).hasCauseInstanceOf(ConnectException.class);
            release.countDown();
            var answer = working.answer();
            assertThat(answer.body()).isEqualTo("precious");
            assertThat(answer.saysClose()).isTrue();
            assertThat(working.isEnded()).isTrue();
            closing.join();
        }
    }

    @Test
    void closingDoesNotWaitForever() throws Exception {
        var started = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        var server = HttpServer.start(OPTIONS.withShutdownTimeout(SHORT), call -> {
            started.countDown();
            Http1Test.awaitQuietly(never);
            return echo(call);
        });
        try (var working = new RawClient(server.address())) {
            working.post("stuck");
            started.await();
            server.close();
            assertThat(working.isEnded()).isTrue();
        }
        never.countDown();
    }
}
