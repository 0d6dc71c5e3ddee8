package dev.evenkeel.metadata;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what {@link Sink} wrote. Throws {@link CorruptCatalogException} for anything that it cannot have written. */
final class Source {
    private final ByteBuffer bytes;

    Source(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    int u8() {
        return checked(bytes::get) & 0xFF;
    }

    boolean bool() {
        int value = u8();
        if (value > 1) {
            throw new CorruptCatalogException("a flag is 0 or 1, not " + value);
        }
        return value == 1;
    }

    int i32() {
        return checked(bytes::getInt);
    }

    long i64() {
        return checked(bytes::getLong);
    }

    byte[] raw() {
        var value = new byte[size()];
        bytes.get(value);
        return value;
    }

    String text() {
        return new String(raw(), StandardCharsets.UTF_8);
    }

    Instant instant() {
        return Instant.ofEpochMilli(i64());
    }

    <T> @Nullable T optional(Function<Source, T> codec) {
        return bool() ? codec.apply(this) : null;
    }

    <T> List<T> list(Function<Source, T> codec) {
        int size = size();
        var values = new ArrayList<T>(size);
        for (int i = 0; i < size; i++) {
            values.add(codec.apply(this));
        }
        return List.copyOf(values);
    }

    /** What {@link Sink#member} wrote. */
    <E extends Enum<E>> E member(Class<E> type) {
        int code = u8();
        var members = type.getEnumConstants();
        if (members == null || code >= members.length) {
            throw new CorruptCatalogException("no " + type.getSimpleName() + " has code " + code);
        }
        return members[code];
    }

    void end() {
        if (bytes.hasRemaining()) {
            throw new CorruptCatalogException(bytes.remaining() + " bytes too many");
        }
    }

    /** A size of things that take a byte or more each, so it cannot be more than what is left. */
    private int size() {
        int size = i32();
        if (size < 0 || size > bytes.remaining()) {
            throw new CorruptCatalogException("size " + size + " with " + bytes.remaining() + " bytes left");
        }
        return size;
    }

    private static <T> T checked(Supplier<T> read) {
        try {
            return read.get();
        } catch (BufferUnderflowException truncated) {
            throw new CorruptCatalogException("it ends too early", truncated);
        }
    }
}
