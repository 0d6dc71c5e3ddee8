package dev.evenkeel.router.stream;

import dev.evenkeel.metadata.Catalog;
import dev.evenkeel.metadata.ChangeStream;
import dev.evenkeel.metadata.StreamChange.DropStream;
import dev.evenkeel.metadata.StreamShard;
import dev.evenkeel.model.Ticker;
import dev.evenkeel.partition.StreamGroup;
import dev.evenkeel.partition.stream.ShardKey;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears away what readers do not see any more: records that are a day old, and streams whose end is. It takes its time,
 * since nothing but space depends on it: each time a shard is trimmed leaves a deleted range in its store, so it is done
 * seldom. One node does it for all.
 */
public final class StreamUpkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamUpkeep.class);
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    /** How often the time is looked at, which somebody may move. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Catalog catalog;
    private final IntFunction<StreamGroup> groups;
    private final Ticker ticker;
    private final BooleanSupplier drives;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Begins at once.
     *
     * @param groups the change records of a group, by its id
     * @param ticker of the records
     * @param drives whether this node does it, now
     */
    public StreamUpkeep(Catalog catalog, IntFunction<StreamGroup> groups, Ticker ticker, BooleanSupplier drives) {
        this.catalog = catalog;
        this.groups = groups;
        this.ticker = ticker;
        this.drives = drives;
        this.thread = Thread.ofVirtual().name("stream-upkeep").start(this::run);
    }

    private void run() {
        long lastNanos = ticker.nanos();
        while (!closed) {
            LockSupport.parkNanos(this, LOOK_EVERY.toNanos());
            if (!closed && ticker.nanos() - lastNanos >= INTERVAL.toNanos()) {
                lastNanos = ticker.nanos();
                if (drives.getAsBoolean()) {
                    tidy();
                }
            }
        }
    }

    /** Does all that is to be done now. What fails is tried again the next time. */
    void tidy() {
        var keptSince = ticker.now().minus(StreamCatalog.RETENTION);
        for (var stream : catalog.image().streams()) {
            try {
                tidy(stream, keptSince);
            } catch (RuntimeException failed) {
                LOG.warn("stream {} could not be trimmed, tried again in {}", stream.arn(), INTERVAL, failed);
            }
        }
    }

    private void tidy(ChangeStream stream, Instant keptSince) {
        if (StreamCatalog.isKept(stream, keptSince)) {
            for (var shard : stream.shards()) {
                groups.apply(shard.groupId()).trim(key(stream, shard), keptSince.toEpochMilli());
            }
            return;
        }
        for (var shard : stream.shards()) {
            groups.apply(shard.groupId()).remove(key(stream, shard));
        }
        catalog.propose(new DropStream(stream.id()));
    }

    private static ShardKey key(ChangeStream stream, StreamShard shard) {
        return new ShardKey(stream.tableId(), shard.partitionId(), stream.recordsId());
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
