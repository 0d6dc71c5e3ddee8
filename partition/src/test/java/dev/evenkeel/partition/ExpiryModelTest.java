package dev.evenkeel.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Bytes;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.DynamoNumber;
import dev.evenkeel.model.ExpirySchema;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.Keys;
import dev.evenkeel.model.StoreKey;
import dev.evenkeel.model.StreamSchema;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.model.Ticker;
import dev.evenkeel.partition.expiry.ExpiryKey;
import dev.evenkeel.partition.stream.ChangePosition;
import dev.evenkeel.partition.stream.ChangeRecord;
import dev.evenkeel.partition.stream.ChangesPage;
import dev.evenkeel.partition.stream.ChangesRead;
import dev.evenkeel.partition.stream.ShardKey;
import dev.evenkeel.replication.ReplicationException;
import dev.evenkeel.storage.Direction;
import dev.evenkeel.storage.MemoryStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients write items with times while leadership moves between two replicas, outcomes get lost, expiry is switched on, off
 * and to another attribute, and the clock moves on. The stream's records, which are a history of each item without a gap,
 * must show no removal by the service but of an item that was due by the setting of that moment. In the end exactly what is
 * not due is left, and what the stores have of times is exactly what the items say.
 */
class ExpiryModelTest {
    private static final int CLIENTS = 3;
    private static final int MOMENTS = 60;
    private static final int OPERATIONS_MAX = 5_000;
    /** So many that filling takes several steps. */
    private static final int KEYS = 3 * PartitionExpiry.STEP_ITEMS;
    /** Written by all clients. */
    private static final int HOT_KEYS = 8;

    private static final long PARTITION = 10;
    private static final long STREAM = 77;
    private static final ShardKey SHARD = new ShardKey(Cluster.TABLE, PARTITION, STREAM);
    private static final List<String> ATTRIBUTES = List.of("expiresAt", "endsAt");
    private static final long START_SECOND =
            Instant.parse("2026-11-25T08:00:00Z").getEpochSecond();
    private static final long FIVE_YEARS_SECONDS = (5 * 365 + 1) * 86_400L; // with one leap day, as in 2021 to 2026
    private static final long MUCH_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** Small numbers, so that everything happens often. */
    private static final PropagationSettings PROPAGATION = new PropagationSettings(
            5, 1_000, 7, 2_000, TimeUnit.MILLISECONDS.toNanos(1), TimeUnit.MILLISECONDS.toNanos(1));

    private static final TableSchema TABLE = Cluster.WITH_GLOBAL.withStream(new StreamSchema(STREAM, true, true));

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.evenkeel.partition.Seeds#thirty")
    void whatIsDueGoesAndNothingElse(long seed) throws InterruptedException {
        try (var world = new World(seed)) {
            world.fill(new Random(seed + 2_000));
            var tasks = new ArrayList<Runnable>();
            for (int i = 0; i < CLIENTS; i++) {
                tasks.add(new Client(world, i, new Random(seed * CLIENTS + i)));
            }
            var operator = new Operator(world, new Random(~seed));
            tasks.add(operator);
            tasks.add(new Sweeps(world, new Random(seed + 1_000)));
            Cluster.together(tasks);
            world.group.settle();
            assertThat(world.group.moves).isPositive();

            world.letOneExpire();
            world.comeToRest();
            assertThat(world.checkHistory(operator.settings))
                    .as("a run without expiry shows nothing")
                    .isPositive();
            world.checkStores();
        }
    }

    /** Only the test moves it, so each change of a setting has its own moments. */
    private static final class Clock implements Ticker {
        final AtomicLong millis = new AtomicLong(START_SECOND * 1_000);

        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public long epochMillis() {
            return millis.get();
        }
    }

