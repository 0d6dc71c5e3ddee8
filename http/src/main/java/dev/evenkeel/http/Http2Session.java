package dev.evenkeel.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The state of one HTTP/2 connection: a body under construction per open stream. Netty's handler below does frames and flow
 * control; the multiplexing one above it, with a channel per stream, would cost more than the request itself.
 */
final class Http2Session extends Http2ConnectionHandler implements Connections.Watched {
    /** Requests under way. A client that resets streams to get around it is refused new ones. */
    private static final int STREAMS_MAX = 128;

    /** What a client may send ahead on one stream; two large items fit without a pause. */
    private static final int WINDOW_BYTES = 1024 * 1024;

    private static final int UPGRADED_STREAM = 1;

    private final HttpServerOptions options;
    private final RequestHandler handler;
    private final Connections connections;
    private final Http2Connection.PropertyKey incomingKey;
    private @Nullable ChannelHandlerContext context; // null until added to its pipeline
    private int underWay;
    private long quietSinceNanos;
    private long unwrittenBytes;
    private long unwrittenSinceNanos;

    /** A request whose end has not come. */
    private static final class Incoming {
        final Http2Headers headers;
        final BodyBuilder body;
        final long sinceNanos;

        Incoming(Http2Headers headers, long sinceNanos) {
            this.headers = headers;
            this.body = new BodyBuilder(headers.getLong("content-length", -1L));
            this.sinceNanos = sinceNanos;
        }

        HttpCall call() {
            return new HttpCall(
                    String.valueOf(headers.method()), String.valueOf(headers.path()), headers::get, body.build());
        }
    }

    private Http2Session(
            Http2ConnectionDecoder decoder,
            Http2ConnectionEncoder encoder,
            Http2Settings settings,
            HttpServerOptions options,
            RequestHandler handler,
            Connections connections) {
        super(decoder, encoder, settings);
        this.options = options;
        this.handler = handler;
        this.connections = connections;
        this.incomingKey = connection().newKey();
    }

    static Http2Session create(HttpServerOptions options, RequestHandler handler, Connections connections) {
        return new Builder(options, handler, connections).build();
    }

    private static final class Builder extends AbstractHttp2ConnectionHandlerBuilder<Http2Session, Builder> {
        private final HttpServerOptions options;
        private final RequestHandler handler;
        private final Connections connections;

        Builder(HttpServerOptions options, RequestHandler handler, Connections connections) {
            this.options = options;
            this.handler = handler;
            this.connections = connections;
            connection(new DefaultHttp2Connection(true));
            gracefulShutdownTimeoutMillis(options.shutdownTimeout().toMillis());
            initialSettings(Http2Settings.defaultSettings()
                    .maxConcurrentStreams(STREAMS_MAX)
                    .initialWindowSize(WINDOW_BYTES)
                    .maxHeaderListSize(options.headBytesMax()));
        }

        @Override
        protected Http2Session build() {
            return super.build();
        }

        @Override
        protected Http2Session build(
                Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
            var made = new Http2Session(decoder, encoder, settings, options, handler, connections);
            frameListener(made.new Frames());
            return made;
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
        super.handlerAdded(ctx);
        context = ctx;
        quietSinceNanos = nowNanos();
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }

    private long nowNanos() {
        return connections.watchOf(context().channel().eventLoop()).nowNanos();
    }

    /** Goes on with the request that asked for the upgrade; its answer belongs to stream 1. */
    void upgraded(Http2Settings clientSettings, HttpCall call) {
        try {
            onHttpServerUpgrade(clientSettings);
            start(UPGRADED_STREAM, call);
        } catch (Http2Exception e) {
            onError(context(), false, e);
        }
    }

    /** What the client's frames do. */
    private final class Frames extends Http2EventAdapter {
        @Override
        public void onHeadersRead(
                ChannelHandlerContext ctx,
                int streamId,
                Http2Headers headers,
                int dependency,
                short weight,
                boolean exclusive,
                int padding,
                boolean endOfStream)
                throws Http2Exception {
            onHeadersRead(ctx, streamId, headers, padding, endOfStream);
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext ctx, int streamId, Http2Headers headers, int padding, boolean endOfStream)
                throws Http2Exception {
            Http2Stream stream = connection().stream(streamId);
            Incoming incoming = stream.getProperty(incomingKey);
            if (incoming == null) { // else these are trailers, which say nothing to us
                if (underWay >= STREAMS_MAX) {
                    throw Http2Exception.streamError(streamId, Http2Error.REFUSED_STREAM, "too many requests");
                }
                incoming = new Incoming(headers, nowNanos());
                stream.setProperty(incomingKey, incoming);
            }
            if (endOfStream) {
                finish(streamId, stream, incoming);
            }
        }

