package dev.evenkeel.http;

import static dev.evenkeel.http.Http2Frames.DATA;
import static dev.evenkeel.http.Http2Frames.END_HEADERS;
import static dev.evenkeel.http.Http2Frames.END_STREAM;
import static dev.evenkeel.http.Http2Frames.HEADERS;
import static dev.evenkeel.http.Http2Frames.RST_STREAM;
import static dev.evenkeel.http.Http2Frames.frame;
import static dev.evenkeel.http.Http2Frames.payloadOfNext;
import static dev.evenkeel.http.Http2Frames.postHeaders;
import static dev.evenkeel.http.Http2Frames.preface;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Cleartext HTTP/2: the JDK's client comes by upgrade, a hand-made one by prior knowledge. */
class Http2Test {
    private static final HttpServerOptions OPTIONS =
            HttpServerOptions.defaults().withAddress("localhost", 0).withBodyBytesMax(4_000_000);

    private static HttpAnswer echo(HttpCall call) {
        return new HttpAnswer(200, List.of("X-Method", call.method()), call.body());
    }

    private static HttpRequest post(HttpServer server, byte[] body) {
        return HttpRequest.newBuilder(
                        URI.create("http://localhost:" + server.address().getPort() + "/"))
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    private static HttpClient http2() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    }

    @Test
    void firstRequestUpgradesAndTheRestGoesOn() throws Exception {
        try (var server = HttpServer.start(OPTIONS, Http2Test::echo);
                var client = http2()) {
            for (int i = 0; i < 20; i++) {
                byte[] body = ("request " + i).getBytes(StandardCharsets.UTF_8);
                var answer = client.send(post(server, body), HttpResponse.BodyHandlers.ofByteArray());
                assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo(body);
                assertThat(answer.headers().firstValue("x-method")).contains("POST");
            }
            assertThat(server.connectionCount()).isEqualTo(1);
        }
    }

    @Test
    void headIsToldTheLengthAndGetsNoBody() throws Exception {
        try (var server = HttpServer.start(
                        OPTIONS, call -> new HttpAnswer(200, List.of(), "four".getBytes(StandardCharsets.UTF_8)));
                var client = http2()) {
            client.send(post(server, new byte[0]), HttpResponse.BodyHandlers.discarding()); // the upgrade
            var head = HttpRequest.newBuilder(
                            URI.create("http://localhost:" + server.address().getPort() + "/"))
                    .timeout(Duration.ofSeconds(20))
                    .HEAD()
                    .build();
            var answer = client.send(head, HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.headers().firstValue("content-length")).contains("4");
            assertThat(answer.body()).isEmpty();
        }
    }

