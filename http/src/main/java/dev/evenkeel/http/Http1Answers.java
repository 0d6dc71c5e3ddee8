package dev.evenkeel.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes answers of HTTP/1.1 straight into one buffer. Netty's response encoder wants a header map per answer and makes two
 * buffers of it; ours is a copy of a few constants.
 */
final class Http1Answers {
    private static final byte[] OK = ascii("HTTP/1.1 200 OK\r\ncontent-length: ");
    private static final byte[] DATE = ascii("\r\ndate: ");
    private static final byte[] CLOSE = ascii("\r\nconnection: close");
    private static final byte[] KEEP_ALIVE = ascii("\r\nconnection: keep-alive");
    private static final byte[] END = ascii("\r\n\r\n");
    private static final byte[] CONTINUE = ascii("HTTP/1.1 100 Continue\r\n\r\n");
    private static final byte[] SWITCH =
            ascii("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n");
    private static final int HEAD_BYTES_GUESS = 320;

    /** What the connection is told about its future. HTTP/1.1 assumes it stays; HTTP/1.0 has to be told. */
    enum Persistence {
        STAYS,
        STAYS_AND_SAYS_SO,
        CLOSES
    }

    private Http1Answers() {}

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static ByteBuf interim(ByteBufAllocator allocator) {
        return allocator.directBuffer(CONTINUE.length).writeBytes(CONTINUE);
    }

    static ByteBuf switchToHttp2(ByteBufAllocator allocator) {
        return allocator.directBuffer(SWITCH.length).writeBytes(SWITCH);
    }

    /** @param headOnly the request was HEAD: everything but the body */
    static ByteBuf encode(
            ByteBufAllocator allocator, HttpAnswer answer, Persistence persistence, String date, boolean headOnly) {
        byte[] body = answer.body();
        ByteBuf out = allocator.directBuffer(HEAD_BYTES_GUESS + body.length);
        if (answer.status() == 200) {
            out.writeBytes(OK);
        } else {
            String status = HttpResponseStatus.valueOf(answer.status()).toString();
            text(out, "HTTP/1.1 " + status + "\r\ncontent-length: ");
        }
        text(out, Integer.toString(body.length));
        List<String> headers = answer.headers();
        for (int i = 0; i < headers.size(); i += 2) {
            out.writeByte('\r').writeByte('\n');
            text(out, headers.get(i));
            out.writeByte(':').writeByte(' ');
            text(out, headers.get(i + 1));
        }
        out.writeBytes(DATE);
        text(out, date);
        switch (persistence) {
            case STAYS -> {}
            case STAYS_AND_SAYS_SO -> out.writeBytes(KEEP_ALIVE);
            case CLOSES -> out.writeBytes(CLOSE);
        }
        out.writeBytes(END);
        return headOnly ? out : out.writeBytes(body);
    }

    private static void text(ByteBuf out, String text) {
        out.writeCharSequence(text, StandardCharsets.US_ASCII);
    }
}
