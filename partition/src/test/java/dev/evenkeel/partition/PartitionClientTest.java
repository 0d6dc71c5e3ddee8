package dev.evenkeel.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.Keys;
import dev.evenkeel.model.StoreKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whom a client asks, how often, and what it makes of it. */
class PartitionClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Item ITEM = Cluster.key("a", 1).with(Map.of("colour", AttributeValue.of("red")));
    private static final byte[] POSITION = Keys.position(ITEM, Cluster.KEY);
    private static final ItemWrite PUT = new ItemWrite.Put(POSITION, ITEM, null, false);

    private final Cluster cluster = new Cluster(Cluster.WITH_GLOBAL);
    private final Cluster other = new Cluster(Cluster.WITH_GLOBAL);
    private final Map<String, NodeCalls> nodes = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final List<PartitionService> services = new ArrayList<>();
    private Runnable meanwhile = () -> {};
    private final PassingClock clock = new PassingClock(() -> meanwhile.run());
    private final GroupLocations locations = new GroupLocations(() -> List.of(
            new PartitionLocations.Replica("a", "z1", true),
            new PartitionLocations.Replica("b", "z2", true),
            new PartitionLocations.Replica("log", "z3", false)));

    private PartitionClient client(String self, String zone, HostedGroups hosted) {
        return new PartitionClient(
                self,
                zone,
                hosted,
                (node, request, timeout) -> {
                    asked.add(node);
                    var calls = nodes.get(node);
                    return calls == null ? notSent() : calls.call(node, request, timeout);
                },
                clock,
                PATIENCE);
    }

    private RemoteGroup group() {
        return client("self", "z2", new Hosted(null, () -> null)).group(1, locations);
    }

    private static CompletableFuture<byte[]> notSent() {
        return CompletableFuture.failedFuture(new NotSentException("no connection", null));
    }

    private void serve(String node, HostedGroups hosted) {
        var service = new PartitionService(hosted);
        services.add(service);
        nodes.put(node, (_, request, _) -> service.handle(request));
    }

    @AfterEach
    void close() {
        services.forEach(PartitionService::close);
        cluster.close();
        other.close();
    }

    @Test
    void aStaleRouteCostsOneRedirectAndNoPause() {
        other.host.follow();
        serve("a", new Hosted(other.host, () -> "b"));
        serve("b", new Hosted(cluster.host, () -> "b"));
        locations.leads("a");
        group().partition(10).write(PUT);
        group().partition(10).write(PUT);
        assertThat(asked).containsExactly("a", "b", "b");
        assertThat(clock.pauses).isEmpty();
        assertThat(locations.leader()).contains("b");
    }

    @Test
    void aWriteWithoutAnOutcomeIsNotSentAgain() {
        nodes.put("b", (_, _, _) -> CompletableFuture.failedFuture(new IllegalStateException("timed out")));
        serve("a", new Hosted(cluster.host, () -> "a"));
        locations.leads("b");
        assertThatThrownBy(() -> group().partition(10).write(PUT))
                .isInstanceOfSatisfying(
                        DynamoException.class,
                        failed -> assertThat(failed.code()).isEqualTo(ErrorCode.INTERNAL_SERVER_ERROR));
        assertThat(asked).containsExactly("b");
        group().partition(10).write(PUT);
        assertThat(asked).as("who does not answer is not asked first again").endsWith("a");
    }

    @Test
    void whatWasNotSentIsTriedWithGrowingPausesUntilThePatienceEnds() {
        assertThatThrownBy(() -> group().partition(10).write(PUT))
                .isInstanceOfSatisfying(
                        DynamoException.class,
                        failed -> assertThat(failed.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE))
                .hasMessageStartingWith("The partition could not be reached in time: ");
        assertThat(clock.now).isEqualTo(PATIENCE.toNanos());
        assertThat(clock.pauses.subList(0, clock.pauses.size() - 1)).isSorted();
        assertThat(asked).hasSizeLessThan(50).doesNotContain("log");
    }

    @Test
    void aPartitionThatIsNotHereYetIsWaitedFor() {
        var late = new Hosted(null, () -> null);
        serve("a", late);
        serve("b", late);
        meanwhile = () -> serve("a", new Hosted(cluster.host, () -> "a"));
        group().partition(10).write(PUT);
        assertThat(clock.pauses).hasSize(1);
    }

    @Test
    void eventualReadsGoToTheOwnZoneAndThenElsewhere() {
        cluster.put(ITEM);
        other.host.follow();
        serve("a", new Hosted(cluster.host, () -> "a"));
        serve("b", new Hosted(other.host, () -> "a"));
        assertThat(group().partition(10).get(POSITION, false))
                .as("of the follower")
                .isNull();
        nodes.remove("b");
        assertThat(group().partition(10).get(POSITION, false)).isEqualTo(ITEM);
        assertThat(asked).containsExactly("b", "b", "a");
    }

    @Test
    void strongReadsAreTriedOnAnotherReplicaWhenAnAnswerIsLost() {
        cluster.put(ITEM);
        serve("a", new Hosted(cluster.host, () -> "a"));
        nodes.put("b", (_, _, timeout) -> {
            assertThat(timeout).isLessThanOrEqualTo(PATIENCE.dividedBy(3));
            return CompletableFuture.failedFuture(new IllegalStateException("timed out"));
        });
        assertThat(group().partition(10).get(POSITION, true)).isEqualTo(ITEM);
        assertThat(asked).containsExactly("b", "a");
    }

    @Test
    void thisNodesOwnReplicaIsCalledDirectly() {
        var own = client("a", "z1", new Hosted(cluster.host, () -> "a")).group(1, locations);
        own.partition(10).write(PUT);
        assertThat(own.partition(10).get(POSITION, false)).isEqualTo(ITEM);
        assertThat(asked).isEmpty();
    }

    @Test
    void theControlPlaneReachesTheLeader() {
        var without = new Cluster(Cluster.WITHOUT_GLOBAL);
        try (without) {
            for (int i = 0; i < 200; i++) {
                without.put(Cluster.key("k" + i, i).with(Map.of("colour", AttributeValue.of("c" + i % 3))));
            }
            var version = new AtomicLong();
            serve("a", new HostedGroups() {
                @Override
                public Optional<PartitionHost> host(int groupId) {
                    return Optional.of(without.host);
                }

                @Override
                public Optional<String> leader(int groupId) {
                    return Optional.of("a");
                }

                @Override
                public void awaitCatalog(long catalogVersion) {
                    version.set(catalogVersion);
                    without.openAll(Cluster.INDEX_TABLE, 20);
                    without.host.replaceSchema(List.of(10L), Cluster.WITH_GLOBAL);
                }
            });
            group().awaitCatalog(7);
            assertThat(version).hasValue(7);
            group().backfill(List.of(10L), Cluster.GLOBAL, () -> true);
            assertThat(without.counted(Cluster.GLOBAL, StoreKey.ITEMS)).isEqualTo(200);
            assertThat(group().awaitIndexes(Duration.ofSeconds(1))).isTrue();
            group().drop(10, Cluster.TABLE, new byte[0], null);
            without.host.forget(20);
            group().drop(20, Cluster.GLOBAL, new byte[0], null);
            assertThat(without.host.replica(10)).isEmpty();
            assertThat(without.host.awaitEmptyOutbox(Duration.ofMinutes(1).toNanos()))
                    .isTrue();
            assertThat(without.entries()).as("nothing left of either").isZero();
        }
    }
}
