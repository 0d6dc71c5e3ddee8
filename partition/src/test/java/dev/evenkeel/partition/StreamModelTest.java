package dev.evenkeel.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.Keys;
import dev.evenkeel.model.StreamSchema;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.partition.stream.ChangePosition;
import dev.evenkeel.partition.stream.ChangeRecord;
import dev.evenkeel.partition.stream.ChangesPage;
import dev.evenkeel.partition.stream.ChangesRead;
import dev.evenkeel.partition.stream.ShardKey;
import dev.evenkeel.storage.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients write to the same items while leadership moves between two replicas, outcomes get lost, and a reader follows the
 * stream at whichever replica answers. In the end each item's records lead without a gap from nothing to what it is now,
 * every acknowledged change is among them once, and the reader has seen the same as somebody who reads it all afterwards.
 */
class StreamModelTest {
    private static final List<String> NODES = List.of("a", "b");
    private static final int CLIENTS = 3;
    private static final int OPERATIONS = 100;
    private static final int KEYS = 4;
    private static final int READS_MAX = 100_000;
    private static final long STREAM = 77;
    private static final ShardKey SHARD = new ShardKey(Cluster.WITH_GLOBAL.id(), 10, STREAM);
    private static final TableSchema TABLE = new TableSchema(
                    Cluster.WITH_GLOBAL.id(), Cluster.WITH_GLOBAL.name(), Cluster.KEY, List.of(), List.of())
            .withStream(new StreamSchema(STREAM, true, true));

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.evenkeel.partition.Seeds#thirty")
    void everyChangeIsRecordedOnceAndInOrder(long seed) throws InterruptedException {
        try (var world = new World(seed)) {
            var clients = new ArrayList<Client>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new Client(world, i, new Random(seed * CLIENTS + i)));
            }
            var reader = new Reader(world, new Random(~seed));
            var all = new ArrayList<Runnable>(clients);
            all.add(reader);
            Cluster.together(all);
            world.group.settle();
            assertThat(world.group.moves).isPositive();

