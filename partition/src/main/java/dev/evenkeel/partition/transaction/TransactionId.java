package dev.evenkeel.partition.transaction;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import java.nio.ByteBuffer;

/**
 * One attempt at a write transaction.
 *
 * <p>Attempts of one request, or of requests with one client token, share the first two numbers, which are the key of their
 * ledger record; the third tells them apart, so that what is left of an earlier attempt is not taken for a later one's.
 *
 * @param attempt random
 */
public record TransactionId(long high, long low, long attempt) {
    /** The key of the ledger record. */
    public byte[] key() {
        return ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
    }

    public boolean hasKeyOf(TransactionId other) {
        return high == other.high && low == other.low;
    }

    /** Another attempt at the same request. */
    public TransactionId withAttempt(long next) {
        return new TransactionId(high, low, next);
    }

    public void write(ByteWriter out) {
        out.signed(high).signed(low).signed(attempt);
    }

    public static TransactionId read(ByteReader in) {
        return new TransactionId(in.signed(), in.signed(), in.signed());
    }

    @Override
    public String toString() {
        return "%016x%016x-%016x".formatted(high, low, attempt);
    }
}
