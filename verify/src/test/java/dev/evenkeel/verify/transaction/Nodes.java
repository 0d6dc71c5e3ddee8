package dev.evenkeel.verify.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.AttributeType;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.KeyAttribute;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.StoreKey;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.model.Ticker;
import dev.evenkeel.partition.GroupLocations;
import dev.evenkeel.partition.HostedGroups;
import dev.evenkeel.partition.NotSentException;
import dev.evenkeel.partition.PartitionClient;
import dev.evenkeel.partition.PartitionHost;
import dev.evenkeel.partition.PartitionLocations;
import dev.evenkeel.partition.PartitionService;
import dev.evenkeel.partition.PartitionStateMachine;
import dev.evenkeel.partition.RemoteGroup;
import dev.evenkeel.replication.ReplicationException;
import dev.evenkeel.storage.Direction;
import dev.evenkeel.storage.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Two nodes with a replica each of two groups, whose clocks differ by seconds; a table in either group. */
final class Nodes implements AutoCloseable {
    static final KeySchema KEY = KeySchema.of(new KeyAttribute("id", AttributeType.S));
    static final List<Integer> GROUPS = List.of(1, 2);
    private static final List<String> NAMES = List.of("a", "b");

    /** Where a request says what it is, and those that nobody sends twice: plain writes, and whole transactions. */
    private static final int KIND_AT = 1;

    private static final Set<Integer> ONLY_ONCE = Set.of(1, 9);
    private static final int KEPT_MAX = 40;
    private static final long SKEW_MILLIS_MAX = 3_000;

    /** A router without replicas. */
    private static final HostedGroups NONE_HERE = new HostedGroups() {
        @Override
        public Optional<PartitionHost> host(int groupId) {
            return Optional.empty();
        }

        @Override
        public Optional<String> leader(int groupId) {
            return Optional.empty();
        }

        @Override
        public void awaitCatalog(long version) {}
    };

    /** By group: the table in it has the same number. */
    final Map<Integer, MovingGroup> groups = new HashMap<>();

    private final Map<Integer, List<PartitionHost>> hosts = new HashMap<>();
    private final Map<Integer, List<MemoryStore>> stores = new HashMap<>();
    private final Map<String, HostedGroups> hosted = new HashMap<>();
    private final Map<String, PartitionService> services = new HashMap<>();
    private final Map<Integer, GroupLocations> locations = new HashMap<>();
    private final AtomicLong machineNanos = new AtomicLong();
    private final AtomicLong micros = new AtomicLong(TimeUnit.DAYS.toMicros(20_000));
    private final Random faults;
    private final List<byte[]> earlier = new ArrayList<>();
    private volatile boolean isDisturbed = true;

    Nodes(long seed) {
        this.faults = new Random(seed);
        for (int id : GROUPS) {
            locations.put(
                    id,
                    new GroupLocations(() -> NAMES.stream()
                            .map(name -> new PartitionLocations.Replica(name, "zone-" + name, true))
                            .toList()));
            openGroup(id, new Random(seed * 10 + id));
        }
        for (int i = 0; i < NAMES.size(); i++) {
            int index = i;
            var node = new HostedGroups() {
                @Override
                public Optional<PartitionHost> host(int groupId) {
                    return Optional.ofNullable(hosts.get(groupId)).map(all -> all.get(index));
                }

                @Override
                public Optional<String> leader(int groupId) {
                    return Optional.of(NAMES.get(known(groups.get(groupId)).leader()));
                }

                @Override
                public void awaitCatalog(long version) {}
            };
            hosted.put(NAMES.get(i), node);
            services.put(NAMES.get(i), new PartitionService(node));
        }
    }

    private void openGroup(int id, Random random) {
        var group = new MovingGroup(id, random, 40);
        groups.put(id, group);
        var itsHosts = new ArrayList<PartitionHost>();
        var itsStores = new ArrayList<MemoryStore>();
        hosts.put(id, itsHosts);
        stores.put(id, itsStores);
        for (int i = 0; i < MovingGroup.REPLICAS; i++) {
            var store = new MemoryStore();
            var machine = new PartitionStateMachine(store);
            var replica = group.replica(i);
            var host = new PartitionHost(
                    replica,
                    store,
                    machine,
                    (_, _) -> Optional.empty(),
                    clock(random),
                    machineTime(),
                    groupId -> known(client(NAMES.getFirst()).get(groupId)).transactions());
            var schema = new TableSchema(id, "t" + id, KEY, List.of(), List.of());
            host.open(partition(id, 0), schema, new byte[0], new byte[] {(byte) 0x80});
            host.open(partition(id, 1), schema, new byte[] {(byte) 0x80}, null);
            replica.serve(machine, host);
            itsHosts.add(host);
            itsStores.add(store);
        }
    }

