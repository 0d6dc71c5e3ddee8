package dev.evenkeel.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys as bytes whose unsigned order is DynamoDB's order.
 *
 * <pre>
 * position  = hash:8 component…                      where an item lies in its table or index
 * component = S, B: bytes with 00 written 00 FF, then 00 00
 *             N:    DynamoNumber's encoding
 * </pre>
 *
 * <p>Every component ends itself and sorts as its value does, so components can follow each other: partition key, sort
 * key, and in a global index the key of the item behind the entry. Items of one partition key lie together, in sort key
 * order; partition keys lie in the order of their hash.
 *
 * <p>The hash is the first 8 bytes of MD5 over "Outliers" and the partition key, the order in which DynamoDB itself
 * returns a scan as dynalite observed it. It spreads keys; nothing rests on its being hard to forge.
 */
public final class KeyEncoding {
    public static final int HASH_BYTES = 8;

    private static final byte[] SALT = {'O', 'u', 't', 'l', 'i', 'e', 'r', 's'};

    /** Never updated, only cloned: every request has a thread of its own, so one for each thread would not last. */
    private static final MessageDigest MD5 = newMd5();

    private byte[] out;
    private int length;

    private KeyEncoding(int capacity) {
        out = new byte[capacity];
    }

    /** Where an item with those key values lies; {@code sortKey} may be shorter than the schema's, for a prefix. */
    public static byte[] position(List<AttributeValue> partitionKey, List<AttributeValue> sortKey) {
        var encoding = new KeyEncoding(64);
        encoding.length = HASH_BYTES;
        partitionKey.forEach(encoding::component);
        encoding.hashInto(HASH_BYTES, encoding.length);
        sortKey.forEach(encoding::component);
        return encoding.toBytes();
    }

    /** A position followed by more components, as in a global index where the base item's key makes entries distinct. */
    public static byte[] append(byte[] position, List<AttributeValue> components) {
        var encoding = new KeyEncoding(position.length + 32);
        encoding.raw(position, position.length);
        components.forEach(encoding::component);
        return encoding.toBytes();
    }

    /** A position followed by the beginning of a string or binary component: where {@code begins_with} starts. */
    public static byte[] appendPrefix(byte[] position, AttributeValue beginning) {
        var encoding = new KeyEncoding(position.length + 32);
        encoding.raw(position, position.length);
        switch (beginning) {
            case AttributeValue.S s -> encoding.escaped(s.value().getBytes(StandardCharsets.UTF_8));
            case AttributeValue.B b -> encoding.escaped(b.value().array());
            default -> throw new IllegalArgumentException("begins_with takes S or B, not " + beginning.type());
        }
        return encoding.toBytes();
    }

    /**
     * The smallest byte string greater than every one that starts with {@code prefix}, or null when there is none, the
     * prefix being all FF.
     */
    public static byte @Nullable [] after(byte[] prefix) {
        for (int i = prefix.length - 1; i >= 0; i--) {
            if (prefix[i] != (byte) 0xFF) {
                var after = Arrays.copyOf(prefix, i + 1);
                after[i]++;
                return after;
            }
        }
        return null;
    }

    private void component(AttributeValue value) {
        switch (value) {
            case AttributeValue.S s -> terminated(s.value().getBytes(StandardCharsets.UTF_8));
            case AttributeValue.B b -> terminated(b.value().array());
            case AttributeValue.N n -> raw(n.value().encoded(), n.value().encoded().length);
            default -> throw new IllegalArgumentException("not a key value: " + value.type());
        }
    }

    private void terminated(byte[] bytes) {
        escaped(bytes);
        room(2);
        out[length++] = 0;
        out[length++] = 0;
    }

    private void escaped(byte[] bytes) {
        room(bytes.length * 2);
        for (byte b : bytes) {
            out[length++] = b;
            if (b == 0) {
                out[length++] = (byte) 0xFF;
            }
        }
    }

    private void raw(byte[] bytes, int count) {
        room(count);
        System.arraycopy(bytes, 0, out, length, count);
        length += count;
    }

    private void room(int more) {
        if (length + more > out.length) {
            out = Arrays.copyOf(out, Math.max(out.length * 2, length + more));
        }
    }

    private byte[] toBytes() {
        return length == out.length ? out : Arrays.copyOf(out, length);
    }

    /** Hashes what stands in {@code from..to} into the first bytes. */
    private void hashInto(int from, int to) {
        var digest = md5();
        digest.update(SALT);
        // The terminator is left out; the escape changes what is hashed only for keys with a zero byte.
        digest.update(out, from, to - from - terminatorBytes(to));
        System.arraycopy(digest.digest(), 0, out, 0, HASH_BYTES);
    }

    private int terminatorBytes(int to) {
        if (out[to - 1] != 0) {
            return 0; // a negative number's end counts
        }
        return out[to - 2] == 0 ? 2 : 1;
    }

    private static MessageDigest md5() {
        try {
            return (MessageDigest) MD5.clone();
        } catch (CloneNotSupportedException fixed) {
            return newMd5();
        }
    }

    private static MessageDigest newMd5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has MD5", missing);
        }
    }
}