            var records = world.records(0);
            assertThat(world.records(1)).usingRecursiveComparison().isEqualTo(records);
            world.checkChains(records);
            checkAcknowledged(clients, records);
            reader.readOn();
            assertThat(reader.seen).usingRecursiveComparison().isEqualTo(records);
        }
    }

    private static void checkAcknowledged(List<Client> clients, List<ChangesPage.Stored> records) {
        var notes = records.stream()
                .map(stored -> ChangeRecord.decode(stored.record()).newImage())
                .filter(Objects::nonNull)
                .map(StreamModelTest::note)
                .toList();
        assertThat(notes).doesNotHaveDuplicates();
        clients.forEach(client -> {
            assertThat(notes).containsAll(client.acknowledged);
            assertThat(notes).doesNotContainAnyElementsOf(client.refused);
        });
    }

    private static String note(Item item) {
        return Objects.requireNonNull(item.get("note")).toString();
    }

    private static ChangesRead read(ChangePosition after, int recordsMax) {
        return new ChangesRead(SHARD, after, false, 0, recordsMax, Long.MAX_VALUE);
    }

    /** Two nodes with a storage replica each of a group with one table. */
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
                var host = new PartitionHost(replica, store, machine, (_, _) -> Optional.empty());
                host.open(10, TABLE, new byte[0], null);
                replica.serve(machine, host);
                stores.add(store);
                hosts.add(host);
                var node = new Hosted(host, () -> NODES.get(group.leader()));
                hosted.put(NODES.get(i), node);
                services.put(NODES.get(i), new PartitionService(node));
            }
        }

        List<ChangesPage.Stored> records(int host) {
            return hosts.get(host)
                    .streams()
                    .changes(read(ChangePosition.START, Integer.MAX_VALUE))
                    .records();
        }

        void checkChains(List<ChangesPage.Stored> records) {
            var state = new HashMap<Item, @Nullable Item>();
            var last = ChangePosition.START;
            for (var stored : records) {
                assertThat(stored.position()).isGreaterThan(last);
                last = stored.position();
                var change = ChangeRecord.decode(stored.record());
                var key = change.keys(Cluster.KEY);
                assertThat(change.oldImage()).isEqualTo(state.get(key));
                assertThat(change.newImage()).isNotEqualTo(change.oldImage());
                state.put(key, change.newImage());
            }
            for (int i = 0; i < KEYS; i++) {
                var key = Cluster.key("key", i);
                var position = Keys.position(key, Cluster.KEY);
                for (var host : hosts) {
                    assertThat(host.replica(10).orElseThrow().get(position, false))
                            .isEqualTo(state.get(key));
                }
            }
        }

        PartitionClient client(String self, Random random) {
            return new PartitionClient(
                    self,
                    "z1",
                    new Hosted(null, () -> null),
                    (node, request, _) -> call(node, request, random),
                    new PassingClock(() -> {
                        for (int i = 0; i < 10; i++) {
                            group.step();
                        }
                    }),
                    Duration.ofSeconds(5));
        }

        private CompletableFuture<byte[]> call(String node, byte[] request, Random random) {
            int luck = random.nextInt(20);
            if (luck == 0) {
                return CompletableFuture.failedFuture(new NotSentException("no connection to " + node, null));
            }
            return Objects.requireNonNull(services.get(node)).handle(request).thenApply(answer -> {
                if (luck == 1) {
                    throw new IllegalStateException("the answer was lost");
                }
                return answer;
            });
        }

        GroupLocations locations(Random random) {
            var replicas = new ArrayList<>(List.of(
                    new PartitionLocations.Replica("a", "z1", true), new PartitionLocations.Replica("b", "z2", true)));
            return new GroupLocations(() -> {
                Collections.shuffle(replicas, random);
                return List.of(
                        new PartitionLocations.Replica(replicas.get(0).node(), "z1", true),
                        new PartitionLocations.Replica(replicas.get(1).node(), "z2", true));
            });
        }

        @Override
        public void close() {
            hosts.forEach(PartitionHost::close);
            services.values().forEach(PartitionService::close);
            stores.forEach(MemoryStore::close);
        }
    }

    /** Writes what nobody else writes. */
    private static final class Client implements Runnable {
        private final int number;
        private final Random random;
        private final PartitionReplica partition;
        final List<String> acknowledged = new ArrayList<>();
        final Set<String> refused = new HashSet<>();

        Client(World world, int number, Random random) {
            this.number = number;
            this.random = random;
            this.partition = world.client("client" + number, random)
                    .group(1, world.locations(random))
                    .partition(10);
        }

        @Override
        public void run() {
            for (int i = 0; i < OPERATIONS; i++) {
                var key = Cluster.key("key", random.nextInt(KEYS));
                var position = Keys.position(key, Cluster.KEY);
                switch (random.nextInt(6)) {
                    case 0 -> attempt(new ItemWrite.Delete(position, null, false), null);
                    case 1 -> attempt(rewrite(position), null);
                    default -> {
                        var item = key.with(Map.of("note", AttributeValue.of(number + "-" + i)));
                        var condition =
                                random.nextBoolean() ? null : Cluster.condition("attribute_not_exists(id)", null);
                        attempt(new ItemWrite.Put(position, item, condition, false), note(item));
                    }
                }
            }
        }

        /** Puts what was there, which changes nothing unless somebody was quicker. */
        private ItemWrite rewrite(byte[] position) {
            var item = partition.get(position, false);
            return item == null
                    ? new ItemWrite.Delete(position, null, false)
                    : new ItemWrite.Put(
                            position,
                            item,
                            Cluster.condition("note = :n", Map.of(":n", Objects.requireNonNull(item.get("note")))),
                            false);
        }

        private void attempt(ItemWrite write, @Nullable String note) {
            try {
                partition.write(write);
                if (note != null) {
                    acknowledged.add(note);
                }
            } catch (DynamoException failed) {
                switch (failed.code()) {
                    case CONDITIONAL_CHECK_FAILED, SERVICE_UNAVAILABLE -> {
                        if (note != null) {
                            refused.add(note);
                        }
                    }
                    default -> {} // nobody can tell
                }
            }
        }
    }

    /** Follows the stream at whichever replica is nearest, which changes. */
    private static final class Reader implements Runnable {
        private final StreamGroup streams;
        private final Random random;
        private final World world;
        private ChangePosition after = ChangePosition.START;
        final List<ChangesPage.Stored> seen = new ArrayList<>();

        Reader(World world, Random random) {
            this.world = world;
            this.random = random;
            this.streams = world.client("reader", random)
                    .group(1, world.locations(random))
                    .streams();
        }

        @Override
        public void run() {
            for (int i = 0; i < OPERATIONS; i++) {
                readSome();
                world.group.step();
            }
        }

        private boolean readSome() {
            try {
                var page = streams.changes(read(after, 1 + random.nextInt(20)));
                assertThat(page.isTrimmed()).isFalse();
                seen.addAll(page.records());
                after = page.completeThrough();
                return !page.records().isEmpty();
            } catch (DynamoException unreachable) {
                return true;
            }
        }

        void readOn() {
            for (int i = 0; i < READS_MAX && readSome(); i++) {
                // until there is no more
            }
        }
    }
}
