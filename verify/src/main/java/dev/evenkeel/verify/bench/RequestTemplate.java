package dev.evenkeel.verify.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/**
 * A whole HTTP request as bytes, made once. Before each sending only its keys and a few bytes of its payloads are
 * overwritten, in place and at the same length, so neither the length header nor anything else has to change.
 *
 * <p>A place for a key is written as {@link #KEY} in the body, the changing part of a payload as {@link #PAYLOAD}. For one
 * thread.
 */
final class RequestTemplate {
    static final String KEY = "user############";
    static final String PAYLOAD = "~~~~~~~~~~~~~~~~";

    private static final int KEY_PREFIX_LENGTH = 4;
    private static final int KEY_DIGITS = KEY.length() - KEY_PREFIX_LENGTH;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final ByteBuffer bytes;
    private final int[] keyOffsets;
    private final int[] payloadOffsets;
    private final ExpectedBody expected;

    RequestTemplate(String text, ExpectedBody expected) {
        var encoded = text.getBytes(StandardCharsets.US_ASCII);
        this.bytes = ByteBuffer.allocateDirect(encoded.length).put(encoded);
        this.keyOffsets = offsets(text, KEY);
        this.payloadOffsets = offsets(text, PAYLOAD);
        this.expected = expected;
    }

    private static int[] offsets(String text, String marker) {
        return IntStream.iterate(text.indexOf(marker), at -> at >= 0, at -> text.indexOf(marker, at + marker.length()))
                .toArray();
    }

    /** How many keys the request names. */
    int keys() {
        return keyOffsets.length;
    }

    ExpectedBody expected() {
        return expected;
    }

    /** Writes one key: {@code user} and the number with leading zeros. */
    void key(int slot, long number) {
        int start = keyOffsets[slot] + KEY_PREFIX_LENGTH;
        long rest = number;
        for (int at = start + KEY_DIGITS - 1; at >= start; at--) {
            bytes.put(at, (byte) ('0' + rest % 10));
            rest /= 10;
        }
    }

    /** Makes every payload one that was most likely never sent before. */
    void payloads(long random) {
        for (int slot = 0; slot < payloadOffsets.length; slot++) {
            long rest = random + slot;
            for (int i = 0; i < PAYLOAD.length(); i++) {
                bytes.put(payloadOffsets[slot] + i, HEX[(int) (rest & 0xF)]);
                rest >>>= 4;
            }
        }
    }

    /** The request's bytes, ready to be written to a socket; shared, so send them before the next change. */
    ByteBuffer bytes() {
        return bytes.rewind();
    }
}
