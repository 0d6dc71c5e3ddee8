package dev.evenkeel.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a connection's first bytes and makes way for the protocol they speak. HTTP/2 with prior knowledge opens with
 * a preface that no HTTP/1.1 request can begin with.
 */
final class ProtocolSelector extends ByteToMessageDecoder implements Connections.Watched {
    private static final byte[] PREFACE = prefaceBytes();

    private final HttpServerOptions options;
    private final RequestHandler handler;
    private final Connections connections;
    private @Nullable ChannelHandlerContext context; // null until added to its pipeline
    private long openedNanos;

    ProtocolSelector(HttpServerOptions options, RequestHandler handler, Connections connections) {
        this.options = options;
        this.handler = handler;
        this.connections = connections;
    }

    private static byte[] prefaceBytes() {
        ByteBuf preface = Http2CodecUtil.connectionPrefaceBuf();
        byte[] bytes = new byte[preface.readableBytes()];
        preface.readBytes(bytes);
        preface.release();
        return bytes;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        connections.opened(ctx.channel(), this);
        openedNanos = connections.watchOf(ctx.channel().eventLoop()).nowNanos();
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        int seen = Math.min(in.readableBytes(), PREFACE.length);
        for (int i = 0; i < seen; i++) {
            if (in.getByte(in.readerIndex() + i) != PREFACE[i]) {
                becomeHttp1(ctx);
                return;
            }
        }
        if (seen == PREFACE.length) {
            becomeHttp2(ctx);
        }
    }

    private void becomeHttp1(ChannelHandlerContext ctx) {
        var connection = new Http1Session(options, handler, connections);
        ctx.pipeline().addLast(new Http1Decoder(options), connection);
        connections.changed(ctx.channel(), connection);
        ctx.pipeline().remove(this);
    }

    private void becomeHttp2(ChannelHandlerContext ctx) {
        Http2Session connection = Http2Session.create(options, handler, connections);
        ctx.pipeline().addLast(connection);
        connections.changed(ctx.channel(), connection);
        ctx.pipeline().remove(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close(); // the client is gone, or never spoke
    }

    @Override
    public void checkTime(long nowNanos) {
        long waited = nowNanos - openedNanos;
        long patience = actualReadableBytes() > 0
                ? options.requestTimeout().toNanos()
                : options.idleTimeout().toNanos();
        if (waited > patience) {
            drain();
        }
    }

    @Override
    public void drain() {
        Objects.requireNonNull(context).close();
    }
}
