package dev.evenkeel.storage;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ChecksumType;
import org.rocksdb.CompressionType;
import org.rocksdb.Env;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileManager;
import org.rocksdb.WriteOptions;

/** The native objects that one opening of a store is configured with, besides those shared; freed with it. */
final class RocksResources implements AutoCloseable {
    private static final double FILTER_BITS_PER_KEY = 10; // about 1 % of the misses read a block in vain
    private static final int BLOCK_BYTES = 8 << 10; // an item of the typical size and its neighbours

    private final BloomFilter filter = new BloomFilter(FILTER_BITS_PER_KEY);
    private final SstFileManager files; // without it the engine stays read-only after the disk was full
    private final ReadOptions reads = verifyingReads();
    private final WriteOptions writes = new WriteOptions().setDisableWAL(true);
    private final Options options;

    RocksResources(RocksShared shared, boolean isNew) {
        try {
            files = new SstFileManager(Env.getDefault());
        } catch (RocksDBException e) {
            throw new StorageIoException("RocksDB does not start: " + e.getMessage(), e);
        }
        options = options(shared, isNew);
    }

    private Options options(RocksShared shared, boolean isNew) {
        var settings = shared.settings();
        return new Options()
                .setCreateIfMissing(isNew)
                .setParanoidChecks(true)
                .setForceConsistencyChecks(true)
                .setAtomicFlush(true)
                .setWriteBufferManager(shared.buffers())
                .setWriteBufferSize(settings.writeBufferBytes())
                .setMaxWriteBufferNumber(settings.writeBuffers())
                .setTargetFileSizeBase(settings.writeBufferBytes())
                .setMaxBytesForLevelBase(settings.writeBufferBytes() * 4)
                .setMaxBackgroundJobs(settings.backgroundThreads())
                .setMaxOpenFiles(settings.openFilesMax())
                .setMaxFileOpeningThreads(settings.backgroundThreads())
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION)
                .setBytesPerSync(1 << 20)
                .setSstFileManager(files)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(2)
                .setMaxLogFileSize(4 << 20)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0)
                .setTableFormatConfig(tables(shared.cache()));
    }

    private BlockBasedTableConfig tables(Cache cache) {
        return new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinL0FilterAndIndexBlocksInCache(true)
                .setBlockSize(BLOCK_BYTES)
                .setFilterPolicy(filter)
                .setOptimizeFiltersForMemory(true)
                .setChecksumType(ChecksumType.kXXH3)
                .setFormatVersion(6);
    }

    /** Options for one reader, who closes them. */
    static ReadOptions verifyingReads() {
        return new ReadOptions().setVerifyChecksums(true);
    }

    Options options() {
        return options;
    }

    ReadOptions reads() {
        return reads;
    }

    WriteOptions writes() {
        return writes;
    }

    @Override
    public void close() {
        options.close();
        writes.close();
        reads.close();
        files.close();
        filter.close();
    }
}
