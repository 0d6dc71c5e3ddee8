package dev.evenkeel.partition.stream;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.StreamSchema;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One change of one item, with as much of the item as the stream's view type keeps.
 *
 * <pre>
 * record = version:u8 flags:u8 millis [keys] [oldImage] [newImage]
 * </pre>
 *
 * The keys are left out where an image has them.
 *
 * @param kind what happened
 * @param isExpiry whether the service deleted the item because its time had come
 * @param millis when the leader evaluated the change, since the epoch
 * @param keys the key attributes; null when an image is there
 * @param oldImage null when there was no item, or the stream does not keep it
 * @param newImage null when there is no item any more, or the stream does not keep it
 */
public record ChangeRecord(
        Kind kind,
        boolean isExpiry,
        long millis,
        @Nullable Item keys,
        @Nullable Item oldImage,
        @Nullable Item newImage) {
    private static final int VERSION = 1;

    private static final int KIND = 3;
    private static final int EXPIRY = 4;
    private static final int HAS_KEYS = 8;
    private static final int HAS_OLD = 16;
    private static final int HAS_NEW = 32;

    /** By its number in the binary form. */
    public enum Kind {
        INSERT(0),
        MODIFY(1),
        REMOVE(2);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        private static Kind of(int number) {
            for (var kind : values()) {
                if (kind.number == number) {
                    return kind;
                }
            }
            throw new IllegalStateException("a change of unknown kind " + number);
        }
    }

    /**
     * What a stream records of a write, null when it changed nothing: items are in a canonical form, so equal bytes are
     * equal items, in whatever order the client gave them.
     */
    public static @Nullable ChangeRecord of(
            StreamSchema stream,
            KeySchema key,
            @Nullable Item before,
            @Nullable Item after,
            boolean isExpiry,
            long millis) {
        if (Objects.equals(before, after)) {
            return null;
        }
        var kind = before == null ? Kind.INSERT : after == null ? Kind.REMOVE : Kind.MODIFY;
        var oldImage = stream.keepsOld() ? before : null;
        var newImage = stream.keepsNew() ? after : null;
        var item = after == null ? Objects.requireNonNull(before) : after;
        var keys = oldImage == null && newImage == null ? item.only(key.names()) : null;
        return new ChangeRecord(kind, isExpiry, millis, keys, oldImage, newImage);
    }

    /** The key attributes of the item that changed. */
    public Item keys(KeySchema schema) {
        var image = newImage != null ? newImage : oldImage;
        return image == null ? Objects.requireNonNull(keys) : image.only(schema.names());
    }

    public byte[] encode() {
        var out = new ByteWriter(24 + bytes(keys) + bytes(oldImage) + bytes(newImage)).u8(VERSION);
        out.u8(kind.number
                | (isExpiry ? EXPIRY : 0)
                | (keys == null ? 0 : HAS_KEYS)
                | (oldImage == null ? 0 : HAS_OLD)
                | (newImage == null ? 0 : HAS_NEW));
        out.unsigned(millis);
        if (keys != null) {
            out.item(keys);
        }
        if (oldImage != null) {
            out.item(oldImage);
        }
        if (newImage != null) {
            out.item(newImage);
        }
        return out.toBytes();
    }

    private static int bytes(@Nullable Item item) {
        return item == null ? 0 : item.bytes().length;
    }

    public static ChangeRecord decode(byte[] bytes) {
        var in = header(bytes);
        int flags = in.u8();
        return new ChangeRecord(
                Kind.of(flags & KIND),
                (flags & EXPIRY) != 0,
                in.unsigned(),
                (flags & HAS_KEYS) == 0 ? null : in.item(),
                (flags & HAS_OLD) == 0 ? null : in.item(),
                (flags & HAS_NEW) == 0 ? null : in.item());
    }

    /** When the change of an encoded record happened, without reading the rest of it. */
    static long millisOf(byte[] bytes) {
        var in = header(bytes);
        in.u8();
        return in.unsigned();
    }

    private static ByteReader header(byte[] bytes) {
        var in = new ByteReader(bytes);
        int version = in.u8();
        if (version != VERSION) {
            throw new IllegalStateException("a change of version " + version + ", this release reads " + VERSION);
        }
        return in;
    }
}
