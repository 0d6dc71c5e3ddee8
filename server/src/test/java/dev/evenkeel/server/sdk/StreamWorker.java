package dev.evenkeel.server.sdk;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * One worker of an application that reads a table's streams, in the way of the Kinesis Client Library: it finds shards,
 * takes and steals their leases, reads on from the checkpoint, and notes how far it is. It does one thing at a time when it
 * is told to, so that a test decides from its seed how the things that workers do meet. For one thread.
 *
 * <p>Time is a number that the caller counts: a lease whose counter has stood still for {@link #LEASE_TICKS} belongs to
 * nobody any more, as far as this worker saw.
 */
final class StreamWorker {
    static final long LEASE_TICKS = 60;

    private static final int PAGE_MAX = 7;

    private final String name;
    private final String table;
    private final DynamoDbStreamsClient streams;
    private final ShardLeases leases;
    private final BiConsumer<String, Record> changes;
    private final Map<String, Held> held = new TreeMap<>();
    private final Map<String, Sight> sights = new HashMap<>();
    private int stolen;

    /** What is known of a lease that this worker believes to have. */
    private static final class Held {
        private final StreamShard shard;
        private ShardLease lease;
        private @Nullable String iterator;
        private String done;

        Held(StreamShard shard, ShardLease lease) {
            this.shard = shard;
            this.lease = lease;
            this.done = lease.checkpoint();
        }
    }

    /** A counter, and when it was first seen. */
    private record Sight(long counter, long since) {}

    /** @param changes is given each record that this worker processes, with its shard's lease key */
    StreamWorker(
            String name,
            String table,
            DynamoDbStreamsClient streams,
            ShardLeases leases,
            BiConsumer<String, Record> changes) {
        this.name = name;
        this.table = table;
        this.streams = streams;
        this.leases = leases;
        this.changes = changes;
    }

    /** Leases that it took from another worker that was alive. */
    int stolen() {
        return stolen;
    }

    /** Whether it has processed what no checkpoint tells of. */
    boolean hasUnconfirmed() {
        return held.values().stream().anyMatch(it -> !it.done.equals(it.lease.checkpoint()));
    }

    /** Makes leases for new shards, then takes one that nobody has and whose parents are done, or one from who has most. */
    void takeLease(long now, RandomGenerator random) {
        var shards = StreamShard.ofTable(streams, table);
        shards.forEach(shard -> leases.add(shard.leaseKey()));
        var all = new TreeMap<String, ShardLease>();
        leases.all().forEach(lease -> all.put(lease.key(), lease));
        all.values().forEach(lease -> see(lease, now));
        var ready = shards.stream()
                .filter(shard -> mayBeRead(shard, all))
                .filter(shard -> !lease(all, shard).owner().equals(name))
                .toList();
        var free =
                ready.stream().filter(shard -> isFree(lease(all, shard), now)).toList();
        if (!free.isEmpty()) {
            take(free.get(random.nextInt(free.size())), all);
        } else if (!ready.isEmpty() && hasLess(all)) {
            stolen += take(ready.get(random.nextInt(ready.size())), all) ? 1 : 0;
        }
    }

    private void see(ShardLease lease, long now) {
        sights.merge(
                lease.key(),
                new Sight(lease.counter(), now),
                (before, seen) -> before.counter == seen.counter ? before : seen);
    }

    private static ShardLease lease(Map<String, ShardLease> all, StreamShard shard) {
        return Objects.requireNonNull(all.get(shard.leaseKey()), shard.leaseKey());
    }

    private static boolean mayBeRead(StreamShard shard, Map<String, ShardLease> all) {
        return !lease(all, shard).isEnded()
                && shard.parents().stream()
                        .allMatch(parent -> Optional.ofNullable(all.get(parent))
                                .filter(ShardLease::isEnded)
                                .isPresent());
    }

    private boolean isFree(ShardLease lease, long now) {
        return lease.owner().isEmpty() || now - Objects.requireNonNull(sights.get(lease.key())).since > LEASE_TICKS;
    }

    /** Not by enough to call it unfair: with leases going to and fro, more can go wrong. */
    private boolean hasLess(Map<String, ShardLease> all) {
        var owners = new HashSet<>(List.of(name));
        long open = 0;
        for (var lease : all.values()) {
            if (!lease.isEnded()) {
                open++;
                owners.add(lease.owner());
            }
        }
        return held.size() * owners.size() <= open;
    }

    private boolean take(StreamShard shard, Map<String, ShardLease> all) {
        var taken = leases.take(lease(all, shard), name);
        taken.ifPresent(lease -> held.put(lease.key(), new Held(shard, lease)));
        return taken.isPresent();
    }

    /** Shows that it is alive. */
    void renew() {
        held.values().removeIf(it -> {
            var renewed = leases.renew(it.lease);
            renewed.ifPresent(lease -> it.lease = lease);
            return renewed.isEmpty();
        });
    }

    /** Reads a page of one of its shards, at whose end it says so. */
    void read(RandomGenerator random) {
        var one = anyHeld(random);
        if (one == null) {
            return;
        }
        var iterator = one.iterator == null ? iterator(one) : one.iterator;
        var page = streams.getRecords(request -> request.shardIterator(iterator).limit(random.nextInt(1, PAGE_MAX)));
        for (var record : page.records()) {
            changes.accept(one.shard.leaseKey(), record);
            one.done = record.dynamodb().sequenceNumber();
        }
        one.iterator = page.nextShardIterator();
        if (one.iterator == null) {
            one.done = ShardLease.SHARD_END;
            checkpoint(one);
            held.remove(one.shard.leaseKey());
        }
    }

    private @Nullable Held anyHeld(RandomGenerator random) {
        var all = List.copyOf(held.values());
        return all.isEmpty() ? null : all.get(random.nextInt(all.size()));
    }

    private String iterator(Held one) {
        boolean atStart = one.done.equals(ShardLease.TRIM_HORIZON);
        return streams.getShardIterator(request -> request.streamArn(one.shard.streamArn())
                        .shardId(one.shard.shardId())
                        .shardIteratorType(
                                atStart ? ShardIteratorType.TRIM_HORIZON : ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                        .sequenceNumber(atStart ? null : one.done))
                .shardIterator();
    }

    /** Notes how far it is in one of its shards. */
    void checkpoint(RandomGenerator random) {
        var one = anyHeld(random);
        if (one != null && !checkpoint(one)) {
            held.remove(one.shard.leaseKey());
        }
    }

    private boolean checkpoint(Held one) {
        var noted = leases.checkpoint(one.lease, one.done);
        noted.ifPresent(lease -> one.lease = lease);
        return noted.isPresent();
    }

    @Override
    public String toString() {
        return name + " with " + held.keySet();
    }
}
