package dev.evenkeel.metadata.memds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.metadata.PartitionDescriptor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MemdsServerTest {
    private static final GroupMembership GROUP =
            new GroupMembership(1, 1, List.of(new GroupMember("a", GroupMember.Role.STORAGE)), "a");

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void knowsTheTruthAfterPushesInOrder(long seed) {
        var random = new Random(seed);
        var cluster = new RandomCluster(random);
        var server = started(cluster.all());
        for (int i = 0; i < 150; i++) {
            ask(server, Messages.push(cluster.next()));
            checkRoutes(server, cluster, 5);
        }
    }

    /** Late, twice, shuffled: in the end there is one truth, and on the way nothing goes back. */
    @ParameterizedTest
    @MethodSource("seeds")
    void knowsTheTruthWhateverTheOrderOfPushes(long seed) {
        var random = new Random(seed);
        var cluster = new RandomCluster(random);
        var pushes = new ArrayList<>(List.of(cluster.all()));
        for (int i = 0; i < 150; i++) {
            pushes.add(cluster.next());
        }
        var inOrder = started(pushes.toArray(PartitionPush[]::new));
        pushes.addAll(pushes.subList(random.nextInt(pushes.size()), pushes.size()));
        Collections.shuffle(pushes, random);
        var server = started();
        var highest = new HashMap<String, List<Long>>();
        for (var push : pushes) {
            ask(server, Messages.push(push));
            checkNothingWentBack(server, highest);
            checkHolds(server, cluster);
        }

        checkRoutes(server, cluster, 200);
        assertThat(server.status()).isEqualTo(inOrder.status());
        assertThat(server.facts()).isEqualTo(inOrder.facts());
    }

    private static void checkNothingWentBack(MemdsServer server, Map<String, List<Long>> highest) {
        for (var fact : server.facts()) {
            var key = FactCodec.encode(fact).toString().replaceAll("=.*", "");
            var version = switch (fact) {
                case PlacedPartition placed -> List.of(placed.partition().id(), placed.version());
                case GroupMembership group -> List.of(group.version(), 0L);
                case DroppedTable _ -> List.of(0L, 0L);
            };
            var before = highest.put(key, version);
            if (before != null) {
                assertThat(version.get(0)).isGreaterThanOrEqualTo(before.get(0));
                assertThat(version.get(0) > before.get(0) || version.get(1) >= before.get(1))
                        .isTrue();
            }
        }
    }

    /** An answer may be old, but it is a partition that holds the position. */
    private static void checkHolds(MemdsServer server, RandomCluster cluster) {
        int tableId = cluster.anyTableId();
        var position = cluster.position();
        if (lookup(server, tableId, position) instanceof LookupAnswer.Found(Route route)) {
            assertThat(route.partition().tableId()).isEqualTo(tableId);
            assertThat(route.partition().contains(position)).isTrue();
        }
    }

    private static void checkRoutes(MemdsServer server, RandomCluster cluster, int count) {
        for (int i = 0; i < count; i++) {
            int tableId = cluster.anyTableId();
            var position = cluster.position();
            var truth = cluster.route(tableId, position);
            assertThat(lookup(server, tableId, position))
                    .isEqualTo(truth.<LookupAnswer>map(LookupAnswer.Found::new).orElseGet(LookupAnswer.Unknown::new));
        }
    }

    @Test
    void saysNotYetUntilItIsSynchronised() {
        var server = new MemdsServer();
        ask(server, Messages.push(PartitionPush.of(partition(1, new byte[0], null), 1, GROUP)));

        assertThat(lookup(server, 1, new byte[] {7})).isEqualTo(new LookupAnswer.NotYet());
        assertThat(server.status().synchronised()).isFalse();

        server.markSynchronised();

        assertThat(lookup(server, 1, new byte[] {7})).isInstanceOf(LookupAnswer.Found.class);
    }

    /** A partition whose end has been told, but not yet what comes behind it. */
    @Test
    void saysUnknownRatherThanAPartitionThatDoesNotHoldThePosition() {
        var server = started(PartitionPush.of(partition(1, new byte[] {1, 5}, new byte[] {1, 9, 3}), 1, GROUP));

        assertThat(lookup(server, 1, new byte[] {1, 9, 2})).isInstanceOf(LookupAnswer.Found.class);
        for (var outside : List.of(
                new byte[] {1}, new byte[] {1, 4}, new byte[] {1, 9, 3}, new byte[] {1, 9, 3, 0}, new byte[] {2})) {
            assertThat(lookup(server, 1, outside)).isEqualTo(new LookupAnswer.Unknown());
        }
        assertThat(lookup(server, 2, new byte[] {1, 6})).isEqualTo(new LookupAnswer.Unknown());
        assertThat(lookup(server, 0, new byte[] {1, 6})).isEqualTo(new LookupAnswer.Unknown());
    }

    /** Nobody should give one version to two facts. If somebody does, servers agree all the same. */
    @Test
    void agreesOnFactsOfOneVersionWhateverTheirOrder() {
        var facts = new ArrayList<Fact>();
        for (var leader : List.of("a", "b", "c")) {
            facts.add(new GroupMembership(1, 1, List.of(new GroupMember(leader, GroupMember.Role.STORAGE)), leader));
        }
        for (int end = 1; end < 4; end++) {
            facts.add(new PlacedPartition(partition(1, new byte[0], new byte[] {(byte) end}), 1));
        }
        var one = started(new PartitionPush(facts));
        var other = started(new PartitionPush(facts.reversed()));

        assertThat(one.facts()).hasSize(2).isEqualTo(other.facts());
        assertThat(one.status()).isEqualTo(other.status());
    }

    @Test
    void saysUnknownWhileItKnowsNothingOfTheGroup() {
        var server = started(new PartitionPush(List.of(new PlacedPartition(partition(1, new byte[0], null), 1))));

        assertThat(lookup(server, 1, new byte[] {1})).isEqualTo(new LookupAnswer.Unknown());
    }

    @Test
    void answersAreTheSameSizeWhateverTheSizeOfTheTable() {
        var small = started(pushOf(16));
        var large = started(pushOf(65_536));
        var position = new byte[] {(byte) 0x80, 0, 1};

        int smallAnswer = small.handle(Messages.lookup(1, position)).length;
        int largeAnswer = large.handle(Messages.lookup(1, position)).length;

        assertThat(largeAnswer).isLessThanOrEqualTo(smallAnswer + 4); // the id of a partition takes a few bytes more
    }

    private static PartitionPush pushOf(int partitions) {
        var facts = new ArrayList<Fact>(List.of(GROUP));
        int width = 0x10000 / partitions;
        for (int i = 0; i < partitions; i++) {
            var from = i == 0 ? new byte[0] : cut(i * width);
            var to = i + 1 == partitions ? null : cut((i + 1) * width);
            facts.add(new PlacedPartition(Partitions.partition(i, 1, from, to, 1), 1));
        }
        return new PartitionPush(facts);
    }

    private static byte[] cut(int at) {
        return new byte[] {(byte) (at >>> 8), (byte) at};
    }

    /** Both halves of a split come in one push, so no reader ever finds a gap between them. */
    @Test
    void readersNeverSeeHalfAPush() throws InterruptedException {
        var server = started(PartitionPush.of(partition(1, new byte[0], null), 1, GROUP));
        var gap = new AtomicBoolean();
        var done = new AtomicBoolean();
        var reader = Thread.ofPlatform().start(() -> {
            var random = new Random(1);
            while (!done.get()) {
                gap.compareAndSet(
                        false, !(lookup(server, 1, cut(random.nextInt(0x10000))) instanceof LookupAnswer.Found));
            }
        });
        for (int i = 0xFFFF; i > 0xFE00; i--) { // the first partition is cut again and again at its end
            var lower = new PlacedPartition(partition(1, new byte[0], cut(i)), 0x20000 - i);
            var upper = new PlacedPartition(
                    Partitions.partition(0x20000 - i, 1, cut(i), i == 0xFFFF ? null : cut(i + 1), 1), 1);
            var facts = new ArrayList<Fact>(List.of(lower));
            for (int group = 0; group < 100; group++) { // time to look between the halves
                facts.add(new GroupMembership(1_000 + group, 0x20000 - i, List.of(), null));
            }
            facts.add(upper);
            server.apply(new PartitionPush(facts));
        }
        done.set(true);
        reader.join();

        assertThat(gap).isFalse();
    }

    private static PartitionDescriptor partition(long id, byte[] from, byte @Nullable [] to) {
        return Partitions.partition(id, 1, from, to, 1);
    }

    private static MemdsServer started(PartitionPush... pushes) {
        var server = new MemdsServer();
        server.markSynchronised();
        for (var push : pushes) {
            server.apply(push);
        }
        return server;
    }

    private static void ask(MemdsServer server, byte[] push) {
        assertThat(server.handle(push)).containsExactly(Messages.FORMAT);
    }

    private static LookupAnswer lookup(MemdsServer server, int tableId, byte[] position) {
        return new MemdsClient(new CountingChannel(server))
                .lookup(tableId, position)
                .join();
    }
}
