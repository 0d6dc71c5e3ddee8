package dev.evenkeel.verify.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One keep-alive connection on a blocking socket: two system calls a request. A selector would save some wake-ups at 64
 * connections, and would cost the open loop its precision: it waits in whole milliseconds.
 *
 * <p>{@link #exchange} is for one thread; {@link #close} may come from another and ends an exchange under way.
 */
final class Connection implements Exchange {
    private static final int READ_BUFFER_BYTES = 64 * 1024;

    private final InetSocketAddress address;
    private final ByteBuffer in = ByteBuffer.allocateDirect(READ_BUFFER_BYTES);
    private final ResponseScanner response = new ResponseScanner();
    private volatile @Nullable SocketChannel channel;
    private volatile boolean closed;

    private Connection(InetSocketAddress address) {
        this.address = address;
    }

    static Connection open(InetSocketAddress address) throws IOException {
        var connection = new Connection(address);
        connection.connect();
        return connection;
    }

    private SocketChannel connect() throws IOException {
        if (address.isUnresolved()) {
            throw new UnknownHostException("unknown host " + address.getHostString());
        }
        if (closed) {
            throw new IOException("the connection was closed");
        }
        var opened = SocketChannel.open(address);
        channel = opened;
        if (closed) { // close() may have run before it could see the channel
            closeQuietly(opened);
        }
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return opened;
    }

    /** Uses a new socket when the last answer closed the old one. */
    @Override
    public ResponseScanner exchange(RequestTemplate request) throws IOException {
        var current = channel;
        if (current == null) {
            current = connect();
        }
        try {
            send(current, request.bytes());
            receive(current);
        } catch (IOException | RuntimeException e) {
            drop(current); // where the next answer would begin is unknown
            throw e;
        }
        if (response.closes()) {
            drop(current);
        }
        return response;
    }

    private static void send(SocketChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private void receive(SocketChannel channel) throws IOException {
        response.reset();
        boolean complete = false;
        while (!complete) {
            in.clear();
            if (channel.read(in) < 0) {
                throw new EOFException("the server closed the connection before it answered");
            }
            complete = response.feed(in.flip());
        }
    }

    private void drop(SocketChannel current) {
        channel = null;
        closeQuietly(current);
    }

    @Override
    public void close() {
        closed = true;
        var current = channel;
        if (current != null) {
            closeQuietly(current);
        }
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // the socket is gone either way, and nothing of it is used again
        }
    }
}
