package dev.evenkeel.transport;

import org.jspecify.annotations.Nullable;

/** An answer on its way back. The request's room is given back when it has left. */
final class Answer extends OutFrame {
    private final long requestId;

    /** Null when the request took no room because it was refused. */
    private final @Nullable Budget underWay;

    private final int requestBytes;

    private Answer(FrameKind kind, long requestId, byte[] payload, @Nullable Budget underWay, int requestBytes) {
        super(kind, 0, payload);
        this.requestId = requestId;
        this.underWay = underWay;
        this.requestBytes = requestBytes;
    }

    static Answer refusal(long requestId, String message) {
        return new Answer(FrameKind.FAILURE, requestId, Failure.refused(message).encode(), null, 0);
    }

    static Answer failure(long requestId, String message, Budget underWay, int requestBytes) {
        return occupying(FrameKind.FAILURE, requestId, Failure.failed(message).encode(), underWay, requestBytes);
    }

    static Answer response(long requestId, byte[] answer, Budget underWay, int requestBytes) {
        return occupying(FrameKind.RESPONSE, requestId, answer, underWay, requestBytes);
    }

    /** From now on until it has left, an answer takes room beside its request's. */
    private static Answer occupying(FrameKind kind, long requestId, byte[] payload, Budget underWay, int requestBytes) {
        underWay.grow(payload.length);
        return new Answer(kind, requestId, payload, underWay, requestBytes);
    }

    @Override
    long requestId() {
        return requestId;
    }

    @Override
    void end() {
        if (underWay != null) {
            underWay.giveBack(requestBytes + payload().length);
        }
    }
}
