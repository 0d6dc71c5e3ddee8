package dev.evenkeel.storage;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Entries in key order: {@code values[i]} belongs to {@code keys[i]}. {@code bytes} is their sum. */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record Leaf(byte[][] keys, byte[][] values, long bytes) implements Node {
    static final Leaf EMPTY = new Leaf(new byte[0][], new byte[0][], 0);

    @Override
    public int size() {
        return keys.length;
    }

    byte @Nullable [] get(byte[] key) {
        int at = lowerBound(key);
        return holds(at, key) ? values[at] : null;
    }

    /** The first entry whose key is not below the given one; {@link #size} when all are. */
    int lowerBound(byte[] key) {
        int low = 0;
        int high = keys.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Arrays.compareUnsigned(keys[middle], key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean holds(int at, byte[] key) {
        return at < keys.length && Arrays.equals(keys[at], key);
    }

    @Override
    public Node put(byte[] key, byte[] value) {
        int at = lowerBound(key);
        if (holds(at, key)) {
            var newValues = values.clone();
            newValues[at] = value;
            return new Leaf(keys, newValues, bytes + value.length - values[at].length);
        }
        return new Leaf(inserted(keys, at, key), inserted(values, at, value), bytes + key.length + value.length);
    }

    private static byte[][] inserted(byte[][] source, int at, byte[] element) {
        var result = new byte[source.length + 1][];
        System.arraycopy(source, 0, result, 0, at);
        result[at] = element;
        System.arraycopy(source, at, result, at + 1, source.length - at);
        return result;
    }

    @Override
    public @Nullable Node without(byte[] from, byte[] to) {
        int low = lowerBound(from);
        int high = lowerBound(to);
        if (low >= high) {
            return this;
        }
        if (high - low == keys.length) {
            return null;
        }
        return new Leaf(cut(keys, low, high), cut(values, low, high), bytes - sum(low, high));
    }

    private static byte[][] cut(byte[][] source, int low, int high) {
        var result = new byte[source.length - (high - low)][];
        System.arraycopy(source, 0, result, 0, low);
        System.arraycopy(source, high, result, low, source.length - high);
        return result;
    }

    private long sum(int low, int high) {
        long sum = 0;
        for (int i = low; i < high; i++) {
            sum += keys[i].length + values[i].length;
        }
        return sum;
    }

    @Override
    public Split split() {
        int middle = keys.length / 2;
        return new Split(part(0, middle), keys[middle], part(middle, keys.length));
    }

    private Leaf part(int low, int high) {
        return new Leaf(Arrays.copyOfRange(keys, low, high), Arrays.copyOfRange(values, low, high), sum(low, high));
    }

    @Override
    public Node join(byte[] border, Node right) {
        var other = (Leaf) right;
        return new Leaf(joined(keys, other.keys), joined(values, other.values), bytes + other.bytes);
    }

    private static byte[][] joined(byte[][] left, byte[][] right) {
        var result = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, result, left.length, right.length);
        return result;
    }

    @Override
    public long bytesIn(byte[] from, byte[] to) {
        return sum(lowerBound(from), lowerBound(to));
    }
}
