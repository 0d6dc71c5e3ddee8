package dev.evenkeel.metadata.memds;

import java.util.Arrays;

/**
 * Shows an entry where it lies, so that a lookup allocates nothing. Belongs to one thread, may be used again for the next
 * lookup, and stays valid however the tree goes on: what it points at never changes.
 */
public final class PerkleCursor {
    private PerkleBucket bucket = PerkleBucket.EMPTY;
    private int index;

    void moveTo(PerkleBucket nextBucket, int nextIndex) {
        bucket = nextBucket;
        index = nextIndex;
    }

    /** A copy. */
    public byte[] key() {
        return bucket.key(index);
    }

    /** A copy. */
    public byte[] value() {
        return bucket.value(index);
    }

    PerkleEntry entry() {
        return bucket.entry(index);
    }

    int keyLength() {
        return bucket.prefixLength() + bucket.valueAt(index) - bucket.suffixAt(index);
    }

    int valueLength() {
        return bucket.endOf(index) - bucket.valueAt(index);
    }

    /** Whether key and {@code other} have the same first {@code length} bytes. */
    boolean keySharesPrefix(byte[] other, int length) {
        if (other.length < length || keyLength() < length) {
            return false;
        }
        var data = bucket.data();
        int before = Math.min(length, bucket.prefixLength());
        int suffixAt = bucket.suffixAt(index);
        return Arrays.equals(data, bucket.prefixAt(), bucket.prefixAt() + before, other, 0, before)
                && Arrays.equals(data, suffixAt, suffixAt + length - before, other, before, length);
    }

    /** Reads the value where it lies. */
    MessageSource valueSource() {
        return new MessageSource(bucket.data(), bucket.valueAt(index), bucket.endOf(index));
    }
}
