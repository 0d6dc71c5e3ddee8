package dev.evenkeel.storage;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a range of a store contains, in a few bytes: two stores of whatever kind have the same digest of a range exactly
 * when they have the same entries in it. The stores' own keys do not count.
 *
 * @param entries how many there are
 * @param sha256 of every entry in key order, forward: the lengths of key and value (4 bytes each), the key, the value;
 *     in hexadecimal. Lengths come first so that no two different ranges run together into the same bytes.
 */
public record StoreDigest(long entries, String sha256) {
    private static final int BUFFER_BYTES = 64 << 10; // entries are small, and every call of the hash has a price

    /** Reads the range as it is now. */
    public static StoreDigest of(OrderedStore store, byte[] from, byte @Nullable [] to) {
        try (var cursor = store.cursor(from, to, Direction.FORWARD)) {
            return of(cursor);
        }
    }

    /** Walks a cursor to its end, as fast as it lets: wrap it to go slower or to stop. The caller closes it. */
    public static StoreDigest of(Cursor cursor) {
        var hash = newHash();
        var buffer = ByteBuffer.allocate(BUFFER_BYTES);
        long entries = 0;
        while (cursor.next()) {
            var key = cursor.key();
            var value = cursor.value();
            add(hash, buffer, lengths(key, value));
            add(hash, buffer, key);
            add(hash, buffer, value);
            entries++;
        }
        hash.update(buffer.flip());
        return new StoreDigest(entries, HexFormat.of().formatHex(hash.digest()));
    }

    private static byte[] lengths(byte[] key, byte[] value) {
        return ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(key.length)
                .putInt(value.length)
                .array();
    }

    private static void add(MessageDigest hash, ByteBuffer buffer, byte[] bytes) {
        if (bytes.length > buffer.remaining()) {
            hash.update(buffer.flip());
            buffer.clear();
        }
        if (bytes.length > buffer.remaining()) {
            hash.update(bytes);
        } else {
            buffer.put(bytes);
        }
    }

    private static MessageDigest newHash() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
