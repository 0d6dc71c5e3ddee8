package dev.evenkeel.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.Http2CodecUtil;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The state of one HTTP/2 connection: per open stream a request that arrives or an answer that leaves. Netty's handler below does frames and flow
 * control; the multiplexing one above it, with a channel per stream, would cost more than the request itself.
 */
final class Http2Session extends Http2ConnectionHandler implements Connections.Watched {
    /** Requests under way. A client that resets streams to get around it is refused new ones. */
    private static final int STREAMS_MAX = 128;

    /** What a client may send ahead on one stream; the protocol's default, so it holds before the client has our settings. */
    private static final int STREAM_WINDOW_BYTES = Http2CodecUtil.DEFAULT_WINDOW_SIZE;

    /**
     * Enough for every stream to be held back with its window used up while one more goes on. Twice that, because Netty
     * refills a window only when half of it has been consumed.
     */
    private static final int CONNECTION_WINDOW_BYTES = 2 * STREAMS_MAX * STREAM_WINDOW_BYTES;

    private static final int UPGRADED_STREAM = 1;

    private final HttpServerOptions options;
    private final RequestHandler handler;
    private final Connections connections;
    private final Http2Connection.PropertyKey stateKey; // Http2Request, nothing while the handler has it, Http2Answer
    private final BodyBudget bodies = new BodyBudget(this::refill);
    private final WriteWatch writes = new WriteWatch();
    private @Nullable ChannelHandlerContext context; // null until added to its pipeline
    private int underWay;
    private long quietSinceNanos;

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
        this.stateKey = connection().newKey();
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
                    .initialWindowSize(STREAM_WINDOW_BYTES)
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
            Frames frames = made.new Frames();
            frameListener(frames);
            made.connection().addListener(frames);
            return made;
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
        super.handlerAdded(ctx);
        context = ctx;
        quietSinceNanos = nowNanos();
        decoder()
                .flowController()
                .incrementWindowSize(
                        connection().connectionStream(), CONNECTION_WINDOW_BYTES - Http2CodecUtil.DEFAULT_WINDOW_SIZE);
    }

    /** Bytes of request bodies this connection keeps. */
    long bodyBytes() {
        return bodies.bytes();
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
            var share = new BodyBudget.Share(UPGRADED_STREAM);
            bodies.take(share, call.body().length, 0); // of no HTTP/2 window: it came before
            start(UPGRADED_STREAM, call, share);
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
            Object state = stream.getProperty(stateKey);
            if (state == null) { // else these are trailers, which say nothing to us
                // a client that has not acknowledged our settings is not held to them by Netty
                if (underWay >= STREAMS_MAX || connection().numActiveStreams() > STREAMS_MAX) {
                    throw Http2Exception.streamError(streamId, Http2Error.REFUSED_STREAM, "too many requests");
                }
                state = new Http2Request(streamId, headers, nowNanos());
                stream.setProperty(stateKey, state);
            }
            if (endOfStream && state instanceof Http2Request request) {
                decoder().flowController().consumeBytes(stream, bodies.takeLast(request.share(), 0, 0));
                finish(stream, request);
            }
        }

        @Override
        public int onDataRead(ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean endOfStream) {
            int bodyBytes = data.readableBytes();
            int windowBytes = bodyBytes + padding;
            Http2Stream stream = connection().stream(streamId);
            if (stream == null || !(stream.getProperty(stateKey) instanceof Http2Request request)) {
                return windowBytes; // refused already; what was on its way is thrown away
            }
            if (!request.hasRoomFor(data, options.bodyBytesMax())) {
                stream.removeProperty(stateKey);
                int held = bodies.done(request.share());
                write(streamId, HttpAnswer.empty(413), false);
                return windowBytes + held;
            }
            request.append(data);
            if (!endOfStream) {
                return bodies.take(request.share(), bodyBytes, windowBytes);
            }
            int refill = bodies.takeLast(request.share(), bodyBytes, windowBytes);
            finish(stream, request);
            return refill;
        }

        private void finish(Http2Stream stream, Http2Request request) {
            stream.removeProperty(stateKey);
            start(stream.id(), request.call(), request.share());
        }

        @Override
        public void onStreamClosed(Http2Stream stream) {
            if (stream.removeProperty(stateKey) instanceof Http2Request request) {
                bodies.done(request.share()); // Netty gives the connection its window back
            }
        }
    }

    /** A stream that was held back goes on. */
    private void refill(int streamId, int windowBytes) {
        Http2Stream stream = connection().stream(streamId);
        if (stream == null || !context().channel().isActive()) {
            return;
        }
        if (stream.getProperty(stateKey) instanceof Http2Request request) {
            request.goesOn(nowNanos());
        }
        try {
            decoder().flowController().consumeBytes(stream, windowBytes);
        } catch (Http2Exception e) {
            onError(context(), false, e);
        }
        flush(context());
    }

    private void start(int streamId, HttpCall call, BodyBudget.Share share) {
        underWay++;
        Exchange.start(handler, call, context().channel().eventLoop(), answer -> {
            underWay--;
            quietSinceNanos = nowNanos();
            bodies.done(share);
            write(streamId, answer, call.method().equals("HEAD"));
        });
    }

    /** @param headOnly the client wants to know what the answer would be, and gets no body */
    private void write(int streamId, HttpAnswer given, boolean headOnly) {
        ChannelHandlerContext ctx = context();
        Http2Stream stream = connection().stream(streamId);
        if (!ctx.channel().isActive() || stream == null) {
            return; // the client took its request back
        }
        var answer = new Http2Answer(given, nowNanos());
        stream.setProperty(stateKey, answer);
        Http2Headers headers =
                answer.headers(connections.watchOf(ctx.channel().eventLoop()).date());
        boolean bodiless = headOnly || answer.isBodiless();
        encoder().writeHeaders(ctx, streamId, headers, 0, bodiless, ctx.newPromise());
        if (!bodiless) {
            encoder().writeData(ctx, streamId, answer.body(), 0, true, ctx.newPromise());
        }
        flush(ctx); // ours, not the context's: it first moves what flow control lets pass
    }

    @Override
    public void checkTime(long nowNanos) {
        if (writes.isStuck(context().channel(), nowNanos, options.requestTimeout())) {
            context().channel().close();
            return;
        }
        for (int streamId : lateStreams(nowNanos)) {
            resetStream(context(), streamId, Http2Error.CANCEL.code(), context().newPromise());
            flush(context());
        }
        boolean quiet = underWay == 0 && connection().numActiveStreams() == 0;
        if (quiet && nowNanos - quietSinceNanos > options.idleTimeout().toNanos()) {
            endGently();
        }
    }

    private List<Integer> lateStreams(long nowNanos) {
        var late = new ArrayList<Integer>();
        try {
            connection().forEachActiveStream(stream -> {
                if (waitedFor(stream, nowNanos) > options.requestTimeout().toNanos()) {
                    late.add(stream.id());
                }
                return true;
            });
        } catch (Http2Exception e) {
            throw new IllegalStateException(e); // the visitor above throws nothing
        }
        return late;
    }

    /** How long the client has neither sent nor taken what it could. */
    private long waitedFor(Http2Stream stream, long nowNanos) {
        Object state = stream.getProperty(stateKey);
        if (state instanceof Http2Request request) {
            boolean waitsForUs =
                    request.share().isHeld() && decoder().flowController().windowSize(stream) <= 0;
            return waitsForUs ? 0 : request.age(nowNanos);
        }
        return state instanceof Http2Answer answer ? answer.stuckFor(nowNanos) : 0;
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
