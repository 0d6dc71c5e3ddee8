package dev.evenkeel.router;

import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.KeyEncoding;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * One worker's part of a parallel scan: segment {@code index} of {@code total} owns the hashes from
 * {@code index · 2^64 / total} up to where the next one begins, so that the segments divide the table exactly.
 */
record Segment(int index, int total) {
    private static final Segment WHOLE = new Segment(0, 1);

    /**
     * The segment that a Scan asks for; all of the table when it does not say.
     *
     * @throws DynamoException validation, when only one of the two is there, or there is no such segment
     */
    static Segment of(@Nullable Integer segment, @Nullable Integer totalSegments) {
        if (totalSegments == null) {
            if (segment != null) {
                throw DynamoException.validation("The TotalSegments parameter is required but was not present in the "
                        + "request when Segment parameter is present");
            }
            return WHOLE;
        }
        if (segment == null) {
            throw DynamoException.validation("The Segment parameter is required but was not present in the request "
                    + "when parameter TotalSegments is present");
        }
        if (segment >= totalSegments) {
            throw DynamoException.validation("The Segment parameter is zero-based and must be less than parameter "
                    + "TotalSegments: Segment: " + segment + " is not less than TotalSegments: " + totalSegments);
        }
        return new Segment(segment, totalSegments);
    }

    KeyRange range() {
        return new KeyRange(
                index == 0 ? KeyRange.ALL.from() : firstHash(index), index + 1 == total ? null : firstHash(index + 1));
    }

    private byte[] firstHash(int of) {
        long hash = BigInteger.ONE
                .shiftLeft(Long.SIZE)
                .multiply(BigInteger.valueOf(of))
                .divide(BigInteger.valueOf(total))
                .longValue();
        var bytes = new byte[KeyEncoding.HASH_BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (hash >>> (Long.SIZE - Byte.SIZE * (i + 1)));
        }
        return bytes;
    }

    /** What is wrong with a start key that lies elsewhere. */
    DynamoException startsElsewhere() {
        return DynamoException.validation("The provided starting key is invalid: Invalid ExclusiveStartKey. Please use "
                + "ExclusiveStartKey with correct Segment. TotalSegments: " + total + " Segment: " + index);
    }
}
