package dev.evenkeel.http;

import static dev.evenkeel.http.Http2Frames.DATA;
import static dev.evenkeel.http.Http2Frames.END_HEADERS;
import static dev.evenkeel.http.Http2Frames.END_STREAM;
import static dev.evenkeel.http.Http2Frames.FRAME_MAX;
import static dev.evenkeel.http.Http2Frames.HEADERS;
import static dev.evenkeel.http.Http2Frames.RST_STREAM;
import static dev.evenkeel.http.Http2Frames.SETTINGS;
import static dev.evenkeel.http.Http2Frames.WINDOW;
import static dev.evenkeel.http.Http2Frames.WINDOW_UPDATE;
import static dev.evenkeel.http.Http2Frames.frame;
import static dev.evenkeel.http.Http2Frames.nextFrame;
import static dev.evenkeel.http.Http2Frames.postHeaders;
import static dev.evenkeel.http.Http2Frames.preface;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.Ticker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** HTTP/2 clients that use every byte of window they are given, or give none. */
class Http2LimitsTest {
    private static final HttpServerOptions OPTIONS =
            HttpServerOptions.defaults().withAddress("localhost", 0).withBodyBytesMax(4_000_000);

    private static HttpAnswer echo(HttpCall call) {
        return new HttpAnswer(200, List.of(), call.body());
    }

    /** The client sends whatever the windows let it, on as many streams as it may open, and finishes none. */
    @Test
    void halfSentBodiesOfOneConnectionAreBounded() throws Exception {
        int streams = 128;
        int bodyBytesMax = 4_000_000;
        var session = Http2Session.create(
                OPTIONS.withBodyBytesMax(bodyBytesMax),
                Http2LimitsTest::echo,
                new Connections(OPTIONS, Ticker.system()));
        var channel = new EmbeddedChannel();
        channel.pipeline().addLast(session);
        channel.writeInbound(Unpooled.wrappedBuffer(preface()));
        var client = new Windows();
        for (int i = 0; i < streams; i++) {
            channel.writeInbound(Unpooled.wrappedBuffer(frame(HEADERS, END_HEADERS, 2 * i + 1, postHeaders())));
        }
        boolean progress = true;
        while (progress) {
            progress = false;
            for (int i = 0; i < streams; i++) {
                int bytes = client.allowed(2 * i + 1, bodyBytesMax);
                if (bytes > 0) {
                    progress = true;
                    channel.writeInbound(Unpooled.wrappedBuffer(frame(DATA, 0, 2 * i + 1, new byte[bytes])));
                }
                client.update(channel);
            }
        }
        assertThat(channel.isOpen()).isTrue();
        assertThat(client.connection).isPositive(); // a small request would still get in
        assertThat(session.bodyBytes())
                .isGreaterThan(bodyBytesMax) // one body is whole but for its end
                .isLessThanOrEqualTo(BodyBudget.FREE_BYTES + bodyBytesMax + (long) streams * WINDOW);
        for (int i = 0; i < streams; i++) {
            channel.writeInbound(Unpooled.wrappedBuffer(frame(RST_STREAM, 0, 2 * i + 1, new byte[4])));
        }
        assertThat(session.bodyBytes()).isZero();
        channel.finishAndReleaseAll();
    }

    @Test
    void streamThatNeverEndsDoesNotBlockTheOthersForEver() throws Exception {
        var options = OPTIONS.withTimeouts(Duration.ofMillis(400), Duration.ofMinutes(5));
        try (var server = HttpServer.start(
                        options, call -> HttpAnswer.empty(call.body().length == WINDOW + 1 ? 200 : 400));
                var client = new RawClient(server.address())) {
            client.send(preface());
            for (int stream = 1; stream <= 35; stream += 2) { // more than is free, so the last is favoured
                client.send(frame(HEADERS, END_HEADERS, stream, postHeaders()));
                sendWindow(client, stream);
            }
            client.send(frame(HEADERS, END_HEADERS, 101, postHeaders()));
            sendWindow(client, 101);
            var in = new DataInputStream(client.in());
            Http2Frames.Frame next = nextFrame(in);
            while (next.type() != WINDOW_UPDATE || next.stream() != 101) {
                assertThat(next.type() == RST_STREAM && next.stream() == 101).isFalse();
                next = nextFrame(in);
            }
            client.send(frame(DATA, END_STREAM, 101, new byte[1]));
            while (next.type() != HEADERS) {
                next = nextFrame(in);
            }
            assertThat(next.stream()).isEqualTo(101);
            assertThat(next.payload()[0]).isEqualTo((byte) 0x88); // HPACK: :status 200
        }
    }

    @Test
    void answersThatAreNeverTakenAreReset() throws Exception {
        var options = OPTIONS.withTimeouts(Duration.ofMillis(200), Duration.ofMinutes(5));
        byte[] windowZero = {0, 4, 0, 0, 0, 0}; // SETTINGS_INITIAL_WINDOW_SIZE
        try (var server = HttpServer.start(options, Http2LimitsTest::echo);
                var client = new RawClient(server.address())) {
            client.send(preface()).send(frame(SETTINGS, 0, 0, windowZero));
            for (int stream = 1; stream <= 5; stream += 2) {
                client.send(frame(HEADERS, END_HEADERS, stream, postHeaders()));
                client.send(frame(DATA, END_STREAM, stream, new byte[100]));
            }
            var in = new DataInputStream(client.in());
            var reset = new ArrayList<Integer>();
            while (reset.size() < 3) {
                Http2Frames.Frame next = nextFrame(in);
                assertThat(next.type()).isNotEqualTo(DATA);
                if (next.type() == RST_STREAM) {
                    reset.add(next.stream());
                }
            }
            assertThat(reset).containsExactlyInAnyOrder(1, 3, 5);
        }
    }

    private static void sendWindow(RawClient client, int stream) throws IOException {
        for (int left = WINDOW; left > 0; left -= FRAME_MAX) {
            client.send(frame(DATA, 0, stream, new byte[Math.min(left, FRAME_MAX)]));
        }
    }

    /** A client's view of how much it may send. */
    private static final class Windows {
        private final Map<Integer, Integer> streams = new HashMap<>();
        private final Map<Integer, Integer> sent = new HashMap<>();
        private long connection = WINDOW;

        int allowed(int stream, int bodyBytesMax) {
            int window = streams.getOrDefault(stream, WINDOW);
            int left = bodyBytesMax - sent.getOrDefault(stream, 0);
            int bytes = (int) Math.min(Math.min(FRAME_MAX, left), Math.min(window, connection));
            streams.put(stream, window - bytes);
            sent.merge(stream, bytes, Integer::sum);
            connection -= bytes;
            return bytes;
        }

        void update(EmbeddedChannel channel) throws IOException {
            var written = new ByteArrayOutputStream();
            for (ByteBuf piece = channel.readOutbound(); piece != null; piece = channel.readOutbound()) {
                piece.readBytes(written, piece.readableBytes());
                piece.release();
            }
            var in = new DataInputStream(new ByteArrayInputStream(written.toByteArray()));
            while (in.available() > 0) {
                Http2Frames.Frame next = nextFrame(in);
                if (next.type() == WINDOW_UPDATE && next.stream() == 0) {
                    connection += ByteBuffer.wrap(next.payload()).getInt();
                } else if (next.type() == WINDOW_UPDATE) {
                    streams.merge(next.stream(), ByteBuffer.wrap(next.payload()).getInt(), Integer::sum);
                }
            }
        }
    }
}
