package dev.evenkeel.transport;

/** A frame on its way out. Its checksum is computed by whoever makes it, which spares the event loop. */
class OutFrame {
    private final FrameKind kind;
    private final int service;
    private final byte[] payload;
    private final int payloadCheck;

    OutFrame(FrameKind kind, int service, byte[] payload) {
        this.kind = kind;
        this.service = service;
        this.payload = payload;
        this.payloadCheck = FrameHeader.check(payload, payload.length);
    }

    long requestId() {
        return 0;
    }

    final byte[] payload() {
        return payload;
    }

    final FrameHeader header() {
        return new FrameHeader(kind, service, requestId(), payload.length, payloadCheck);
    }

    /** It is its turn. False when it is not to be sent after all; true means that a part of it may have left. */
    boolean begin() {
        return true;
    }

    /** All of it is with the socket, or none of it will be any more. */
    void end() {}
}