    private static boolean isDue(@Nullable ExpirySchema expiry, @Nullable Item item, long millis) {
        if (expiry == null || item == null || !(item.get(expiry.attribute()) instanceof AttributeValue.N(var time))) {
            return false;
        }
        var seconds = time.toBigDecimal().toBigInteger(); // by another way than the code under test
        long now = Math.ceilDiv(millis, 1_000);
        return seconds.bitLength() < Long.SIZE
                && seconds.longValue() < now
                && seconds.longValue() >= millis / 1_000 - FIVE_YEARS_SECONDS;
    }

    /** Two storage replicas of a group with one table and its global index. */
    private static final class World implements AutoCloseable {
        final SimulatedGroup group;
        final Clock clock = new Clock();
        final List<MemoryStore> stores = new ArrayList<>();
        final List<PartitionHost> hosts = new ArrayList<>();
        volatile TableSchema schema = TABLE;
        volatile boolean isOver;

        World(long seed) {
            group = new SimulatedGroup(new Random(seed), 60);
            for (int i = 0; i < 2; i++) {
                var store = new MemoryStore();
                var machine = new PartitionStateMachine(new CountingStore(store, this::linger));
                var replica = group.replica(i);
                var host = new PartitionHost(
                        replica, store, machine, (_, _) -> Optional.of(20L), PROPAGATION, clock, clock, null);
                host.open(PARTITION, TABLE, new byte[0], null);
                host.open(20, Cluster.INDEX_TABLE, new byte[0], null);
                replica.serve(machine, host);
                stores.add(store);
                hosts.add(host);
            }
        }

        /** Whoever has looked at times does nothing with them for a moment, in which much happens. */
        private void linger() {
            for (int i = 0; i < 5; i++) {
                group.step();
                Thread.yield();
            }
        }

        /** What is there before anything expires. */
        void fill(Random random) {
            for (int i = 0; i < KEYS; i++) {
                var key = Cluster.key("k", i);
                var until = AttributeValue.of(START_SECOND + random.nextInt(-20, 300));
                put(key.with(Map.of(ATTRIBUTES.get(random.nextInt(2)), until)));
            }
        }

        void pass(int host) {
            try {
                var unused = hosts.get(host).expiryPass();
            } catch (ReplicationException | DynamoException elsewhere) {
                group.step();
            }
        }

        private void put(Item item) {
            try {
                var unused = leader().replica(PARTITION)
                        .orElseThrow()
                        .write(new ItemWrite.Put(Keys.position(item, Cluster.KEY), item, null, false));
            } catch (DynamoException | ReplicationException lost) {
                group.step();
            }
        }

        PartitionHost leader() {
            return hosts.get(group.leader());
        }

        /** As in a cluster: nobody leads by an older schema than somebody before him. */
        void replaceSchema(TableSchema next) {
            group.pauseMoves(true);
            schema = next;
            hosts.forEach(host -> host.replaceSchema(List.of(PARTITION), next));
            group.pauseMoves(false);
        }

        void letOneExpire() {
            var attribute = Objects.requireNonNull(schema.expiry()).attribute();
            put(Cluster.key("last", 1).with(Map.of(attribute, AttributeValue.of(clock.epochMillis() / 1_000))));
            clock.millis.addAndGet(2_000);
        }

        void comeToRest() {
            assertThat(leader().expireItems(MUCH_NANOS)).isTrue();
            leader().awaitIndexes();
            assertThat(leader().awaitEmptyOutbox(MUCH_NANOS)).isTrue();
            group.settle();
        }

        void checkStores() {
            var expiry = schema.expiry();
            for (var host : hosts) {
                var items = items(host, PARTITION);
                assertThat(items).noneMatch(item -> isDue(expiry, item, clock.epochMillis()));
                var entries = items.stream()
                        .map(item -> Cluster.BY_COLOUR.entryFor(item, Cluster.KEY))
                        .filter(Objects::nonNull)
                        .toList();
                assertThat(items(host, 20)).containsExactlyInAnyOrderElementsOf(entries);
                assertThat(host.replica(PARTITION)
                                .orElseThrow()
                                .statistics(StoreKey.ITEMS)
                                .items())
                        .isEqualTo(items.size());
            }
            for (int i = 0; i < stores.size(); i++) {
                assertThat(times(stores.get(i))).isEqualTo(expectedTimes(items(hosts.get(i), PARTITION)));
            }
            assertThat(all(stores.get(0))).isEqualTo(all(stores.get(1)));
        }

