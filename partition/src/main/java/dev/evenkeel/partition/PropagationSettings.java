package dev.evenkeel.partition;

import java.util.concurrent.TimeUnit;

/**
 * How an {@link IndexPropagator} paces itself.
 *
 * @param batchEntriesMax entries taken at a time: what one index partition gets in one log entry at most
 * @param batchBytesMax and their bytes
 * @param noteEveryEntries progress is noted when so many have been carried: what a new leader may carry twice
 * @param noteEveryBytes or when so many bytes have been
 * @param noteAfterNanos or so long after the first of them, however few there are
 * @param retryNanos how long after a refusal by the log the next attempt is made
 */
record PropagationSettings(
        int batchEntriesMax,
        long batchBytesMax,
        int noteEveryEntries,
        long noteEveryBytes,
        long noteAfterNanos,
        long retryNanos) {
    static final PropagationSettings DEFAULT = new PropagationSettings(
            256, 4L << 20, 1_024, 8L << 20, TimeUnit.MILLISECONDS.toNanos(250), TimeUnit.SECONDS.toNanos(1));
}
