package dev.evenkeel.transport;

import dev.evenkeel.model.Ticker;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A node among others on a network. Frames with checksums over TCP, with TLS on both sides where the options say so; each
 * node dials one connection to each other that it calls. What is on the wire is in {@link FrameHeader} and {@link Hello},
 * how a node that is gone is noticed in {@link KeepAlive}, how it is found again in {@link Peer}.
 */
public final class NettyTransport implements Transport {
    private static final int BACKLOG = 256;

    private final TransportOptions options;
    private final EventLoopGroup group;
    private final Dialler dialler;
    private final Ticker ticker = Ticker.system();
    private final Services services = new Services();
    private final Guests guests;
    private final ChannelGroup accepted = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final Map<String, Peer> peers = new ConcurrentHashMap<>();

    /** Null until it listens; only {@link #start} makes one. */
    private @Nullable Channel listener;

    private volatile boolean closed;

    private NettyTransport(TransportOptions options, @Nullable PeerTls tls) {
        this.options = options;
        this.group = new MultiThreadIoEventLoopGroup(
                options.ioThreads(),
                new DefaultThreadFactory("transport-" + options.self(), true),
                NioIoHandler.newFactory());
        this.dialler = new Dialler(options, tls);
        this.guests = new Guests(options.self(), this::seen);
    }

    /**
     * Starts to listen. Handlers may be added before or after another node's first request; one that comes earlier is
     * refused.
     *
     * @throws IOException when the address cannot be had or the TLS files are not in order
     */
    public static NettyTransport start(TransportOptions options) throws IOException {
        PeerTls tls = options.tls().isPresent() ? PeerTls.of(options.tls().get()) : null;
        var host = InetAddress.getByName(options.listen().host());
        var transport = new NettyTransport(options, tls);
        transport.listen(new InetSocketAddress(host, options.listen().port()), tls);
        return transport;
    }

    private void listen(InetSocketAddress address, @Nullable PeerTls tls) throws IOException {
        ChannelFuture bound = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOCATOR, Sockets.ALLOCATOR)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, Sockets.receiving())
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, Sockets.WATER_MARKS)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel, tls);
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            group.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
            throw bound.cause() instanceof IOException reason ? reason : new IOException(bound.cause());
        }
        listener = bound.channel();
    }

    private void accept(Channel channel, @Nullable PeerTls tls) {
        accepted.add(channel); // closes it when the group is closed already
        if (tls != null) {
            channel.pipeline().addLast(tls.accepting(channel.alloc()));
        }
        channel.pipeline().addLast(new AcceptedConnection(options, channel, services, guests));
    }

    /** Where it listens; the port is the real one when 0 was asked for. */
    public PeerAddress address() {
        var channel = listener;
        if (channel == null) {
            throw new IllegalStateException("not started");
        }
        var address = (InetSocketAddress) channel.localAddress();
        return new PeerAddress(options.listen().host(), address.getPort());
    }

    @Override
    public String self() {
        return options.self();
    }

    @Override
    public void serve(int service, RequestHandler handler) {
        services.serve(service, handler);
    }

    @Override
    public CompletableFuture<byte[]> call(String node, int service, byte[] request, Duration timeout) {
        Services.checkNumber(service);
        options.limits().checkPayload(request);
        Peer peer = peers.computeIfAbsent(node, this::newPeer);
        if (closed) { // it may have come after everyone was told
            peer.close();
        }
        return peer.call(service, request, timeout);
    }

    private Peer newPeer(String node) {
        Hello.checkName("a node's id", node);
        return new Peer(options, node, group.next(), dialler, ticker);
    }

    private void seen(String node) {
        Peer peer = peers.get(node);
        if (peer != null) {
            peer.loop().execute(peer::seen);
        }
    }

    @Override
    public boolean isConnected(String node) {
        Peer peer = peers.get(node);
        return peer != null && peer.isConnected();
    }

    /** Not to be called from a handler: it waits for those to return. */
    @Override
    public void close() {
        closed = true;
        var channel = listener;
        if (channel != null) {
            channel.close().awaitUninterruptibly();
        }
        peers.values().forEach(this::end);
        accepted.close().awaitUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        peers.values().forEach(Peer::failLateCalls);
    }

    private void end(Peer peer) {
        peer.close();
        if (!peer.loop().isShuttingDown()) {
            peer.loop().execute(peer::end);
        }
    }
}
