package dev.evenkeel.model;

/** Capacity as DynamoDB charges it (Developer Guide, "Read and write operations"). */
public final class CapacityUnits {
    static final int READ_UNIT_BYTES = 4 * 1024;
    static final int WRITE_UNIT_BYTES = 1024;

    private CapacityUnits() {}

    /**
     * Read units for that many bytes read together: one for each 4 KB begun, at least one, half of it when the read is
     * eventually consistent.
     */
    public static double forRead(long bytes, boolean consistent) {
        long units = Math.max(1, Math.ceilDiv(bytes, READ_UNIT_BYTES));
        return consistent ? units : units / 2.0;
    }

    /** Write units for one item of that many bytes: one for each 1 KB begun, at least one. */
    public static double forWrite(long bytes) {
        return Math.max(1, Math.ceilDiv(bytes, WRITE_UNIT_BYTES));
    }
}
