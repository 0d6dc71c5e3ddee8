package dev.evenkeel.transport;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A client that says what a test wants it to, byte by byte. */
final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final FrameReader reader = new FrameReader(Integer.MAX_VALUE);
    private final Deque<Frame> frames = new ArrayDeque<>();

    record Frame(FrameHeader header, byte[] payload) {}

    RawClient(PeerAddress address) throws IOException {
        socket = new Socket(address.host(), address.port());
    }

    RawClient greet(String from, String to) throws IOException {
        send(FrameKind.HELLO, 0, 0, new Hello(1, 1, NettyNodes.CLUSTER, from, to).encode());
        return this;
    }

    void send(FrameKind kind, int service, long requestId, byte[] payload) throws IOException {
        send(new FrameHeader(kind, service, requestId, payload.length, FrameHeader.check(payload, payload.length)));
        send(payload);
    }

    void send(FrameHeader header) throws IOException {
        var bytes = new byte[FrameHeader.BYTES];
        header.encode(bytes);
        send(bytes);
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** The next frame; null when the other side has closed the connection. */
    @Nullable
    Frame next() throws IOException, FrameException {
        var buffer = new byte[64 * 1024];
        while (frames.isEmpty()) {
            int length = readOrEnd(buffer);
            if (length < 0) {
                return null;
            }
            reader.read(Unpooled.wrappedBuffer(buffer, 0, length), new FrameReader.Sink() {
                @Override
                public void frame(FrameHeader header, byte[] payload) {
                    frames.add(new Frame(header, payload));
                }

                @Override
                public boolean takesFrames() {
                    return true;
                }
            });
        }
        return frames.remove();
    }

    private int readOrEnd(byte[] buffer) {
        try {
            return socket.getInputStream().read(buffer);
        } catch (IOException e) { // a reset, as when bytes were on their way to a closed socket
            return -1;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
