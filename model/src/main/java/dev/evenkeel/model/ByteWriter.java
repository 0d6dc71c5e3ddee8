package dev.evenkeel.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Appends the primitives of a binary form to a growing array: what goes into logs and between nodes. Integers are varints,
 * seven bits a byte, low bits first. Read by {@link ByteReader}.
 */
public final class ByteWriter {
    private byte[] out;
    private int length;

    public ByteWriter(int capacity) {
        out = new byte[capacity];
    }

    public ByteWriter u8(int value) {
        room(1);
        out[length++] = (byte) value;
        return this;
    }

    public ByteWriter bool(boolean value) {
        return u8(value ? 1 : 0);
    }

    public ByteWriter unsigned(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        out[length++] = (byte) rest;
        return this;
    }

    /** A number of either sign, small magnitudes short. */
    public ByteWriter signed(long value) {
        return unsigned((value << 1) ^ (value >> 63));
    }

    /** A number as its eight bytes, big-endian. */
    public ByteWriter f64(double value) {
        room(Double.BYTES);
        long bits = Double.doubleToLongBits(value);
        for (int shift = 56; shift >= 0; shift -= 8) {
            out[length++] = (byte) (bits >>> shift);
        }
        return this;
    }

    public ByteWriter bytes(byte[] value) {
        unsigned(value.length);
        room(value.length);
        System.arraycopy(value, 0, out, length, value.length);
        length += value.length;
        return this;
    }

    /** In UTF-8. */
    public ByteWriter string(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public ByteWriter item(Item item) {
        return bytes(item.bytes());
    }

    public byte[] toBytes() {
        return length == out.length ? out : Arrays.copyOf(out, length);
    }

    private void room(int more) {
        if (length + more > out.length) {
            out = Arrays.copyOf(out, Math.max(out.length * 2, length + more));
        }
    }
}
