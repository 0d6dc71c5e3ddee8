package dev.evenkeel.storage;

import java.nio.file.Path;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.WriteBufferManager;

/**
 * What the stores of one node use together, so that ten of them take no more memory than one: a cache of blocks and the
 * room for write buffers. The buffers' room is part of the cache: what they do not fill holds blocks. The threads that
 * write and merge files belong to the process and are shared in any case.
 *
 * <p>When all buffers together grow too large, the store that is being written to makes a file of its own, even if an
 * idle one has more: so {@link RocksStore#persist} idle stores now and then, which the log needs anyway to let go of
 * old segments.
 *
 * <p>Close it after its stores.
 */
public final class RocksShared implements AutoCloseable {
    private static final int CACHE_SHARD_BITS = 2; // few shards: the cache is small, and so is the number of cores
    private static final double CACHE_SHARE_FOR_INDEXES = 0.5;

    private final RocksSettings settings;
    private final Cache cache;
    private final WriteBufferManager buffers;

    private RocksShared(RocksSettings settings) {
        long bufferBytes = settings.writeBufferBytes() * settings.writeBuffers();
        this.settings = settings;
        this.cache = new LRUCache(
                settings.blockCacheBytes() + bufferBytes, CACHE_SHARD_BITS, false, CACHE_SHARE_FOR_INDEXES);
        this.buffers = new WriteBufferManager(bufferBytes, cache);
    }

    /**
     * @param nativeCache where the native library is unpacked, once for all stores and starts
     * @param settings cache and write buffers are for all stores together, the files that may be open for each
     */
    public static RocksShared open(Path nativeCache, RocksSettings settings) {
        RocksNative.load(nativeCache);
        return new RocksShared(settings);
    }

    RocksSettings settings() {
        return settings;
    }

    Cache cache() {
        return cache;
    }

    WriteBufferManager buffers() {
        return buffers;
    }

    @Override
    public void close() {
        buffers.close();
        cache.close();
    }
}