    private static <T> T known(@Nullable T value) {
        return Objects.requireNonNull(value);
    }

    private static long partition(int group, int half) {
        return group * 10L + half;
    }

    static long partitionOf(int group, byte[] position) {
        return partition(group, position[0] < 0 ? 1 : 0);
    }

    /** All clocks go on together, a little with each look, and never agree. */
    Ticker clock(Random random) {
        long skewMillis = random.nextLong(-SKEW_MILLIS_MAX, SKEW_MILLIS_MAX);
        return new Ticker() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public long epochMillis() {
                return micros.addAndGet(20) / 1000 + skewMillis;
            }
        };
    }

    private Ticker machineTime() {
        return new Ticker() {
            @Override
            public long nanos() {
                return machineNanos.get();
            }

            @Override
            public long epochMillis() {
                return 0;
            }
        };
    }

    /** The groups through a node, with what can go wrong on the way. */
    Map<Integer, RemoteGroup> client(@Nullable String self) {
        var node = self == null ? NONE_HERE : known(hosted.get(self));
        var client = new PartitionClient(
                self == null ? "router" : self, "zone-a", node, this::call, Ticker.system(), Duration.ofSeconds(5));
        var all = new HashMap<Integer, RemoteGroup>();
        locations.forEach((id, place) -> all.put(id, client.group(id, place)));
        return all;
    }

    private CompletableFuture<byte[]> call(String node, byte[] request, Duration timeout) {
        int luck = isDisturbed ? luck() : 100;
        if (luck == 0) {
            return CompletableFuture.failedFuture(new NotSentException("no connection to " + node, null));
        }
        var service = known(services.get(node));
        if (luck < 4 && !ONLY_ONCE.contains((int) request[KIND_AT])) {
            deliverEarlierOnes(service, request);
        }
        return service.handle(request).thenApply(answer -> {
            if (luck == 2) {
                throw new IllegalStateException("the answer was lost");
            }
            return answer;
        });
    }

    /** Messages come twice, also long after what they were about has ended. */
    private void deliverEarlierOnes(PartitionService service, byte[] request) {
        for (var message : kept(request)) {
            try {
                service.handle(message).join();
            } catch (CompletionException nobodyWaitsForIt) {
                // nor for its failure
            }
        }
    }

    /** This one and two that were kept before; keeps it as well. */
    private synchronized List<byte[]> kept(byte[] request) {
        var some = new ArrayList<byte[]>(List.of(request));
        for (int i = 0; i < 2 && !earlier.isEmpty(); i++) {
            some.add(earlier.get(faults.nextInt(earlier.size())));
        }
        if (earlier.size() < KEPT_MAX) {
            earlier.add(request);
        } else {
            earlier.set(faults.nextInt(KEPT_MAX), request);
        }
        return some;
    }

    private synchronized int luck() {
        return faults.nextInt(40);
    }

    /** Some seconds pass: whoever leads looks for what others have left behind. */
    void pass() {
        machineNanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
        for (var group : groups.values()) {
            try {
                group.leadingHost().recoverTransactions();
            } catch (ReplicationException | DynamoException later) {
                // leadership has moved meanwhile; there is a next time
            }
        }
    }

    /** No more faults; whatever was left behind is ended by those who hold it. */
    void settle() {
        isDisturbed = false;
        groups.values().forEach(MovingGroup::settle);
        for (int i = 0; i < 4; i++) {
            machineNanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
            pass();
        }
        groups.values().forEach(MovingGroup::settle);
    }

    void checkNothingIsHeldAndReplicasAreEqual() {
        for (int id : GROUPS) {
            var both = known(stores.get(id));
            try (var one = both.get(0).cursor(new byte[0], null, Direction.FORWARD);
                    var other = both.get(1).cursor(new byte[0], null, Direction.FORWARD)) {
                while (one.next()) {
                    assertThat(other.next()).isTrue();
                    assertThat(other.key()).isEqualTo(one.key());
                    assertThat(other.value()).isEqualTo(one.value());
                    assertThat(StoreKey.space(one.key())).isNotEqualTo(StoreKey.PREPARED_ITEMS);
                }
                assertThat(other.next()).isFalse();
            }
        }
    }

    @Override
    public void close() {
        hosts.values().forEach(all -> all.forEach(PartitionHost::close));
        services.values().forEach(PartitionService::close);
        stores.values().forEach(all -> all.forEach(MemoryStore::close));
    }
}
