package dev.evenkeel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTTP/1.1 as clients speak it when all is well. */
class Http1Test {
    private static final int BODY_BYTES_MAX = 100_000;

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.start(
                HttpServerOptions.defaults().withAddress("localhost", 0).withBodyBytesMax(BODY_BYTES_MAX),
                Http1Test::echo);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static HttpAnswer echo(HttpCall call) {
        if (call.target().equals("/throw")) {
            throw new IllegalStateException("thrown for a test");
        }
        return new HttpAnswer(200, List.of("X-Method", call.method()), call.body());
    }

    private RawClient client() {
        return new RawClient(server.address());
    }

    @Test
    void oneConnectionServesManyRequests() throws IOException {
        try (var client = client()) {
            for (int i = 0; i < 50; i++) {
                var answer = client.post("body " + i).answer();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo("body " + i);
                assertThat(answer.headers()).containsEntry("x-method", "POST").containsKey("date");
                assertThat(answer.saysClose()).isFalse();
            }
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws IOException {
        var requests = new StringBuilder();
        IntStream.range(0, 500)
                .forEach(i -> requests.append("POST / HTTP/1.1\r\ncontent-length: 3\r\n\r\n")
                        .append("%03d".formatted(i)));
        try (var client = client()) {
            client.send(requests.toString());
            for (int i = 0; i < 500; i++) {
                assertThat(client.answer().body()).isEqualTo("%03d".formatted(i));
            }
        }
    }

    @Test
    void pipelinedRequestsAreCarriedOutOneAfterAnother() throws IOException {
        var together = new AtomicInteger();
        var togetherMax = new AtomicInteger();
        var options = HttpServerOptions.defaults().withAddress("localhost", 0);
        try (var counting = HttpServer.start(options, call -> {
                    togetherMax.accumulateAndGet(together.incrementAndGet(), Math::max);
                    Thread.yield();
                    together.decrementAndGet();
                    return HttpAnswer.empty(200);
                });
                var client = new RawClient(counting.address())) {
            for (int i = 0; i < 100; i++) {
                client.post("");
            }
            for (int i = 0; i < 100; i++) {
                assertThat(client.answer().status()).isEqualTo(200);
            }
        }
        assertThat(togetherMax).hasValue(1);
    }

    @Test
    void connectionsDoNotWaitForEachOther() throws Exception {
        var release = new CountDownLatch(1);
        var options = HttpServerOptions.defaults().withAddress("localhost", 0);
        try (var blocking = HttpServer.start(options, call -> {
                    if (call.body().length > 0) {
                        awaitQuietly(release);
                    }
                    return HttpAnswer.empty(200);
                });
                var slow = new RawClient(blocking.address());
                var quick = new RawClient(blocking.address())) {
            slow.post("wait");
            assertThat(quick.post("").answer().status()).isEqualTo(200);
            release.countDown();
            assertThat(slow.answer().status()).isEqualTo(200);
        }
    }

    static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void requestsMayComeByteByByte() throws IOException {
        try (var client = client()) {
            byte[] request =
                    "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);
            for (byte single : request) {
                client.send(new byte[] {single});
            }
            assertThat(client.answer().body()).isEqualTo("ok");
        }
    }

    @Test
    void chunkedBodiesArePutTogether() throws IOException {
        try (var client = client()) {
            client.send("POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n4\r\nWiki\r\n5\r\npedia\r\n0\r\n\r\n");
            assertThat(client.answer().body()).isEqualTo("Wikipedia");
            assertThat(client.post("next").answer().body()).isEqualTo("next");
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "65536", "65537", "99999", "100000"})
    void bodiesUpToTheBoundArriveWhole(int length) throws IOException {
        String body = "0123456789".repeat(length / 10 + 1).substring(0, length);
        try (var client = client()) {
            assertThat(client.post(body).answer().body()).isEqualTo(body);
        }
    }

    @Test
    void clientThatAsksFirstIsToldToContinue() throws IOException {
        try (var client = client()) {
            client.send("POST / HTTP/1.1\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(100);
            assertThat(client.send("ok").answer().body()).isEqualTo("ok");
        }
    }

    @Test
    void continueComesAfterTheAnswerBefore() throws IOException {
        try (var client = client()) {
            client.post("first").send("POST / HTTP/1.1\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\n");
            assertThat(client.answer().body()).isEqualTo("first");
            assertThat(client.answer().status()).isEqualTo(100);
            assertThat(client.send("ok").answer().body()).isEqualTo("ok");
        }
    }

    @Test
    void otherExpectationsAreRefused() throws IOException {
        try (var client = client()) {
            client.send("POST / HTTP/1.1\r\nexpect: miracles\r\ncontent-length: 2\r\n\r\nok");
            assertThat(client.answer().status()).isEqualTo(417);
        }
    }

    @Test
    void clientThatEndsItsSideStillGetsItsAnswers() throws IOException {
        try (var client = client()) {
            client.post("one").post("two").endOutput();
            assertThat(client.answer().body()).isEqualTo("one");
            assertThat(client.answer().body()).isEqualTo("two");
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void connectionCloseIsHonoured() throws IOException {
        try (var client = client()) {
            client.send("POST / HTTP/1.1\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok");
            assertThat(client.answer().saysClose()).isTrue();
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void http10ClosesUnlessAskedNotTo() throws IOException {
        try (var client = client()) {
            client.send("POST / HTTP/1.0\r\nconnection: keep-alive\r\ncontent-length: 2\r\n\r\nok");
            assertThat(client.answer().headers()).containsEntry("connection", "keep-alive");
            client.send("POST / HTTP/1.0\r\ncontent-length: 2\r\n\r\nok");
            assertThat(client.answer().saysClose()).isTrue();
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void headIsAnsweredWithoutBody() throws IOException {
        try (var client = client()) {
            client.send("HEAD / HTTP/1.1\r\ncontent-length: 2\r\n\r\nok");
            assertThat(client.answer(true).headers()).containsEntry("content-length", "2");
            assertThat(client.post("next").answer().body()).isEqualTo("next");
        }
    }

    @Test
    void handlerThatThrowsIsAnswered500AndHarmsNothing() throws IOException {
        try (var client = client()) {
            client.send("POST /throw HTTP/1.1\r\ncontent-length: 0\r\n\r\n");
            var answer = client.answer();
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).isEmpty();
            assertThat(client.post("next").answer().body()).isEqualTo("next");
        }
    }
}