        private Set<Bytes> expectedTimes(List<Item> items) {
            var expected = new TreeSet<Bytes>();
            var expiry = schema.expiry();
            var key = new ExpiryKey(Cluster.TABLE, PARTITION);
            if (expiry != null) {
                for (var item : items) {
                    expiry.secondOf(item)
                            .ifPresent(second -> expected.add(
                                    Bytes.wrap(key.row(expiry.id(), second, Keys.position(item, Cluster.KEY)))));
                }
                expected.add(Bytes.wrap(key.mark()));
            }
            return expected;
        }

        private static Set<Bytes> times(MemoryStore store) {
            var times = new TreeSet<Bytes>();
            all(store).keySet().stream()
                    .filter(key -> StoreKey.space(key.array()) == StoreKey.EXPIRY
                            || StoreKey.space(key.array()) == StoreKey.EXPIRY_FILLED)
                    .forEach(times::add);
            return times;
        }

        private static Map<Bytes, Bytes> all(MemoryStore store) {
            var all = new TreeMap<Bytes, Bytes>();
            try (var cursor = store.cursor(new byte[0], null, Direction.FORWARD)) {
                while (cursor.next()) {
                    all.put(Bytes.wrap(cursor.key()), Bytes.wrap(cursor.value()));
                }
            }
            return all;
        }

        private static List<Item> items(PartitionHost host, long partition) {
            return host.replica(partition)
                    .orElseThrow()
                    .read(new RangeRead(
                            StoreKey.ITEMS,
                            new byte[0],
                            null,
                            true,
                            null,
                            Integer.MAX_VALUE,
                            Long.MAX_VALUE,
                            false,
                            false,
                            true))
                    .items();
        }

        /** Each removal by the service is of an item that was due, by the setting of its moment; how many there were. */
        int checkHistory(NavigableMap<Long, List<@Nullable ExpirySchema>> settings) {
            var state = new HashMap<Item, @Nullable Item>();
            int expired = 0;
            for (var stored : records()) {
                var change = ChangeRecord.decode(stored.record());
                var key = change.keys(Cluster.KEY);
                assertThat(change.oldImage()).isEqualTo(state.get(key));
                state.put(key, change.newImage());
                if (change.isExpiry()) {
                    expired++;
                    assertThat(change.kind()).isEqualTo(ChangeRecord.Kind.REMOVE);
                    assertThat(settings.floorEntry(change.millis()).getValue())
                            .as("%s removed at %d", change.oldImage(), change.millis())
                            .anyMatch(setting -> isDue(setting, change.oldImage(), change.millis()));
                }
            }
            var left = state.values().stream().filter(Objects::nonNull).toList();
            assertThat(items(hosts.getFirst(), PARTITION)).containsExactlyInAnyOrderElementsOf(left);
            return expired;
        }

        private List<ChangesPage.Stored> records() {
            return hosts.getFirst()
                    .streams()
                    .changes(new ChangesRead(SHARD, ChangePosition.START, false, 0, Integer.MAX_VALUE, Long.MAX_VALUE))
                    .records();
        }

        @Override
        public void close() {
            hosts.forEach(PartitionHost::close);
            stores.forEach(MemoryStore::close);
        }
    }

    /** Writes through whoever leads; what comes of it, the stream says. */
    private record Client(World world, int number, Random random) implements Runnable {
        @Override
        public void run() {
            for (int i = 0; i < OPERATIONS_MAX && !world.isOver; i++) {
                var key = Cluster.key("k", random.nextInt(random.nextInt(3) == 0 ? KEYS : HOT_KEYS));
                var position = Keys.position(key, Cluster.KEY);
                var write = switch (random.nextInt(5)) {
                    case 0 -> new ItemWrite.Delete(position, null, false);
                    case 1 ->
                        new ItemWrite.Change(
                                position, key, Cluster.increment(ATTRIBUTES.get(random.nextInt(2))), null, false);
                    default -> new ItemWrite.Put(position, item(key, i), null, false);
                };
                attempt(write);
            }
        }

