package dev.evenkeel.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;

/** One HTTP/2 request while it arrives. */
final class Http2Request {
    private final Http2Headers headers;
    private final BodyBuilder body;
    private final BodyBudget.Share share;
    private long sinceNanos;

    Http2Request(int streamId, Http2Headers headers, long nowNanos) {
        this.headers = headers;
        this.body = new BodyBuilder(headers.getLong("content-length", -1L));
        this.share = new BodyBudget.Share(streamId);
        this.sinceNanos = nowNanos;
    }

    BodyBudget.Share share() {
        return share;
    }

    boolean hasRoomFor(ByteBuf piece, int bodyBytesMax) {
        return body.length() + (long) piece.readableBytes() <= bodyBytesMax;
    }

    void append(ByteBuf piece) {
        body.append(piece);
    }

    /** It may go on after we held it back; the client could not know that it was slow. */
    void goesOn(long nowNanos) {
        sinceNanos = nowNanos;
    }

    long age(long nowNanos) {
        return nowNanos - sinceNanos;
    }

    HttpCall call() {
        return new HttpCall(
                String.valueOf(headers.method()), String.valueOf(headers.path()), headers::get, body.build());
    }
}
