package dev.evenkeel.transport;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Makes frames of the bytes that arrive. A payload is copied once, from the socket's buffer into the array that the
 * receiver gets; nothing is gathered in between, so what a frame can cost is its announced and checked length.
 */
final class FrameReader {

    /** Gets the frames, each checked. */
    interface Sink {
        void frame(FrameHeader header, byte[] payload) throws FrameException;

        /** False once the connection is being closed: what has arrived behind the reason for it is not delivered. */
        boolean takesFrames();
    }

    private final byte[] headerBytes = new byte[FrameHeader.BYTES];
    private int payloadBytesMax;

    /** Null until all of the header has arrived; so is the payload. */
    private @Nullable FrameHeader header;

    private byte @Nullable [] payload;
    private int filled; // of the header while there is none, then of the payload

    FrameReader(int payloadBytesMax) {
        this.payloadBytesMax = payloadBytesMax;
    }

    /** What the other side may send from now on. */
    void allow(int newPayloadBytesMax) {
        payloadBytesMax = newPayloadBytesMax;
    }

    /** Takes all that has arrived. */
    void read(ByteBuf in, Sink sink) throws FrameException {
        boolean goesOn = true;
        while (goesOn && sink.takesFrames()) {
            goesOn = header == null ? readHeader(in) : readPayload(in, sink);
        }
    }

    private boolean readHeader(ByteBuf in) throws FrameException {
        if (!fill(headerBytes, in)) {
            return false;
        }
        header = FrameHeader.decode(headerBytes, payloadBytesMax);
        payload = new byte[header.payloadBytes()];
        filled = 0;
        return true;
    }

    private boolean readPayload(ByteBuf in, Sink sink) throws FrameException {
        var whole = payload;
        var described = header;
        if (whole == null || described == null || !fill(whole, in)) {
            return false;
        }
        header = null;
        payload = null;
        filled = 0;
        described.checkPayload(whole);
        sink.frame(described, whole);
        return true;
    }

    private boolean fill(byte[] target, ByteBuf in) {
        int length = Math.min(target.length - filled, in.readableBytes());
        in.readBytes(target, filled, length);
        filled += length;
        return filled == target.length;
    }
}