        private Item item(Item key, int operation) {
            var attributes = new LinkedHashMap<>(key.toMap());
            attributes.put("note", AttributeValue.of(number + "-" + operation));
            if (random.nextBoolean()) {
                attributes.put("colour", AttributeValue.of("c" + random.nextInt(3)));
            }
            for (var name : ATTRIBUTES) {
                if (random.nextInt(5) > 0) {
                    attributes.put(name, time());
                }
            }
            return Item.of(attributes);
        }

        private AttributeValue time() {
            long now = world.clock.epochMillis() / 1_000;
            return switch (random.nextInt(12)) {
                case 0 -> AttributeValue.of(Long.toString(now - 5)); // a string
                case 1 -> AttributeValue.of(now - FIVE_YEARS_SECONDS - 1_000_000);
                case 2 -> AttributeValue.of(now * 1_000);
                case 3 -> new AttributeValue.N(DynamoNumber.parse("-" + now));
                case 4 -> new AttributeValue.N(DynamoNumber.parse(now + random.nextInt(-20, 60) + ".75"));
                default -> AttributeValue.of(now + random.nextInt(-20, 60));
            };
        }

        private void attempt(ItemWrite write) {
            try {
                var unused = world.leader().replica(PARTITION).orElseThrow().write(write);
            } catch (DynamoException | ReplicationException lost) {
                world.group.step();
            }
        }
    }

    /** Switches expiry on and off, and moves the clock. */
    private static final class Operator implements Runnable {
        private final World world;
        private final Random random;
        private long nextId = 1;

        /** What may have been the setting, from a moment on. */
        final NavigableMap<Long, List<@Nullable ExpirySchema>> settings = new TreeMap<>();

        Operator(World world, Random random) {
            this.world = world;
            this.random = random;
            settings.put(0L, none());
        }

        private static List<@Nullable ExpirySchema> none() {
            var none = new ArrayList<@Nullable ExpirySchema>();
            none.add(null);
            return none;
        }

        @Override
        public void run() {
            for (int i = 0; i < MOMENTS; i++) {
                if (random.nextInt(6) == 0) {
                    change();
                    if (random.nextInt(3) == 0) {
                        change();
                    }
                    world.pass(world.group.leader());
                }
                world.clock.millis.addAndGet(random.nextInt(3_000));
                for (int j = random.nextInt(30); j > 0; j--) {
                    world.group.step();
                    Thread.yield();
                }
            }
            if (world.schema.expiry() == null) {
                change(); // so that there is something to see
            }
            world.isOver = true;
        }

        /** While it is made, either may hold. */
        private void change() {
            var before = world.schema.expiry();
            var next = before == null || random.nextInt(3) == 0
                    ? new ExpirySchema(nextId++, ATTRIBUTES.get(random.nextInt(2)))
                    : null;
            var both = new ArrayList<@Nullable ExpirySchema>();
            both.add(before);
            both.add(next);
            settings.put(world.clock.millis.incrementAndGet(), both);
            world.replaceSchema(world.schema.withExpiry(next));
            var one = new ArrayList<@Nullable ExpirySchema>();
            one.add(next);
            settings.put(world.clock.millis.incrementAndGet(), one);
        }
    }

    /** Looks around on either replica, as each does every second. */
    private record Sweeps(World world, Random random) implements Runnable {
        @Override
        public void run() {
            for (int i = 0; i < OPERATIONS_MAX && !world.isOver; i++) {
                world.pass(random.nextInt(2));
                for (int j = random.nextInt(10); j > 0; j--) {
                    world.group.step();
                    Thread.yield();
                }
            }
        }
    }
}
