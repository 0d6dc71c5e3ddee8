package dev.evenkeel.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one connection that have not left. They go out as one stream of bytes, cut into pieces: many small frames
 * share a piece and a system call, a long one takes many pieces, each made only when the socket has room. So a peer that
 * does not read costs the queue, which its owner bounds, and never a second copy of it.
 *
 * <p>Handing the arrays to the socket wrapped was the first design; the JDK then copies each into a buffer of its own just
 * as well, only one at a time and all of a long one at once. Only the event loop touches this.
 */
final class FrameWriter {
    private static final int PIECE_BYTES = 64 * 1024;

    private final Channel channel;
    private final boolean heap;
    private final Deque<OutFrame> urgent = new ArrayDeque<>();
    private final Deque<OutFrame> frames = new ArrayDeque<>();
    private final byte[] header = new byte[FrameHeader.BYTES];

    /** The frame that has begun and not ended, null between frames. */
    private @Nullable OutFrame current;

    private int currentSent; // of its payload
    private long queuedBytes; // of all frames that have not ended, headers included
    private long piecesBytes;

    /** @param heap whether pieces are for TLS, which the JDK computes on arrays */
    FrameWriter(Channel channel, boolean heap) {
        this.channel = channel;
        this.heap = heap;
    }

    void add(OutFrame frame) {
        frames.add(frame);
        queuedBytes += bytesOf(frame);
    }

    /** Goes out before all frames that have not begun. */
    void addUrgent(OutFrame frame) {
        urgent.add(frame);
        queuedBytes += bytesOf(frame);
    }

    /** Gives the socket what it has room for. */
    void pump() {
        boolean written = false;
        while (queuedBytes > 0 && channel.isActive() && channel.isWritable()) {
            ByteBuf piece = nextPiece(); // empty when nothing queued is to be sent after all
            piecesBytes += piece.readableBytes();
            written = true;
            channel.write(piece, channel.voidPromise());
        }
        if (written) {
            channel.flush();
        }
    }

    /** Bytes of frames that were given to the channel. */
    long piecesBytes() {
        return piecesBytes;
    }

    /** How much of {@link #piecesBytes} the socket has taken, or a little less. */
    long acceptedBytes() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return piecesBytes - (buffer == null ? 0 : buffer.totalPendingWriteBytes());
    }

    /** The connection is gone. */
    void drop() {
        if (current != null) {
            current.end();
            current = null;
        }
        urgent.forEach(OutFrame::end);
        urgent.clear();
        frames.forEach(OutFrame::end);
        frames.clear();
        queuedBytes = 0;
    }

    private ByteBuf nextPiece() {
        int room = (int) Math.min(PIECE_BYTES, queuedBytes);
        ByteBuf piece =
                heap ? channel.alloc().heapBuffer(room, room) : channel.alloc().directBuffer(room, room);
        boolean goesOn = true;
        while (goesOn) {
            goesOn = current == null ? begin(piece) : proceed(piece, current);
        }
        return piece;
    }

    /** Writes the header of the next frame; false when there is no room for it or no frame. */
    private boolean begin(ByteBuf piece) {
        if (piece.writableBytes() < FrameHeader.BYTES) {
            return false;
        }
        OutFrame next = urgent.isEmpty() ? frames.poll() : urgent.poll();
        if (next == null) {
            return false;
        }
        if (!next.begin()) {
            queuedBytes -= bytesOf(next);
            return true;
        }
        next.header().encode(header);
        piece.writeBytes(header);
        current = next;
        currentSent = 0;
        return true;
    }

    /** Writes more of the payload; false when the piece is full. */
    private boolean proceed(ByteBuf piece, OutFrame frame) {
        byte[] payload = frame.payload();
        int length = Math.min(payload.length - currentSent, piece.writableBytes());
        piece.writeBytes(payload, currentSent, length);
        currentSent += length;
        if (currentSent < payload.length) {
            return false;
        }
        queuedBytes -= bytesOf(frame);
        current = null;
        frame.end();
        return true;
    }

    private static long bytesOf(OutFrame frame) {
        return (long) FrameHeader.BYTES + frame.payload().length;
    }
}
