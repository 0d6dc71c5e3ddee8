package dev.evenkeel.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.List;
import java.util.Locale;

/** One HTTP/2 answer while it leaves: the client's windows may keep it here long after it was written. */
final class Http2Answer {
    private final HttpAnswer answer;
    private final ByteBuf body; // shrinks as its bytes pass flow control
    private int unsentBytes;
    private long sinceNanos; // when it last shrank

    Http2Answer(HttpAnswer answer, long nowNanos) {
        this.answer = answer;
        this.body = Unpooled.wrappedBuffer(answer.body());
        this.unsentBytes = body.readableBytes();
        this.sinceNanos = nowNanos;
    }

    boolean isBodiless() {
        return answer.body().length == 0;
    }

    ByteBuf body() {
        return body;
    }

    Http2Headers headers(String date) {
        Http2Headers headers = new DefaultHttp2Headers();
        headers.status(Integer.toString(answer.status()));
        headers.set("content-length", Integer.toString(answer.body().length));
        List<String> given = answer.headers();
        for (int i = 0; i < given.size(); i += 2) {
            headers.add(given.get(i).toLowerCase(Locale.ROOT), given.get(i + 1));
        }
        return headers.set("date", date);
    }

    /** How long nothing of it has gone. Ask once per sweep. */
    long stuckFor(long nowNanos) {
        int unsent = body.readableBytes();
        if (unsent != unsentBytes) {
            unsentBytes = unsent;
            sinceNanos = nowNanos;
        }
        return nowNanos - sinceNanos;
    }
}
