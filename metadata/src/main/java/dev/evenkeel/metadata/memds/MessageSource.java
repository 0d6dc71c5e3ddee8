package dev.evenkeel.metadata.memds;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Reads what {@link MessageSink} wrote. Throws {@link CorruptMessageException} for what it cannot have written. */
final class MessageSource {
    static final int NUMBER_BYTES_MAX = 9; // 63 bits

    private final byte[] bytes;
    private final int end;
    private int at;

    MessageSource(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    MessageSource(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    int remaining() {
        return end - at;
    }

    int u8() {
        need(1);
        return bytes[at++] & 0xFF;
    }

    int i32() {
        need(Integer.BYTES);
        int value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            value = value << Byte.SIZE | bytes[at++] & 0xFF;
        }
        return value;
    }

    long i64() {
        return (long) i32() << Integer.SIZE | i32() & 0xFFFF_FFFFL;
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < NUMBER_BYTES_MAX * 7; shift += 7) {
            int next = u8();
            value |= (long) (next & 0x7F) << shift;
            if (next <= 0x7F) {
                return value;
            }
        }
        throw new CorruptMessageException("a number without an end");
    }

    /** A number that fits an int. */
    int count() {
        long value = number();
        if (value > Integer.MAX_VALUE) {
            throw new CorruptMessageException("not a count: " + value);
        }
        return (int) value;
    }

    byte[] raw() {
        int length = size();
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    byte[] rest() {
        int from = at;
        at = end;
        return Arrays.copyOfRange(bytes, from, end);
    }

    /** Compares what is left with what is in an array from there on; both stay as they are. */
    int compareRest(byte[] other, int from) {
        return Arrays.compareUnsigned(bytes, at, end, other, from, other.length);
    }

    /** That many bytes. */
    byte[] bytes(int count) {
        need(count);
        at += count;
        return Arrays.copyOfRange(bytes, at - count, at);
    }

    String text() {
        return new String(raw(), StandardCharsets.UTF_8);
    }

    <T> List<T> list(Function<MessageSource, T> codec) {
        int size = size();
        var values = new ArrayList<T>(size);
        for (int i = 0; i < size; i++) {
            values.add(codec.apply(this));
        }
        return List.copyOf(values);
    }

    void end() {
        if (at < end) {
            throw new CorruptMessageException(remaining() + " bytes too many");
        }
    }

    /** A size of things that take a byte or more each, so it cannot be more than what is left. */
    private int size() {
        long size = number();
        if (size > remaining()) {
            throw new CorruptMessageException("size " + size + " with " + remaining() + " bytes left");
        }
        return (int) size;
    }

    private void need(int count) {
        if (count < 0 || count > end - at) {
            throw new CorruptMessageException("it ends too early");
        }
    }
}
