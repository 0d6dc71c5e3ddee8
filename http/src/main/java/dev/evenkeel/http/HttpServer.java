package dev.evenkeel.http;

import dev.evenkeel.model.Ticker;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Listens on one address, speaks HTTP/1.1 and cleartext HTTP/2 (prior knowledge and upgrade), and hands each request to a
 * {@link RequestHandler} on a virtual thread of its own.
 *
 * <p>An HTTP/1.1 connection has one request under way at a time: pipelined requests are answered in order because they are
 * carried out in order, which is also what a client that pipelines a write and a read expects.
 */
public final class HttpServer implements AutoCloseable {
    /** Connections the kernel holds for us while we are busy; a burst of clients must not see refusals. */
    private static final int BACKLOG = 1024;

    private final EventLoopGroup group;
    private final List<Channel> listeners; // the first is the one that had to succeed
    private final Connections connections;
    private final HttpServerOptions options;

    private HttpServer(
            EventLoopGroup group, List<Channel> listeners, Connections connections, HttpServerOptions options) {
        this.group = group;
        this.listeners = listeners;
        this.connections = connections;
        this.options = options;
    }

    /**
     * Starts listening at every address of the host. The first must be had; the others are a service to clients that
     * look for {@code localhost} at {@code ::1}.
     *
     * @throws IOException with the system's reason when the address cannot be had, e.g. {@link java.net.BindException}
     */
    public static HttpServer start(HttpServerOptions options, RequestHandler handler) throws IOException {
        InetAddress[] addresses = InetAddress.getAllByName(options.host());
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(
                options.ioThreads(), new DefaultThreadFactory("http", true), NioIoHandler.newFactory());
        var connections = new Connections(options, Ticker.system());
        ServerBootstrap bootstrap = bootstrap(group, options, handler, connections);
        ChannelFuture first = bootstrap.bind(addresses[0], options.port()).awaitUninterruptibly();
        if (!first.isSuccess()) {
            group.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
            throw first.cause() instanceof IOException reason ? reason : new IOException(first.cause());
        }
        var listeners = new ArrayList<>(List.of(first.channel()));
        int port = ((InetSocketAddress) first.channel().localAddress()).getPort();
        for (int i = 1; i < addresses.length; i++) {
            ChannelFuture more = bootstrap.bind(addresses[i], port).awaitUninterruptibly();
            if (more.isSuccess()) {
                listeners.add(more.channel());
            }
        }
        return new HttpServer(group, List.copyOf(listeners), connections, options);
    }

    private static ServerBootstrap bootstrap(
            EventLoopGroup group, HttpServerOptions options, RequestHandler handler, Connections connections) {
        return new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.ALLOCATOR, Buffers.ALLOCATOR)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, Buffers.receiving())
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new ProtocolSelector(options, handler, connections));
                    }
                });
    }

    /** Where it listens; the port is the real one when 0 was asked for. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listeners.getFirst().localAddress();
    }

    /** Connections open now. */
    public int connectionCount() {
        return connections.count();
    }

    /** Takes no more requests, lets those under way finish within the shutdown timeout, and closes every connection. */
    @Override
    public void close() {
        listeners.forEach(listener -> listener.close().awaitUninterruptibly());
        connections.drain(options.shutdownTimeout());
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
