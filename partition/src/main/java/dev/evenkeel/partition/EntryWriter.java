package dev.evenkeel.partition;

import java.util.Arrays;

/** Appends the primitives of a log entry to a growing array. Integers are varints, seven bits a byte, low bits first. */
final class EntryWriter {
    private byte[] out;
    private int length;

    EntryWriter(int capacity) {
        out = new byte[capacity];
    }

    EntryWriter u8(int value) {
        room(1);
        out[length++] = (byte) value;
        return this;
    }

    EntryWriter unsigned(long value) {
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
    EntryWriter signed(long value) {
        return unsigned((value << 1) ^ (value >> 63));
    }

    EntryWriter bytes(byte[] value) {
        unsigned(value.length);
        room(value.length);
        System.arraycopy(value, 0, out, length, value.length);
        length += value.length;
        return this;
    }

    byte[] toBytes() {
        return length == out.length ? out : Arrays.copyOf(out, length);
    }

    private void room(int more) {
        if (length + more > out.length) {
            out = Arrays.copyOf(out, Math.max(out.length * 2, length + more));
        }
    }
}
