package dev.evenkeel.transport;

import dev.evenkeel.model.Ticker;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, from either end: frames in and out, hello first, signs of life, and the reason for its end.
 *
 * <p>A connection belongs to the node that dialled it: it carries that node's requests and the answers to them. So two
 * nodes that talk both ways have two. One for both was the other design; it needs a rule for which of two survives when
 * both dial at once, and a break in it always hits both directions. Here each side looks after its own.
 *
 * <p>Only the event loop of the channel touches this.
 */
abstract class Connection extends ChannelInboundHandlerAdapter implements FrameReader.Sink {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final byte[] NOTHING = new byte[0];

    /** The event loops sleep by this one. */
    private static final Ticker CLOCK = Ticker.system();

    final TransportOptions options;
    final Channel channel;
    final FrameWriter writer;
    private final FrameReader reader = new FrameReader(Hello.PAYLOAD_BYTES_MAX);
    private final KeepAlive keepAlive;

    private boolean established;
    private boolean faulty;

    /** Why it is being closed; null while nobody has said. */
    private @Nullable String reason;

    Connection(TransportOptions options, Channel channel) {
        this.options = options;
        this.channel = channel;
        this.writer = new FrameWriter(channel, options.tls().isPresent());
        this.keepAlive = new KeepAlive(writer);
    }

    /** The other side is there; with TLS, it has shown a certificate of the right authority. */
    abstract void opened() throws FrameException;

    /** A frame other than those that keep the connection alive. */
    abstract void received(FrameHeader header, byte[] payload) throws FrameException;

    /** It is no more. Called once. */
    abstract void ended(String why);

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel.eventLoop()
                .schedule(this::checkHello, options.timings().helloTimeout().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void checkHello() {
        if (!established && takesFrames()) {
            close("nothing was heard of a node in " + options.timings().helloTimeout());
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws FrameException {
        if (options.tls().isEmpty()) {
            opened();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws FrameException {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                opened();
            } else {
                close(ofTls(handshake.cause()));
            }
        }
    }

    private static String ofTls(Throwable cause) {
        if (cause instanceof ClosedChannelException) {
            return "closed during the TLS handshake";
        }
        // the message has all of what came instead, in hexadecimal
        return cause instanceof NotSslRecordException ? "not TLS" : "TLS: " + Failures.messageOf(cause);
    }

    /** Both have said who they are. */
    void established() {
        established = true;
        reader.allow(options.limits().payloadBytesMax());
        scheduleTick();
    }

    boolean isEstablished() {
        return established;
    }

    /** Whether it ends for a reason that somebody should look into. */
    boolean isFaulty() {
        return faulty;
    }

    /** Together with those of the other connections: it is waking up that costs an idle node. */
    private void scheduleTick() {
        long tickNanos = options.timings().pingInterval().toNanos() / KeepAlive.TICKS;
        long left = tickNanos - Math.floorMod(CLOCK.nanos(), tickNanos);
        channel.eventLoop().schedule(this::tick, left, TimeUnit.NANOSECONDS);
    }

    private void tick() {
        if (!takesFrames()) {
            return;
        }
        if (keepAlive.tick()) {
            scheduleTick();
        } else {
            faulty = true;
            close("dead: no sign of life for two ping intervals of "
                    + options.timings().pingInterval());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var in = (ByteBuf) message;
        try {
            keepAlive.heard();
            reader.read(in, this);
        } catch (FrameException e) {
            faulty = true;
            close(Failures.messageOf(e));
        } finally {
            in.release();
        }
    }

    @Override
    public void frame(FrameHeader header, byte[] payload) throws FrameException {
        switch (header.kind()) {
            case PING -> {
                writer.addUrgent(new OutFrame(FrameKind.PONG, 0, NOTHING));
                writer.pump();
            }
            case PONG -> {} // that something arrived is all it says
            case HELLO, REQUEST, RESPONSE, FAILURE -> received(header, payload);
        }
    }

    @Override
    public boolean takesFrames() {
        return reason == null && channel.isOpen();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        writer.pump();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Throwable told = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        if (told instanceof RuntimeException || told instanceof Error) {
            LOG.error(
                    "{}: closing the connection with {} after a fault", options.self(), channel.remoteAddress(), told);
        }
        close(told instanceof SSLException ? ofTls(told) : Failures.messageOf(told));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end(established ? "the other side has closed the connection" : "closed before saying hello");
    }

    /** Closes it; nothing that has arrived is taken any more. The first reason counts. */
    void close(String why) {
        if (reason == null) {
            reason = why;
            channel.close();
        }
    }

    /** As {@link #close}, after what was written has left, or cannot. */
    void closeAfterWriting(String why) {
        if (reason == null) {
            reason = why;
            channel.writeAndFlush(channel.alloc().buffer(0)).addListener(_ -> channel.close());
        }
    }

    private void end(String why) {
        String first = reason == null ? why : reason;
        reason = first;
        writer.drop();
        ended(first);
    }

    /** Why a certificate does not prove the other side to be a node; null when it does, or nobody asks for one. */
    @Nullable
    String objectionToCertificate(String node) {
        var tls = channel.pipeline().get(SslHandler.class);
        return tls == null ? null : PeerTls.objection(tls.engine().getSession(), node);
    }
}
