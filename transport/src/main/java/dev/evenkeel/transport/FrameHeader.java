package dev.evenkeel.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * What every frame begins with, big endian:
 *
 * <pre>
 *  0 u8  0xE1: a frame of Evenkeel's, version 1 of this layout
 *  1 u8  kind
 *  2 u16 service
 *  4 u64 request id: chosen by the caller, repeated in the answer
 * 12 u32 bytes of the payload that follows
 * 16 u32 CRC32C of the payload
 * 20 u32 CRC32C of the 20 bytes before
 * </pre>
 *
 * <p>One check over everything was the first design. With it a length that a flipped bit has made large is believed until
 * so much has arrived, which on a quiet connection is never. The header's own check says so at once, before any memory is
 * taken, and covers the payload through its check.
 */
record FrameHeader(FrameKind kind, int service, long requestId, int payloadBytes, int payloadCheck) {
    static final int BYTES = 24;

    private static final byte FIRST_BYTE = (byte) 0xE1;
    private static final int CHECKED_BYTES = 20;
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    void encode(byte[] to) {
        to[0] = FIRST_BYTE;
        to[1] = (byte) kind.number();
        SHORT.set(to, 2, (short) service);
        LONG.set(to, 4, requestId);
        INT.set(to, 12, payloadBytes);
        INT.set(to, 16, payloadCheck);
        INT.set(to, CHECKED_BYTES, check(to, CHECKED_BYTES));
    }

    /** @throws FrameException when these bytes are no header, or announce more than the other side may send */
    static FrameHeader decode(byte[] from, int payloadBytesMax) throws FrameException {
        if (from[0] != FIRST_BYTE) {
            throw new FrameException("not a frame of this protocol: it begins with byte " + (from[0] & 0xFF));
        }
        if ((int) INT.get(from, CHECKED_BYTES) != check(from, CHECKED_BYTES)) {
            throw new FrameException("damaged: the header's checksum does not match");
        }
        FrameKind kind = FrameKind.of(from[1] & 0xFF);
        if (kind == null) {
            throw new FrameException("unknown kind of frame " + (from[1] & 0xFF));
        }
        int length = (int) INT.get(from, 12);
        if (length < 0 || length > payloadBytesMax) {
            throw new FrameException("a payload of " + Integer.toUnsignedString(length) + " bytes, at most "
                    + payloadBytesMax + " are taken");
        }
        return new FrameHeader(
                kind, (short) SHORT.get(from, 2) & 0xFFFF, (long) LONG.get(from, 4), length, (int) INT.get(from, 16));
    }

    void checkPayload(byte[] payload) throws FrameException {
        if (check(payload, payload.length) != payloadCheck) {
            throw new FrameException("damaged: the payload's checksum does not match");
        }
    }

    static int check(byte[] bytes, int length) {
        var check = new CRC32C();
        check.update(bytes, 0, length);
        return (int) check.getValue();
    }
}