    @Test
    void bodiesLargerThanAnyWindowGoBothWays() throws Exception {
        byte[] large = new byte[3_500_000];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i * 31);
        }
        try (var server = HttpServer.start(OPTIONS, Http2Test::echo);
                var client = http2()) {
            for (int i = 0; i < 2; i++) { // once through the upgrade, once after it
                var answer = client.send(post(server, large), HttpResponse.BodyHandlers.ofByteArray());
                assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(answer.body()).isEqualTo(large);
            }
        }
    }

    @Test
    void streamsDoNotWaitForEachOther() throws Exception {
        var release = new CountDownLatch(1);
        try (var server = HttpServer.start(OPTIONS, call -> {
                    if (call.body().length == 0) {
                        Http1Test.awaitQuietly(release);
                    }
                    return echo(call);
                });
                var client = http2()) {
            client.send(post(server, new byte[1]), HttpResponse.BodyHandlers.discarding());
            var slow = client.sendAsync(post(server, new byte[0]), HttpResponse.BodyHandlers.discarding());
            List<CompletableFuture<HttpResponse<byte[]>>> quick = IntStream.range(1, 60)
                    .mapToObj(i -> client.sendAsync(post(server, new byte[i]), HttpResponse.BodyHandlers.ofByteArray()))
                    .toList();
            for (int i = 0; i < quick.size(); i++) {
                assertThat(quick.get(i).get().body()).hasSize(i + 1);
            }
            assertThat(slow).isNotDone();
            release.countDown();
            assertThat(slow.get().statusCode()).isEqualTo(200);
            assertThat(server.connectionCount()).isEqualTo(1);
        }
    }

    @Test
    void oversizeIsAnswered413AndTheConnectionLives() throws Exception {
        try (var server = HttpServer.start(OPTIONS, Http2Test::echo);
                var client = http2()) {
            client.send(post(server, new byte[1]), HttpResponse.BodyHandlers.discarding());
            var answer = client.send(post(server, new byte[4_000_001]), HttpResponse.BodyHandlers.discarding());
            assertThat(answer.statusCode()).isEqualTo(413);
            answer = client.send(post(server, new byte[1]), HttpResponse.BodyHandlers.discarding());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(server.connectionCount()).isEqualTo(1);
        }
    }

    @Test
    void closingFinishesWhatIsUnderWay() throws Exception {
        var started = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        try (var client = http2()) {
            var server = HttpServer.start(OPTIONS, call -> {
                if (call.body().length == 0) {
                    started.countDown();
                    Http1Test.awaitQuietly(release);
                }
                return echo(call);
            });
            client.send(post(server, new byte[1]), HttpResponse.BodyHandlers.discarding());
            var working = client.sendAsync(post(server, new byte[0]), HttpResponse.BodyHandlers.discarding());
            started.await();
            Thread closing = Thread.ofVirtual().start(server::close);
            assertThat(closing.join(Duration.ofMillis(300))).isFalse();
            release.countDown();
            assertThat(working.get().statusCode()).isEqualTo(200);
            closing.join();
        }
    }

    @Test
    void priorKnowledgeIsUnderstood() throws Exception {
        try (var server = HttpServer.start(OPTIONS, Http2Test::echo);
                var client = new RawClient(server.address())) {
            client.send(preface()).send(frame(HEADERS, END_HEADERS, 1, postHeaders()));
            client.send(frame(DATA, END_STREAM, 1, "hello".getBytes(StandardCharsets.US_ASCII)));
            var in = new DataInputStream(client.in());
            assertThat(payloadOfNext(in, DATA))
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("hello");
        }
    }

    @Test
    void halfSentStreamIsReset() throws Exception {
        var options = OPTIONS.withTimeouts(Duration.ofMillis(200), Duration.ofMinutes(5));
        try (var server = HttpServer.start(options, Http2Test::echo);
                var client = new RawClient(server.address())) {
            client.send(preface()).send(frame(HEADERS, END_HEADERS, 1, postHeaders()));
            client.send(frame(DATA, 0, 1, "half".getBytes(StandardCharsets.US_ASCII)));
            assertThat(payloadOfNext(new DataInputStream(client.in()), RST_STREAM))
                    .hasSize(4);
        }
    }

    @Test
    void manyLargeBodiesAtOnceAllGetThrough() throws Exception {
        byte[] large = new byte[3_500_000];
        try (var server = HttpServer.start(OPTIONS, Http2Test::echo);
                var client = http2()) {
            client.send(post(server, new byte[1]), HttpResponse.BodyHandlers.discarding());
            List<CompletableFuture<HttpResponse<byte[]>>> all = IntStream.range(0, 12)
                    .mapToObj(_ -> client.sendAsync(post(server, large), HttpResponse.BodyHandlers.ofByteArray()))
                    .toList();
            for (CompletableFuture<HttpResponse<byte[]>> one : all) {
                assertThat(one.get().body()).isEqualTo(large);
            }
            assertThat(server.connectionCount()).isEqualTo(1);
        }
    }

    @Test
    void twoBodiesOfTheLongestKindAtOnce() throws Exception {
        byte[] longest = new byte[HttpServerOptions.DYNAMO_BODY_BYTES_MAX];
        var options = OPTIONS.withBodyBytesMax(longest.length);
        try (var server = HttpServer.start(
                        options, call -> HttpAnswer.empty(call.body().length == longest.length ? 200 : 400));
                var client = http2()) {
            client.send(post(server, new byte[1]), HttpResponse.BodyHandlers.discarding());
            var one = client.sendAsync(post(server, longest), HttpResponse.BodyHandlers.discarding());
            var other = client.sendAsync(post(server, longest), HttpResponse.BodyHandlers.discarding());
            assertThat(one.get().statusCode()).isEqualTo(200);
            assertThat(other.get().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void halfSentPrefaceTimesOut() throws Exception {
        var options = OPTIONS.withTimeouts(Duration.ofMillis(200), Duration.ofMinutes(5));
        try (var server = HttpServer.start(options, Http2Test::echo);
                var client = new RawClient(server.address())) {
            assertThat(client.send("PRI * HTTP/2.0\r\n").isEnded()).isTrue();
        }
    }

    @Test
    void brokenFramesEndTheConnection() throws Exception {
        try (var server = HttpServer.start(OPTIONS, Http2Test::echo);
                var client = new RawClient(server.address())) {
            client.send(preface()).send(frame(DATA, 0, 7, new byte[3])); // data for a stream nobody opened
            assertThat(client.in().readAllBytes()).isNotEmpty(); // settings and GOAWAY, then the end
        }
    }

    @Test
    void malformedSettingsInAnUpgradeLeaveTheRequestInHttp1() throws Exception {
        try (var server = HttpServer.start(OPTIONS, Http2Test::echo);
                var client = new RawClient(server.address())) {
            client.send("POST / HTTP/1.1\r\nconnection: upgrade, http2-settings\r\nupgrade: h2c\r\n"
                    + "http2-settings: ***\r\ncontent-length: 2\r\n\r\nok");
            assertThat(client.answer().body()).isEqualTo("ok");
        }
    }
}
