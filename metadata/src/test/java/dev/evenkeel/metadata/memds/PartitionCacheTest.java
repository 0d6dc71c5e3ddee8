package dev.evenkeel.metadata.memds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionCacheTest {
    private static final int PARTITIONS = 256;

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 50, 100})
    void asksOnceForEachLookupHoweverWarmItIs(int percentWarm) {
        var channels = List.of(new CountingChannel(started()), new CountingChannel(started()));
        var cache = cacheOf(channels, PARTITIONS);
        for (int i = 0; i < PARTITIONS * percentWarm / 100; i++) {
            cache.learn(route(i, 1, 1));
        }

        for (int i = 0; i < PARTITIONS; i++) {
            assertThat(cache.lookup(1, position(i)).join()).isEqualTo(route(i, 1, 1));
        }

        assertThat(cache.hits()).isEqualTo(PARTITIONS * percentWarm / 100);
        assertThat(cache.misses()).isEqualTo(PARTITIONS - cache.hits());
        assertThat(channels).extracting(CountingChannel::requests).containsExactly(PARTITIONS / 2, PARTITIONS / 2);
    }

    @Test
    void aHitDoesNotWaitAndAMissDoes() {
        var pending = new CompletableFuture<byte[]>();
        var server = started();
        var cache = cacheOf(List.of(_ -> pending), 10);
        cache.learn(route(3, 1, 1));

        assertThat(cache.lookup(1, position(3))).isCompletedWithValue(route(3, 1, 1));
        var miss = cache.lookup(1, position(4));
        assertThat(miss).isNotDone();

        pending.complete(server.handle(Messages.lookup(1, position(4))));

        assertThat(miss).isCompletedWithValue(route(4, 1, 1));
    }

    @Test
    void aHitRefreshesForTheNextOne() {
        var server = started();
        var cache = cacheOf(List.of(new CountingChannel(server)), 10);
        cache.lookup(1, position(3)).join();
        server.apply(new PartitionPush(List.of(route(3, 2, 1).placed())));

        assertThat(cache.lookup(1, position(3)).join()).isEqualTo(route(3, 1, 1));
        assertThat(cache.lookup(1, position(3)).join()).isEqualTo(route(3, 2, 1));
    }

    /** A server that lags does not undo what a redirect has told; one redirect about a group serves all its partitions. */
    @Test
    void aRedirectCorrectsAndIsNotUndone() {
        var cache = cacheOf(List.of(new CountingChannel(started())), 10);
        cache.lookup(1, position(3)).join();
        cache.lookup(1, position(4)).join();

        cache.learn(route(3, 2, 5));

        for (int i = 0; i < 3; i++) {
            assertThat(cache.lookup(1, position(3)).join()).isEqualTo(route(3, 2, 5));
            assertThat(cache.lookup(1, position(4)).join()).isEqualTo(route(4, 1, 5));
            assertThat(cache.lookup(1, position(5)).join()).isEqualTo(route(5, 1, 5));
        }
    }

    @Test
    void whatIsForgottenIsAskedFor() {
        var cache = cacheOf(List.of(new CountingChannel(started())), 10);
        cache.learn(route(3, 2, 1));

        cache.forget(1, position(3));
        cache.forget(1, position(3));

        assertThat(cache.size()).isZero();
        assertThat(cache.lookup(1, position(3)).join()).isEqualTo(route(3, 1, 1));
        assertThat(cache.misses()).isOne();
        assertThat(cache.size()).isOne();
    }

    @Test
    void anotherServerStepsInForOneThatFailsOrDoesNotKnow() {
        MemdsChannel broken = _ -> CompletableFuture.failedFuture(new IllegalStateException("gone"));
        MemdsChannel nonsense = _ -> CompletableFuture.completedFuture(new byte[] {9, 9});
        var starting = new CountingChannel(new MemdsServer());
        var empty = new CountingChannel(empty());
        var good = new CountingChannel(started());
        var cache = cacheOf(List.of(broken, nonsense, starting, empty, good), 10);
        for (int i = 0; i < 10; i++) {
            assertThat(cache.lookup(1, position(i)).join()).isEqualTo(route(i, 1, 1));
        }

        assertThat(good.requests()).isEqualTo(10);
    }

    @Test
    void failsWhenNobodyKnows() {
        for (var channels : List.<List<MemdsChannel>>of(
                List.of(), List.of(new CountingChannel(new MemdsServer()), new CountingChannel(empty())))) {
            var cache = cacheOf(channels, 10);

            assertThatThrownBy(() -> cache.lookup(1, position(1)).join())
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(RouteUnknownException.class)
                    .hasMessageContaining("none of " + channels.size());
        }
    }

    /** What is known here is answered even when no server is left. */
    @Test
    void aHitNeedsNoServer() {
        var cache = cacheOf(List.of(), 10);
        cache.learn(route(1, 1, 1));

        assertThat(cache.lookup(1, position(1)).join()).isEqualTo(route(1, 1, 1));
    }

    @Test
    void keepsNoMoreThanItMayAndKeepsWhatIsUsed() {
        var random = new Random(1);
        var cache = cacheOf(List.of(new CountingChannel(started())), 50);
        for (int i = 0; i < 20_000; i++) { // four out of five lookups go to 30 of 256 partitions
            int partition = random.nextInt(5) == 0 ? random.nextInt(PARTITIONS) : random.nextInt(30);
            cache.lookup(1, position(partition)).join();
            assertThat(cache.size()).isLessThanOrEqualTo(50);
        }

        assertThat(cache.size()).isEqualTo(50);
        assertThat(cache.hits()).isGreaterThan(20_000 * 7 / 10);
    }

    /** Known from before a split: what holds no more is not answered once one half has been learned. */
    @Test
    void aPartitionThatHasBeenCutGoes() {
        var cache = cacheOf(List.of(), 10);
        var group = route(0, 1, 1).group();
        cache.learn(new Route(new PlacedPartition(Partitions.partition(7, 1, new byte[0], null, 1), 1), group));
        assertThat(cache.lookup(1, position(5)).join().partition().id()).isEqualTo(7);

        cache.learn(new Route(new PlacedPartition(Partitions.partition(8, 1, new byte[] {9}, null, 1), 1), group));

        assertThat(cache.lookup(1, position(9)).join().partition().id()).isEqualTo(8);
        assertThat(cache.lookup(1, position(5))).isCompletedExceptionally();
        assertThat(cache.size()).isOne();
    }

    /** Servers that lag by different amounts, splits, moves, redirects: whatever is stale is corrected by one redirect. */
    @ParameterizedTest
    @MethodSource("seeds")
    void anyStaleRouteIsCorrectedByOneRedirect(long seed) {
        var random = new Random(seed);
        var cluster = new RandomCluster(random);
        var servers = List.of(empty(), empty(), empty());
        var start = cluster.all();
        servers.forEach(server -> server.apply(start));
        var cache = cacheOf(servers.stream().map(CountingChannel::new).toList(), random.nextInt(1, 30));
        for (int i = 0; i < 400; i++) {
            var push = cluster.next();
            servers.stream().filter(_ -> random.nextInt(3) > 0).forEach(server -> server.apply(push));
            int tableId = cluster.anyTableId();
            var position = cluster.position();
            var truth = cluster.route(tableId, position);
            var told = toldOrNull(cache, tableId, position);
            if (told != null) {
                assertThat(told.partition().tableId()).isEqualTo(tableId);
                assertThat(told.partition().contains(position)).isTrue();
            }
            truth.filter(route -> !route.equals(told)).ifPresent(route -> {
                cache.learn(route);
                assertThat(toldOrNull(cache, tableId, position)).isEqualTo(route);
            });
        }
    }

    private static @Nullable Route toldOrNull(PartitionCache cache, int tableId, byte[] position) {
        var asked = cache.lookup(tableId, position);
        return asked.isCompletedExceptionally() ? null : asked.join();
    }

    private static PartitionCache cacheOf(List<? extends MemdsChannel> channels, int partitionsMax) {
        var clients = channels.stream().map(MemdsClient::new).toList();
        var choice = new ServerChoice(clients, List.of());
        return new PartitionCache(() -> choice, partitionsMax);
    }

    /** A server of a table whose partitions are each a first byte of positions. */
    private static MemdsServer started() {
        var facts = new ArrayList<Fact>(List.of(route(0, 1, 1).group()));
        for (int i = 0; i < PARTITIONS; i++) {
            facts.add(route(i, 1, 1).placed());
        }
        var server = empty();
        server.apply(new PartitionPush(facts));
        return server;
    }

    private static MemdsServer empty() {
        var server = new MemdsServer();
        server.markSynchronised();
        return server;
    }

    private static Route route(int partition, long version, long groupVersion) {
        var leader = "node-" + groupVersion;
        return new Route(
                new PlacedPartition(
                        Partitions.partition(
                                partition,
                                1,
                                new byte[] {(byte) partition},
                                partition + 1 == PARTITIONS ? null : new byte[] {(byte) (partition + 1)},
                                1),
                        version),
                new GroupMembership(
                        1, groupVersion, List.of(new GroupMember(leader, GroupMember.Role.STORAGE)), leader));
    }

    private static byte[] position(int partition) {
        return new byte[] {(byte) partition, 77};
    }
}
