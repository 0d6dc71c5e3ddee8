package dev.evenkeel.metadata;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the catalog's binary forms: big-endian integers; text as its length in bytes and UTF-8; a list as its size and
 * members; what may be missing behind a byte 0 or 1.
 */
final class Sink {
    private byte[] bytes = new byte[256];
    private int length;

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    Sink u8(int value) {
        if ((value & ~0xFF) != 0) {
            throw new IllegalArgumentException("not a byte: " + value);
        }
        room(1);
        bytes[length++] = (byte) value;
        return this;
    }

    /** By its place in the order of declaration, which is part of the format: new members go to the end. */
    @SuppressWarnings("EnumOrdinal")
    Sink member(Enum<?> value) {
        return u8(value.ordinal());
    }

    Sink bool(boolean value) {
        return u8(value ? 1 : 0);
    }

    Sink i32(int value) {
        room(Integer.BYTES);
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[length++] = (byte) (value >>> shift);
        }
        return this;
    }

    Sink i64(long value) {
        return i32((int) (value >>> Integer.SIZE)).i32((int) value);
    }

    Sink raw(byte[] value) {
        i32(value.length);
        room(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return this;
    }

    Sink text(String value) {
        return raw(value.getBytes(StandardCharsets.UTF_8));
    }

    /** To the millisecond, which is as fine as our clock. */
    Sink instant(Instant value) {
        return i64(value.toEpochMilli());
    }

    <T> Sink optional(@Nullable T value, BiConsumer<Sink, T> codec) {
        bool(value != null);
        if (value != null) {
            codec.accept(this, value);
        }
        return this;
    }

    <T> Sink list(Collection<T> values, BiConsumer<Sink, T> codec) {
        i32(values.size());
        values.forEach(value -> codec.accept(this, value));
        return this;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
