package dev.evenkeel.partition;

import java.util.Arrays;

/** Reads what {@link EntryWriter} wrote. */
final class EntryReader {
    private final byte[] in;
    private int at;

    EntryReader(byte[] in) {
        this.in = in;
    }

    int u8() {
        return in[at++] & 0xFF;
    }

    long unsigned() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = in[at++];
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }

    long signed() {
        long value = unsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    byte[] bytes() {
        int length = (int) unsigned();
        var value = Arrays.copyOfRange(in, at, at + length);
        at += length;
        return value;
    }

    boolean atEnd() {
        return at == in.length;
    }
}
