package dev.evenkeel.replication;

/**
 * Sizes of a {@link NodeLog}.
 *
 * @param segmentBytes when a file is that long the next one is begun
 * @param logBytesMax above that, those who keep the oldest segment are asked to persist their state; not a hard bound
 * @param queueBytesMax entries waiting to be written; proposers wait above that
 * @param recentBytesMax entries of a group kept in memory for those who follow its log; older ones come from the files
 */
public record NodeLogSettings(long segmentBytes, long logBytesMax, long queueBytesMax, long recentBytesMax) {

    public static final NodeLogSettings DEFAULT = new NodeLogSettings(64L << 20, 256L << 20, 32L << 20, 8L << 20);

    /** Offsets in a segment are kept in 32 bits, and a batch is never divided. */
    private static final long SEGMENT_BYTES_MAX = 1L << 30;

    private static final long QUEUE_BYTES_MAX = 1L << 30;

    public NodeLogSettings {
        if (segmentBytes < 1
                || segmentBytes > SEGMENT_BYTES_MAX
                || logBytesMax < segmentBytes
                || queueBytesMax < 1
                || queueBytesMax > QUEUE_BYTES_MAX
                || recentBytesMax < 0) {
            throw new IllegalArgumentException("sizes of a log that do not fit together");
        }
    }
}
