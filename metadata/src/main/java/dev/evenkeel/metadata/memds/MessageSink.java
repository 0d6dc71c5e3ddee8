package dev.evenkeel.metadata.memds;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.BiConsumer;

/**
 * Writes messages and what the tree holds. Unlike the catalog's, numbers take as few bytes as they need (seven bits a
 * byte, least first): a partition's record is kept a million times.
 */
final class MessageSink {
    private byte[] bytes;
    private int length;

    MessageSink(int bytesExpected) {
        bytes = new byte[bytesExpected];
    }

    byte[] toBytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    int length() {
        return length;
    }

    MessageSink u8(int value) {
        if ((value & ~0xFF) != 0) {
            throw new IllegalArgumentException("not a byte: " + value);
        }
        room(1);
        bytes[length++] = (byte) value;
        return this;
    }

    MessageSink i32(int value) {
        room(Integer.BYTES);
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[length++] = (byte) (value >>> shift);
        }
        return this;
    }

    MessageSink i64(long value) {
        return i32((int) (value >>> Integer.SIZE)).i32((int) value);
    }

    /** 0 or more; small ones are short. */
    MessageSink number(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("negative: " + value);
        }
        room(MessageSource.NUMBER_BYTES_MAX);
        long rest = value;
        while (rest > 0x7F) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
        return this;
    }

    MessageSink raw(byte[] value) {
        return number(value.length).rest(value, 0);
    }

    /** What is in an array from there on, without a length. */
    MessageSink rest(byte[] value, int from) {
        int count = value.length - from;
        room(count);
        System.arraycopy(value, from, bytes, length, count);
        length += count;
        return this;
    }

    MessageSink text(String value) {
        return raw(value.getBytes(StandardCharsets.UTF_8));
    }

    <T> MessageSink list(Collection<T> values, BiConsumer<MessageSink, T> codec) {
        number(values.size());
        values.forEach(value -> codec.accept(this, value));
        return this;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
