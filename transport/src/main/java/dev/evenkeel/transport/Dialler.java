package dev.evenkeel.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes connections to other nodes. */
final class Dialler {
    private static final Logger LOG = LoggerFactory.getLogger(Dialler.class);

    private final TransportOptions options;
    private final @Nullable PeerTls tls;

    Dialler(TransportOptions options, @Nullable PeerTls tls) {
        this.options = options;
        this.tls = tls;
    }

    /** Connects; the peer is told on its loop. The look-ups may block, so they have a thread of their own. */
    void dial(Peer peer, int attempt) {
        Thread.ofVirtual().name("dial " + peer.node()).start(() -> lookUp(peer, attempt));
    }

    private void lookUp(Peer peer, int attempt) {
        Runnable next;
        try {
            Optional<PeerAddress> address = options.addressBook().apply(peer.node());
            next = address.isPresent() ? connecting(peer, attempt, address.get()) : () -> peer.unknown(attempt);
        } catch (UnknownHostException e) {
            next = () -> peer.unreachable(attempt, "unknown host " + Failures.messageOf(e));
        } catch (RuntimeException e) { // the address book is not ours; unsaid, nobody would try again
            next = () -> peer.unreachable(attempt, "the address book failed: " + Failures.messageOf(e));
        }
        try {
            peer.loop().execute(next);
        } catch (RejectedExecutionException e) {
            LOG.debug("{} has closed before {} was looked up", options.self(), peer.node());
        }
    }

    private Runnable connecting(Peer peer, int attempt, PeerAddress address) throws UnknownHostException {
        var target = new InetSocketAddress(InetAddress.getByName(address.host()), address.port());
        return () -> connect(peer, attempt, target);
    }

    private void connect(Peer peer, int attempt, InetSocketAddress target) {
        ChannelFuture connecting = new Bootstrap()
                .group(peer.loop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        options.timings().connectTimeout().toMillis())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.ALLOCATOR, Sockets.ALLOCATOR)
                .option(ChannelOption.RECVBUF_ALLOCATOR, Sockets.receiving())
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, Sockets.WATER_MARKS)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        prepare(channel, peer, attempt);
                    }
                })
                .connect(target);
        connecting.addListener(_ -> {
            if (!connecting.isSuccess()) {
                peer.unreachable(attempt, Failures.messageOf(connecting.cause()));
            }
        });
    }

    private void prepare(Channel channel, Peer peer, int attempt) {
        var connection = new DialledConnection(options, channel, peer);
        if (tls != null) {
            channel.pipeline().addLast(tls.dialling(channel.alloc()));
        }
        channel.pipeline().addLast(connection);
        if (!peer.greets(attempt, connection)) {
            channel.close();
        }
    }
}
