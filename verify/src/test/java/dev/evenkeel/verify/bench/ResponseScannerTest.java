package dev.evenkeel.verify.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ResponseScannerTest {
    private static final int SPLITS = 200;

    private record Case(String response, int status, String body, boolean closes) {
        @Override
        public String toString() {
            return response.replace("\r\n", " / ");
        }
    }

    static Case[] cases() {
        return new Case[] {
            new Case("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{\"Item\":{}}", 200, "{\"Item\":{}}", false),
            new Case("HTTP/1.1 200 OK\r\ncontent-length:2\r\nConnection: Close\r\n\r\n{}", 200, "{}", true),
            new Case("HTTP/1.1 400 Bad Request\r\nCONTENT-LENGTH: 0\r\n\r\n", 400, "", false),
            new Case("HTTP/1.1 204 No Content\r\n\r\n", 204, "", false),
            new Case("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", 200, "x", false),
            new Case(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;a=b\r\nWiki\r\n6\r\npedia \r\nE\r\n"
                            + "in \r\n\r\nchunks.\r\n0\r\n\r\n",
                    200,
                    "Wikipedia in \r\n\r\nchunks.",
                    false),
            new Case(
                    "HTTP/1.1 500 Oh\r\ntransfer-encoding: Chunked\r\n\r\n0\r\nTrailer: x\r\nOther: y\r\n\r\n",
                    500,
                    "",
                    false),
            new Case("HTTP/1.1 200 OK\nContent-Length: 3\n\nabc", 200, "abc", false),
            new Case(
                    "HTTP/1.1 200 OK\r\nX-Long: " + "z".repeat(5000) + "\r\nContent-Length: 1\r\n\r\n1",
                    200,
                    "1",
                    false)
        };
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsTheEndHoweverTheBytesArrive(Case expected) {
        var bytes = (expected.response + "HTTP/1.1 next").getBytes(StandardCharsets.US_ASCII);
        var scanner = new ResponseScanner();
        for (long seed = 0; seed < SPLITS; seed++) {
            scanner.reset();
            int end = feed(scanner, bytes, new SplittableRandom(seed));
            assertThat(end).as("end, seed %d", seed).isEqualTo(expected.response.length());
            assertThat(scanner.status()).isEqualTo(expected.status);
            assertThat(scanner.bodyBytes()).isEqualTo(expected.body.length());
            assertThat(scanner.bodyStart()).isEqualTo(expected.body);
            assertThat(scanner.closes()).isEqualTo(expected.closes);
        }
    }

    /** Feeds random pieces until the response is complete; answers how many bytes were taken. */
    private static int feed(ResponseScanner scanner, byte[] bytes, SplittableRandom random) {
        int at = 0;
        while (at < bytes.length) {
            int piece = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 3 : 200));
            var in = ByteBuffer.wrap(bytes, at, piece);
            boolean complete = scanner.feed(in);
            at = in.position();
            if (complete) {
                return at;
            }
        }
        throw new AssertionError("never complete");
    }

    @Test
    void keepsOnlyTheStartOfALongBody() {
        var body = "abcdefgh".repeat(1000);
        var scanner = new ResponseScanner();
        scanner.reset();
        var head = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n";
        feed(scanner, (head + body).getBytes(StandardCharsets.US_ASCII), new SplittableRandom(1));
        assertThat(scanner.bodyBytes()).isEqualTo(8000);
        assertThat(scanner.bodyStart()).isEqualTo(body.substring(0, ResponseScanner.BODY_START_BYTES_MAX));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH\r\n",
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"
            })
    void whatIsNoResponseIsRefused(String text) {
        var scanner = new ResponseScanner();
        scanner.reset();
        assertThatThrownBy(() -> scanner.feed(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII))))
                .isInstanceOf(BenchException.class);
    }
}
