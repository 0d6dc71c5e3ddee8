package dev.evenkeel.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.evenkeel.transport.TransportException.Kind;
import java.util.Arrays;

/** The payload of a frame that says no: a byte that says how, and the message. */
record Failure(Kind kind, String message) {
    private static final int REFUSED = 1;
    private static final int FAILED = 2;

    /** A message is for people; nobody reads more. Fits the frame in which a hello is refused. */
    private static final int MESSAGE_BYTES_MAX = 4 * 1024;

    static Failure refused(String message) {
        return new Failure(Kind.REFUSED, message);
    }

    static Failure failed(String message) {
        return new Failure(Kind.FAILED, message);
    }

    byte[] encode() {
        byte[] text = message.getBytes(UTF_8);
        int length = Math.min(text.length, MESSAGE_BYTES_MAX);
        var payload = new byte[1 + length];
        payload[0] = (byte) (kind == Kind.REFUSED ? REFUSED : FAILED);
        System.arraycopy(text, 0, payload, 1, length);
        return payload;
    }

    static Failure decode(byte[] payload) throws FrameException {
        if (payload.length == 0) {
            throw new FrameException("a failure without a kind");
        }
        var message = new String(Arrays.copyOfRange(payload, 1, payload.length), UTF_8);
        return switch (payload[0]) {
            case REFUSED -> refused(message);
            case FAILED -> failed(message);
            default -> throw new FrameException("unknown kind of failure " + payload[0]);
        };
    }
}
