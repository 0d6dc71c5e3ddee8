package dev.evenkeel.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.Keys;
import dev.evenkeel.model.StoreKey;
import dev.evenkeel.storage.Direction;
import dev.evenkeel.storage.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients write through any node while leadership moves between two hosts and answers get lost. Nothing acknowledged is
 * lost, nothing refused appears, and the global index ends equal to the table, with nothing left in the outbox.
 */
class LeadershipModelTest {
    private static final List<String> NODES = List.of("a", "b");
    private static final int CLIENTS = 4;
    private static final int OPERATIONS = 120;
    private static final Item HOT = Cluster.key("hot", 0);

    /** Small numbers, so that everything happens often. */
    private static final PropagationSettings PROPAGATION = new PropagationSettings(
            5, 1_000, 7, 2_000, TimeUnit.MILLISECONDS.toNanos(1), TimeUnit.MILLISECONDS.toNanos(1));

    private static final long AWAIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.evenkeel.partition.Seeds#thirty")
    void nothingAcknowledgedIsLost(long seed) throws InterruptedException {
        try (var world = new World(seed)) {
            var clients = new ArrayList<Client>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new Client(world, i, new Random(seed * CLIENTS + i)));
            }
            Cluster.together(List.copyOf(clients));
            world.group.settle();
            assertThat(world.group.moves).isPositive();
            var leader = world.hosts.get(world.group.leader());
            leader.awaitIndexes();
            assertThat(leader.awaitEmptyOutbox(AWAIT_NANOS)).isTrue();
            world.group.settle();
            clients.forEach(Client::checkAll);
            checkHotItem(clients);
            world.checkIndex();
            world.checkReplicasAreEqual();
        }
    }

    /** Every acknowledged increment counts once and saw a state of its own; those without an outcome may count. */
    private static void checkHotItem(List<Client> clients) {
        var acknowledged =
                clients.stream().flatMap(client -> client.hotValues.stream()).toList();
        int unknown = clients.stream().mapToInt(client -> client.hotUnknown).sum();
        assertThat(acknowledged).doesNotHaveDuplicates();
        var item = clients.getFirst().partition.get(Keys.position(HOT, Cluster.KEY), true);
        int count = item == null ? 0 : Integer.parseInt(number(item));
        assertThat(count).isBetween(acknowledged.size(), acknowledged.size() + unknown);
    }

    private static String number(Item item) {
        return item.get("instant") instanceof AttributeValue.N(var value) ? value.toString() : "";
    }

    /** Two nodes with a storage replica each of a group with a table and its index. */
    private static final class World implements AutoCloseable {
        final SimulatedGroup group;
        final List<MemoryStore> stores = new ArrayList<>();
        final List<PartitionHost> hosts = new ArrayList<>();
        final Map<String, HostedGroups> hosted = new HashMap<>();
        final Map<String, PartitionService> services = new HashMap<>();

        World(long seed) {
            group = new SimulatedGroup(new Random(seed), 40);
            for (int i = 0; i < NODES.size(); i++) {
                var store = new MemoryStore();
                var machine = new PartitionStateMachine(store);
                var replica = group.replica(i);
                var host = new PartitionHost(replica, store, machine, this::target, PROPAGATION);
                host.open(10, Cluster.WITH_GLOBAL, new byte[0], null);
                host.open(20, Cluster.INDEX_TABLE, new byte[0], new byte[] {(byte) 0x80});
                host.open(21, Cluster.INDEX_TABLE, new byte[] {(byte) 0x80}, null);
                replica.serve(machine, host);
                stores.add(store);
                hosts.add(host);
                var node = new Hosted(host, () -> NODES.get(group.leader()));
                hosted.put(NODES.get(i), node);
                services.put(NODES.get(i), new PartitionService(node));
            }
        }

        /** The propagator has read the outbox by now; leadership may move before it proposes anything. */
        private Optional<Long> target(int index, byte[] position) {
            if (position[position.length - 1] % 8 == 0) {
                for (int i = 0; i < 100; i++) {
                    group.step();
                    Thread.yield();
                }
            }
            return Optional.of(position[0] < 0 ? 21L : 20L);
        }

        private List<Item> all(int host, long partition, int space) {
            return hosts.get(host)
                    .replica(partition)
                    .orElseThrow()
                    .read(new RangeRead(
                            space,
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

        void checkIndex() {
            for (int i = 0; i < hosts.size(); i++) {
                var expected = all(i, 10, StoreKey.ITEMS).stream()
                        .map(item -> Cluster.BY_COLOUR.entryFor(item, Cluster.KEY))
                        .filter(Objects::nonNull)
                        .toList();
                var entries = new ArrayList<>(all(i, 20, StoreKey.ITEMS));
                entries.addAll(all(i, 21, StoreKey.ITEMS));
                assertThat(entries).containsExactlyInAnyOrderElementsOf(expected);
                assertThat(statistics(i, 20) + statistics(i, 21)).isEqualTo(expected.size());
            }
        }

        private long statistics(int host, long partition) {
            return hosts.get(host)
                    .replica(partition)
                    .orElseThrow()
                    .statistics(StoreKey.ITEMS)
                    .items();
        }

        void checkReplicasAreEqual() {
            try (var one = stores.get(0).cursor(new byte[0], null, Direction.FORWARD);
                    var other = stores.get(1).cursor(new byte[0], null, Direction.FORWARD)) {
                while (one.next()) {
                    assertThat(other.next()).isTrue();
                    assertThat(other.key()).isEqualTo(one.key());
                    assertThat(other.value()).isEqualTo(one.value());
                    assertThat(StoreKey.space(one.key())).isNotEqualTo(StoreKey.INDEX_OUTBOX);
                }
                assertThat(other.next()).isFalse();
            }
        }

        @Override
        public void close() {
            hosts.forEach(PartitionHost::close);
            services.values().forEach(PartitionService::close);
            stores.forEach(MemoryStore::close);
        }
    }

    /** One that writes to its own keys, and knows for each what it may hold. */
    private static final class Client implements Runnable {
        private final World world;
        private final int number;
        private final Random random;
        private final PartitionReplica partition;
        private final Map<Item, Set<Optional<Item>>> possible = new LinkedHashMap<>();
        private final Map<Item, Set<Optional<Item>>> ever = new HashMap<>();
        private final List<String> hotValues = new ArrayList<>();
        private int hotUnknown;
        private boolean isDisturbed = true;

        Client(World world, int number, Random random) {
            this.world = world;
            this.number = number;
            this.random = random;
            var replicas = List.of(
                    new PartitionLocations.Replica("c", "z3", false),
                    new PartitionLocations.Replica("a", "z1", true),
                    new PartitionLocations.Replica("b", "z2", true));
            var self = List.of("a", "b", "c", "d").get(number);
            var client = new PartitionClient(
                    self,
                    "z" + (1 + number % 3),
                    world.hosted.getOrDefault(self, new Hosted(null, () -> null)),
                    this::call,
                    new PassingClock(() -> {
                        for (int i = 0; i < 10; i++) {
                            world.group.step();
                        }
                    }),
                    Duration.ofSeconds(5));
            partition = client.group(1, new GroupLocations(() -> replicas)).partition(10);
        }

        private CompletableFuture<byte[]> call(String node, byte[] request, Duration timeout) {
            int luck = isDisturbed ? random.nextInt(20) : 20;
            var service = world.services.get(node);
            if (service == null || luck == 0) {
                return CompletableFuture.failedFuture(new NotSentException("no connection to " + node, null));
            }
            return service.handle(request).thenApply(answer -> {
                if (luck == 1) {
                    throw new IllegalStateException("the answer was lost");
                }
                return answer;
            });
        }

        @Override
        public void run() {
            for (int i = 0; i < OPERATIONS; i++) {
                var key = Cluster.key("client" + number, random.nextInt(4));
                possible.computeIfAbsent(key, _ -> new HashSet<>(Set.of(Optional.empty())));
                ever.computeIfAbsent(key, _ -> new HashSet<>(Set.of(Optional.empty())));
                switch (random.nextInt(8)) {
                    case 0 -> delete(key);
                    case 1 -> increment(key);
                    case 2 -> putNew(key, randomItem(key));
                    case 3 -> read(key);
                    case 4, 5 -> incrementHot();
                    default -> write(key, put(key, randomItem(key), false), _ -> Optional.of(randomItem));
                }
            }
        }

        private Item randomItem = Item.EMPTY;

        private Item randomItem(Item key) {
            var attributes = new LinkedHashMap<>(key.toMap());
            if (random.nextInt(4) > 0) {
                attributes.put("colour", AttributeValue.of("c" + random.nextInt(5)));
            }
            attributes.put("note", AttributeValue.of("n" + random.nextInt(1_000)));
            randomItem = Item.of(attributes);
            return randomItem;
        }

        private static ItemWrite put(Item key, Item item, boolean onlyNew) {
            var condition = onlyNew ? Cluster.condition("attribute_not_exists(id)", null) : null;
            return new ItemWrite.Put(Keys.position(key, Cluster.KEY), item, condition, true);
        }

        private void delete(Item key) {
            var write = new ItemWrite.Delete(Keys.position(key, Cluster.KEY), null, false);
            write(key, write, _ -> Optional.empty());
        }

        private void increment(Item key) {
            var update = Cluster.increment("instant");
            var write = new ItemWrite.Change(Keys.position(key, Cluster.KEY), key, update, null, false);
            write(
                    key,
                    write,
                    before -> Optional.of(before.map(update::apply)
                            .orElseGet(() -> update.create(key))
                            .item()));
        }

        private void incrementHot() {
            var write = new ItemWrite.Change(
                    Keys.position(HOT, Cluster.KEY), HOT, Cluster.increment("instant"), null, false);
            try {
                hotValues.add(
                        number(Objects.requireNonNull(partition.write(write).after())));
            } catch (DynamoException failed) {
                hotUnknown += failed.code() == ErrorCode.INTERNAL_SERVER_ERROR ? 1 : 0;
            }
        }

        private void putNew(Item key, Item item) {
            write(key, put(key, item, true), before -> before.isPresent() ? before : Optional.of(item));
        }

        private interface Effect {
            Optional<Item> on(Optional<Item> before);
        }

        private void write(Item key, ItemWrite write, Effect effect) {
            var states = Objects.requireNonNull(possible.get(key));
            try {
                var outcome = partition.write(write);
                assertThat(states).contains(Optional.ofNullable(outcome.before()));
                only(key, outcome.after());
                assertThat(Optional.ofNullable(outcome.after()))
                        .isEqualTo(effect.on(Optional.ofNullable(outcome.before())));
            } catch (DynamoException failed) {
                switch (failed.code()) {
                    case CONDITIONAL_CHECK_FAILED -> {
                        assertThat(states).contains(failed.item());
                        only(key, failed.item().orElseThrow());
                    }
                    case INTERNAL_SERVER_ERROR -> {
                        for (var before : List.copyOf(states)) {
                            states.add(effect.on(before));
                        }
                        Objects.requireNonNull(ever.get(key)).addAll(states);
                    }
                    default -> assertThat(failed.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
                }
            }
        }

        private void only(Item key, @Nullable Item state) {
            possible.put(key, new HashSet<>(Set.of(Optional.ofNullable(state))));
            Objects.requireNonNull(ever.get(key)).add(Optional.ofNullable(state));
        }

        private void read(Item key) {
            var position = Keys.position(key, Cluster.KEY);
            if (random.nextBoolean()) {
                assertThat(ever.get(key)).contains(Optional.ofNullable(partition.get(position, false)));
                return;
            }
            try {
                var item = partition.get(position, true);
                assertThat(possible.get(key)).contains(Optional.ofNullable(item));
                only(key, item);
            } catch (DynamoException failed) {
                assertThat(failed.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
            }
        }

        void checkAll() {
            isDisturbed = false;
            possible.forEach((key, states) -> {
                var item = partition.get(Keys.position(key, Cluster.KEY), true);
                assertThat(states).contains(Optional.ofNullable(item));
            });
        }
    }
}