        @Override
        public int onDataRead(ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean endOfStream) {
            int consumed = data.readableBytes() + padding;
            Http2Stream stream = connection().stream(streamId);
            Incoming incoming = stream == null ? null : stream.getProperty(incomingKey);
            if (stream == null || incoming == null) {
                return consumed; // refused already; what was on its way is thrown away
            }
            if (incoming.body.length() + data.readableBytes() > options.bodyBytesMax()) {
                stream.removeProperty(incomingKey);
                write(streamId, HttpAnswer.empty(413));
                return consumed;
            }
            incoming.body.append(data);
            if (endOfStream) {
                finish(streamId, stream, incoming);
            }
            return consumed;
        }

        private void finish(int streamId, Http2Stream stream, Incoming incoming) {
            stream.removeProperty(incomingKey);
            start(streamId, incoming.call());
        }
    }

    private void start(int streamId, HttpCall call) {
        underWay++;
        Exchange.start(handler, call, context().channel().eventLoop(), answer -> {
            underWay--;
            quietSinceNanos = nowNanos();
            write(streamId, answer);
        });
    }

    private void write(int streamId, HttpAnswer answer) {
        ChannelHandlerContext ctx = context();
        if (!ctx.channel().isActive() || connection().stream(streamId) == null) {
            return; // the client took its request back
        }
        boolean bodiless = answer.body().length == 0;
        encoder().writeHeaders(ctx, streamId, headersOf(answer), 0, bodiless, ctx.newPromise());
        if (!bodiless) {
            ByteBuf body = Unpooled.wrappedBuffer(answer.body());
            encoder().writeData(ctx, streamId, body, 0, true, ctx.newPromise());
        }
        flush(ctx); // ours, not the context's: it first moves what flow control lets pass
    }

    private Http2Headers headersOf(HttpAnswer answer) {
        Http2Headers headers = new DefaultHttp2Headers();
        headers.status(Integer.toString(answer.status()));
        headers.set("content-length", Integer.toString(answer.body().length));
        List<String> given = answer.headers();
        for (int i = 0; i < given.size(); i += 2) {
            headers.add(given.get(i).toLowerCase(Locale.ROOT), given.get(i + 1));
        }
        return headers.set(
                "date", connections.watchOf(context().channel().eventLoop()).date());
    }

    @Override
    public void checkTime(long nowNanos) {
        long patience = options.requestTimeout().toNanos();
        if (isStuckWriting(nowNanos)) {
            context().channel().close();
            return;
        }
        for (int streamId : streamsBegunBefore(nowNanos - patience)) {
            resetStream(context(), streamId, Http2Error.CANCEL.code(), context().newPromise());
            flush(context());
        }
        boolean quiet = underWay == 0 && connection().numActiveStreams() == 0;
        if (quiet && nowNanos - quietSinceNanos > options.idleTimeout().toNanos()) {
            endGently();
        }
    }

    private List<Integer> streamsBegunBefore(long limitNanos) {
        var late = new ArrayList<Integer>();
        try {
            connection().forEachActiveStream(stream -> {
                Incoming incoming = stream.getProperty(incomingKey);
                if (incoming != null && incoming.sinceNanos - limitNanos < 0) {
                    late.add(stream.id());
                }
                return true;
            });
        } catch (Http2Exception e) {
            throw new IllegalStateException(e); // the visitor above throws nothing
        }
        return late;
    }

    private boolean isStuckWriting(long nowNanos) {
        ChannelOutboundBuffer buffer = context().channel().unsafe().outboundBuffer();
        long unwritten = buffer == null ? 0 : buffer.totalPendingWriteBytes();
        if (unwritten == 0 || unwritten != unwrittenBytes) {
            unwrittenBytes = unwritten;
            unwrittenSinceNanos = nowNanos;
        }
        return nowNanos - unwrittenSinceNanos > options.requestTimeout().toNanos();
    }

    @Override
    public void drain() {
        endGently();
    }

    /** Says GOAWAY and closes when the open streams are done. */
    private void endGently() {
        try {
            close(context(), context().newPromise()); // ours, not the context's, which would just close
        } catch (Exception e) {
            onError(context(), true, e);
        }
    }
}
