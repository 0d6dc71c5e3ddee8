package dev.evenkeel.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.ExpirySchema;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.Keys;
import dev.evenkeel.model.StoreKey;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.model.Ticker;
import dev.evenkeel.storage.Direction;
import dev.evenkeel.storage.MemoryStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a replica knew when it led before is no longer true when another has led in between. */
class ExpiryLeadershipTest {
    private static final long PARTITION = 10;
    private static final long SECOND = 1_764_057_600;
    private static final long MUCH_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int NEVER = Integer.MAX_VALUE;
    private static final TableSchema PLAIN = Cluster.WITHOUT_GLOBAL;
    private static final TableSchema EXPIRING = PLAIN.withExpiry(new ExpirySchema(3, "until"));

    private static final Ticker CLOCK = new Ticker() {
        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public long epochMillis() {
            return SECOND * 1_000;
        }
    };

    private final SimulatedGroup group = new SimulatedGroup(new Random(1), NEVER);
    private final List<MemoryStore> stores = new ArrayList<>();
    private final List<PartitionStateMachine> machines = new ArrayList<>();
    private final List<PartitionHost> hosts = new ArrayList<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void open() {
        for (int i = 0; i < 2; i++) {
            var store = new MemoryStore();
            var machine = new PartitionStateMachine(store);
            var replica = group.replica(i);
            var host = new PartitionHost(
                    replica,
                    store,
                    machine,
                    (_, _) -> Optional.empty(),
                    PropagationSettings.DEFAULT,
                    CLOCK,
                    CLOCK,
                    null);
            host.open(PARTITION, PLAIN, new byte[0], null);
            replica.serve(machine, host);
            stores.add(store);
            machines.add(machine);
            hosts.add(host);
        }
    }

    @AfterEach
    void close() {
        hosts.forEach(PartitionHost::close);
        stores.forEach(MemoryStore::close);
    }

    private PartitionHost lead(int host) {
        group.move(host);
        group.settle();
        return hosts.get(host);
    }

    private static void expire(PartitionHost host) {
        assertThat(host.expireItems(MUCH_NANOS)).isTrue();
    }

    private static void put(PartitionHost host, int number, long until) {
        Item item = Cluster.key("id", number).with(Map.of("until", AttributeValue.of(until)));
        var unused = host.replica(PARTITION)
                .orElseThrow()
                .write(new ItemWrite.Put(Keys.position(item, Cluster.KEY), item, null, false));
    }

    private void replaceSchema(int host, TableSchema next) {
        hosts.get(host).replaceSchema(List.of(PARTITION), next);
    }

    private static long count(MemoryStore store, int space) {
        long count = 0;
        var from = StoreKey.of(Cluster.TABLE, space, new byte[0]);
        try (var cursor = store.cursor(from, StoreKey.of(Cluster.TABLE, space + 1, new byte[0]), Direction.FORWARD)) {
            while (cursor.next()) {
                count++;
            }
        }
        return count;
    }

    /** A follower that is slow to follow the catalog may have missed that anything expired in between. */
    @Test
    void whatAnotherLeaderLeftIsClearedAwayThoughTheSchemaIsAsItWas() {
        expire(lead(0));
        var other = lead(1);
        replaceSchema(1, EXPIRING);
        put(other, 1, SECOND + 100);
        replaceSchema(1, PLAIN);

        var again = lead(0);
        assertThat(count(stores.get(0), StoreKey.EXPIRY)).isOne();
        expire(again);
        group.settle();

        stores.forEach(store -> assertThat(count(store, StoreKey.EXPIRY)).isZero());
    }

    @Test
    void whatCameWithASnapshotIsFound() {
        replaceSchema(0, EXPIRING);
        replaceSchema(1, EXPIRING);
        expire(lead(0));
        var other = lead(1);
        put(other, 1, SECOND - 100);
        stores.get(1).checkpoint(folder);
        machines.get(0).restore(folder);

        expire(lead(0));
        group.settle();

        stores.forEach(store -> assertThat(count(store, StoreKey.ITEMS)).isZero());
    }
}
