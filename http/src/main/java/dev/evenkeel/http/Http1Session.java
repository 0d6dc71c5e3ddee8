package dev.evenkeel.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The state of one HTTP/1.1 connection. At most one request is with the handler; those behind it wait in order, and when
 * too many wait, the socket is not read. Only the event loop touches it.
 *
 * <p>A connection that refuses a request (malformed, too large, too slow) answers, ends its own side, and goes on throwing
 * away what the client is still sending: closing at once would reset the connection and take the answer with it.
 */
final class Http1Session extends ChannelInboundHandlerAdapter implements Connections.Watched {
    private static final int WAITING_MAX = 16;

    /** Bodies that wait for their turn; above it, one large request is let in at a time. */
    private static final int WAITING_BYTES_MAX = 1024 * 1024;

    private final HttpServerOptions options;
    private final RequestHandler handler;
    private final Connections connections;
    private final Queue<Http1Request> waiting = new ArrayDeque<>(2);
    private final WriteWatch writes = new WriteWatch();
    private @Nullable ChannelHandlerContext context; // null until added to its pipeline
    private @Nullable LoopWatch watch; // as context

    private @Nullable Http1Request arriving; // null between requests
    private @Nullable Http1Request underWay; // null while the handler has nothing of ours
    private boolean headBegun; // some bytes of a head are here, the rest is not
    private boolean readSomething;
    private boolean anyRequestYet;
    private boolean readingPaused;
    private boolean
            lastRequest; // nothing after the requests we have is served: refused, draining, or the client's wish
    private boolean discarding; // our side is closed; what comes is thrown away
    private int waitingBytes;
    private long sinceNanos; // when the present state of waiting for the client began

    Http1Session(HttpServerOptions options, RequestHandler handler, Connections connections) {
        this.options = options;
        this.handler = handler;
        this.connections = connections;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        watch = connections.watchOf(ctx.channel().eventLoop());
        sinceNanos = watch.nowNanos();
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }

    private LoopWatch watch() {
        return Objects.requireNonNull(watch);
    }

