package dev.evenkeel.storage;

/**
 * What a {@link RocksStore} may use. The most memory it takes is about the cache plus all write buffers.
 *
 * @param blockCacheBytes for blocks of files, with their indexes and filters
 * @param writeBufferBytes changes gathered before they become a file
 * @param writeBuffers how many such buffers there may be while older ones are being written
 * @param backgroundThreads for writing and merging files
 * @param openFilesMax file descriptors
 */
public record RocksSettings(
        long blockCacheBytes, long writeBufferBytes, int writeBuffers, int backgroundThreads, int openFilesMax) {
    /** Small enough to run beside an application on a laptop: 32 MiB of cache, 3 buffers of 16 MiB. */
    public static final RocksSettings DEFAULT = new RocksSettings(32L << 20, 16L << 20, 3, 2, 512);

    public RocksSettings {
        if (blockCacheBytes < 1 << 20
                || writeBufferBytes < 64 << 10
                || writeBuffers < 2
                || backgroundThreads < 1
                || openFilesMax < 32) {
            throw new IllegalArgumentException("settings too small for a store");
        }
    }
}
