package dev.evenkeel.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link ByteWriter} wrote. Bytes that end too early are an {@link IndexOutOfBoundsException}: logs and messages
 * carry checksums, so it is a mistake of ours.
 */
public final class ByteReader {
    private static final int VARINT_BITS_MAX = 63;

    private final byte[] in;
    private int at;

    public ByteReader(byte[] in) {
        this.in = in;
    }

    public int u8() {
        return in[at++] & 0xFF;
    }

    public boolean bool() {
        return u8() != 0;
    }

    public long unsigned() {
        long value = 0;
        for (int shift = 0; shift <= VARINT_BITS_MAX; shift += 7) {
            byte b = in[at++];
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new IndexOutOfBoundsException("a number without an end");
    }

    public long signed() {
        long value = unsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    public double f64() {
        long bits = 0;
        for (int i = 0; i < Double.BYTES; i++) {
            bits = bits << 8 | u8();
        }
        return Double.longBitsToDouble(bits);
    }

    public byte[] bytes() {
        int length = length();
        var value = Arrays.copyOfRange(in, at, at + length);
        at += length;
        return value;
    }

    public String string() {
        int length = length();
        var text = new String(in, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    public Item item() {
        return Item.wrap(bytes());
    }

    private int length() {
        long length = unsigned();
        if (length < 0 || length > in.length - at) {
            throw new IndexOutOfBoundsException(length + " bytes wanted of " + (in.length - at));
        }
        return (int) length;
    }

    public boolean atEnd() {
        return at == in.length;
    }
}