    // What comes in

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        readSomething = true;
        try {
            if (lastRequest && arriving == null) {
                return;
            }
            if (message instanceof HttpRequest head) {
                begin(new Http1Request(head, options.bodyBytesMax()));
            }
            if (message instanceof HttpContent piece && arriving != null) {
                append(arriving, piece);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(Http1Request request) {
        arriving = request;
        headBegun = false;
        sinceNanos = watch().nowNanos();
        if (request.isRefused()) {
            arrived(request);
        } else if (request.expectsContinue()) {
            maybeContinue();
        }
    }

    /** Lets the client send the body it holds back, once no answer has to go first. */
    private void maybeContinue() {
        if (arriving != null && arriving.bodyLength() == 0 && arriving.expectsContinue() && underWay == null) {
            context().writeAndFlush(Http1Answers.interim(context().alloc()));
        }
    }

    private void append(Http1Request request, HttpContent piece) {
        request.append(piece);
        if (piece instanceof LastHttpContent || request.isRefused()) {
            arrived(request);
        }
    }

    private void arrived(Http1Request request) {
        arriving = null;
        lastRequest |= request.isRefused() || request.persistence() == Http1Answers.Persistence.CLOSES;
        if (!anyRequestYet && switchedToHttp2(request)) {
            return;
        }
        anyRequestYet = true;
        waiting.add(request);
        waitingBytes += request.bodyLength();
        startNext();
        if (!readingPaused && (waiting.size() >= WAITING_MAX || waitingBytes > WAITING_BYTES_MAX)) {
            readingPaused = true;
            context().channel().config().setAutoRead(false);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!readSomething && isQuiet() && !headBegun) {
            headBegun = true; // bytes came, and no request came of them
            sinceNanos = watch().nowNanos();
        }
        readSomething = false;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            arriving = null; // it will never be whole
            lastRequest = true;
            closeIfDone();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close(); // the client is gone; its requests run to their end and their answers are dropped
    }

    // What goes out

    private void startNext() {
        if (underWay != null || discarding || !context().channel().isWritable()) {
            return;
        }
        Http1Request next = waiting.poll();
        if (next == null) {
            return;
        }
        waitingBytes -= next.bodyLength();
        underWay = next;
        if (next.isRefused()) {
            answered(next.refusal());
        } else {
            Exchange.start(handler, next.call(), context().channel().eventLoop(), this::answered);
        }
    }

    private void answered(HttpAnswer answer) {
        Http1Request request = Objects.requireNonNull(underWay);
        underWay = null;
        sinceNanos = watch().nowNanos();
        if (!context().channel().isActive()) {
            waiting.clear();
            return;
        }
        boolean last = request.isRefused() || (lastRequest && waiting.isEmpty() && arriving == null);
        write(answer, last ? Http1Answers.Persistence.CLOSES : request.persistence(), request.isHead());
        if (last) {
            end(request.isRefused());
            return;
        }
        startNext();
        resumeReading();
        maybeContinue();
    }

    private void write(HttpAnswer answer, Http1Answers.Persistence persistence, boolean headOnly) {
        ByteBuf bytes = Http1Answers.encode(context().alloc(), answer, persistence, watch().date(), headOnly);
        context().writeAndFlush(bytes, context().voidPromise());
    }

    /** Closes after what has been written, or half of it while the client may still be sending. */
    private void end(boolean clientMayBeSending) {
        lastRequest = true;
        discarding = true;
        if (clientMayBeSending && context().channel() instanceof SocketChannel socket) {
            resumeReading();
            sinceNanos = watch().nowNanos();
            context().writeAndFlush(context().alloc().buffer(0)).addListener(_ -> socket.shutdownOutput());
        } else {
            context().writeAndFlush(context().alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void resumeReading() {
        if (readingPaused && (discarding || (waiting.size() < WAITING_MAX / 2 && waitingBytes <= WAITING_BYTES_MAX))) {
            readingPaused = false;
            sinceNanos = watch().nowNanos(); // the client could not know that it was slow
            context().channel().config().setAutoRead(true);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        startNext();
    }

    private void closeIfDone() {
        if (discarding || (isQuiet() && arriving == null)) {
            context().close();
        }
    }

    /** Nothing is with the handler and nothing waits for it. */
    private boolean isQuiet() {
        return underWay == null && waiting.isEmpty();
    }

    // Time and the end of time

    @Override
    public void checkTime(long nowNanos) {
        if (writes.isStuck(context().channel(), nowNanos, options.requestTimeout())) {
            context().close();
            return;
        }
        long waited = nowNanos - sinceNanos;
        boolean overdue = waited > options.requestTimeout().toNanos();
        if (discarding) {
            if (overdue) {
                context().close();
            }
        } else if (arriving != null || headBegun) {
            if (overdue && !readingPaused) {
                refuseSlow();
            }
        } else if (isQuiet() && waited > options.idleTimeout().toNanos()) {
            context().close();
        }
    }

    private void refuseSlow() {
        arriving = null;
        headBegun = false;
        lastRequest = true;
        if (isQuiet()) {
            write(HttpAnswer.empty(408), Http1Answers.Persistence.CLOSES, false);
            end(true);
        }
    }

    @Override
    public void drain() {
        lastRequest = true;
        if (isQuiet()) {
            context().close();
        }
    }

    // The other protocol

    private boolean switchedToHttp2(Http1Request request) {
        if (request.isRefused()) {
            return false;
        }
        Optional<Http2Settings> settings =
                Optional.ofNullable(request.http2Settings()).flatMap(Http2Upgrade::settings);
        if (settings.isEmpty()) {
            return false;
        }
        ChannelHandlerContext ctx = context();
        Http2Session next = Http2Session.create(options, handler, connections);
        ctx.writeAndFlush(Http1Answers.switchToHttp2(ctx.alloc()), ctx.voidPromise());
        ctx.pipeline().addLast(next);
        next.upgraded(settings.get(), request.call());
        connections.changed(ctx.channel(), next);
        ctx.pipeline().remove(Http1Decoder.class); // hands the bytes it still holds to its successor
        ctx.pipeline().remove(this);
        return true;
    }
}
