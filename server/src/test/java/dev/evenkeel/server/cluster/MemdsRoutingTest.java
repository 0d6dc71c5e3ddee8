package dev.evenkeel.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.api.Operation;
import dev.evenkeel.metadata.TableStatus;
import dev.evenkeel.metadata.memds.GroupMembership;
import dev.evenkeel.metadata.memds.LookupAnswer;
import dev.evenkeel.metadata.memds.MemdsClient;
import dev.evenkeel.metadata.memds.MemdsStatus;
import dev.evenkeel.metadata.memds.Route;
import dev.evenkeel.partition.PartitionLocations;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Routers that find partitions through MemDS (mechanisms M44, M46, M47). Zone d has two nodes without replicas: routers
 * that know of groups only what they are told. Their two MemDS servers are asked in turn.
 */
@Timeout(120)
class MemdsRoutingTest {
    private static final List<String> FOUNDERS = List.of("a1", "b1", "c1");
    private static final List<String> ROUTERS = List.of("d1", "d2");
    private static final String TABLE = "things";
    private static final int GROUP = 1;
    private static final int TABLES = 10;
    private static final int REQUESTS = 100;

    private final TestNodes cluster = new TestNodes(1);

    @BeforeEach
    void found() {
        cluster.found("a1", "b1", "c1");
        cluster.start("d1");
        cluster.start("d2");
        TestNodes.until(() -> cluster.names().stream()
                .allMatch(name -> cluster.node(name).catalogImage().nodes().size() == 5));
        createTable(TABLE);
        settle();
        if (leader().equals(catalogLeader())) {
            changeLeader(); // before somebody else sees that one node leads both
            settle();
        }
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void requestsGoToTheLeaderDirectlyAlsoAfterItHasChanged() {
        for (int round = 0; round < 3; round++) {
            for (var router : ROUTERS) {
                put(router, TABLE);
                cluster.transport(router).asked();
                put(router, TABLE);
                assertThat(cluster.transport(router).asked()).containsExactly(leader());
            }
            changeLeader();
            settle();
        }
    }

    @Test
    void withoutPushesOneRequestTakesOneHopMoreAndTheNextOnesNone() {
        put("d1", TABLE);
        put("d1", TABLE);
        var before = leader();
        cluster.names().forEach(name -> cluster.transport(name).cutNews());

        var after = changeLeader();
        cluster.transport("d1").asked();
        put("d1", TABLE);
        assertThat(cluster.transport("d1").asked()).containsExactly(before, after);
        for (int i = 0; i < 10; i++) { // each asks a server that still names the old one
            put("d1", TABLE);
            assertThat(cluster.transport("d1").asked()).containsExactly(after);
        }
        assertThat(leaderCachedBy("d1")).contains(before);

        cluster.names().forEach(name -> cluster.transport(name).mend());
        settle();
        put("d1", TABLE);
        assertThat(cluster.transport("d1").asked()).containsExactly(after);
        put("d1", TABLE);
        assertThat(leaderCachedBy("d1")).contains(after);
    }

    @Test
    void withoutMemdsRequestsGoByTheCatalog() {
        cluster.stop("d1");
        cluster.start("d1", WatchedTransport::cutMemds);
        TestNodes.until(() -> cluster.node("d1").isReady() && knowsTable("d1", TABLE));

        for (int i = 0; i < 10; i++) {
            put("d1", TABLE);
        }

        assertThat(cluster.node("d1").memds().cache().size()).isZero();
        assertThat(status("d1").synchronised()).isFalse();
    }

    /** Hits make as many requests to servers as misses do. */
    @Test
    void aColdRouterAsksNoMoreThanAWarmOne() {
        for (int i = 0; i < TABLES; i++) {
            createTable("table" + i);
        }
        for (int warm : List.of(0, TABLES / 2, TABLES)) {
            cluster.stop("d1");
            cluster.start("d1");
            TestNodes.until(() -> cluster.node("d1").isReady() && knowsTable("d1", "table" + (TABLES - 1)));
            settle();
            for (int i = 0; i < warm; i++) {
                put("d1", "table" + i);
            }
            var cache = cluster.node("d1").memds().cache();
            long hits = cache.hits();
            long requests = cache.requests();
            long lookups = lookups("d1") + lookups("d2");

            for (int i = 0; i < TABLES; i++) {
                put("d1", "table" + i);
            }

            assertThat(cache.hits() - hits).isEqualTo(warm);
            assertThat(cache.requests() - requests).isEqualTo(TABLES);
            assertThat(lookups("d1") + lookups("d2") - lookups).isEqualTo(TABLES);
        }
    }

    /** The server that starts is asked again now and then, not each time that it is its turn, which would be {@code n/2}. */
    @Test
    void aServerThatStartsCostsNextToNothing() {
        cluster.stop("d1");
        cluster.start("d1", WatchedTransport::cutNews);
        var cache = cluster.node("d2").memds().cache();
        long requests = cache.requests();

        for (int i = 0; i < REQUESTS; i++) {
            put("d2", TABLE);
        }

        assertThat(status("d1").synchronised()).isFalse();
        assertThat(cache.requests() - requests).isLessThan(REQUESTS + REQUESTS / 4);
        cluster.transport("d1").mend();
        settle();
    }

    @Test
    void tellsWhatMemdsDoes() {
        put("d1", TABLE);
        put("d1", TABLE);

        var page = page("d1");

        assertThat(page).containsPattern("\"memds\":\\{\"entries\":[1-9][0-9]*,\"rootHash\":\"[0-9a-f]{16}\"");
        assertThat(page).contains("\"synchronised\":true");
        assertThat(page).containsPattern("\"lookups\":[0-9]+,\"hits\":1,\"misses\":1,\"refreshes\":2");
    }

    /** Gives the group to a node that leads nothing, so that nobody sees a reason to move it on. */
    private String changeLeader() {
        var before = leader();
        TestNodes.until(() -> isHandedOver(before));
        TestNodes.until(() -> FOUNDERS.stream()
                .allMatch(name -> leaderKnownTo(name).equals(leaderKnownTo("a1"))
                        && leaderKnownTo(name)
                                .filter(node -> !node.equals(before))
                                .isPresent()));
        put("a1", TABLE); // when this is answered, it does lead
        return leader();
    }

    /** Refused while autoadmin moves the group itself, which will do as well. */
    private boolean isHandedOver(String before) {
        var after = group().replicas().stream()
                .map(PartitionLocations.Replica::node)
                .filter(id -> !id.equals(before) && !id.equals(catalogLeader()))
                .findFirst()
                .orElseThrow();
        try {
            new AdminCalls(new NodeCaller(cluster.transport("d1"))).transfer(before, GROUP, after);
            return true;
        } catch (IllegalStateException refused) {
            return leaderKnownTo("a1").filter(node -> !node.equals(before)).isPresent();
        }
    }

    private PartitionLocations group() {
        return cluster.node("a1").memds().routes().group(GROUP);
    }

    private String leader() {
        return group().leader().orElseThrow();
    }

    /** As reported, and so a little late. */
    private String catalogLeader() {
        var pattern = Pattern.compile("\"id\":0,\"leader\":\"([^\"]+)\"");
        TestNodes.until(() -> pattern.matcher(page("a1")).find());
        return pattern.matcher(page("a1")).results().findFirst().orElseThrow().group(1);
    }

    /** For a node with a replica. */
    private Optional<String> leaderKnownTo(String name) {
        return cluster.node(name).memds().routes().group(GROUP).leader();
    }

    private Optional<String> leaderToldBy(String name) {
        var server = cluster.node(name).memds().server();
        var table = cluster.node("a1").catalogImage().table(TABLE).orElseThrow();
        var answer = new MemdsClient(request -> CompletableFuture.completedFuture(server.handle(request)))
                .lookup(table.id(), new byte[0])
                .join();
        return answer instanceof LookupAnswer.Found(Route route)
                ? Optional.ofNullable(route.group().leader())
                : Optional.empty();
    }

    private Optional<String> leaderCachedBy(String name) {
        return cluster.node(name).memds().cache().group(GROUP).map(GroupMembership::leader);
    }

    private String page(String name) {
        return new String(cluster.node(name).page("/cluster").orElseThrow(), StandardCharsets.UTF_8);
    }

    /** Ends when all servers have the same and know the leader. */
    private void settle() {
        TestNodes.until(() ->
                cluster.names().stream().allMatch(name -> leaderToldBy(name).equals(leaderKnownTo("a1"))));
        TestNodes.until(() -> {
            var first = status("a1");
            return cluster.names().stream()
                    .map(this::status)
                    .allMatch(status -> status.synchronised() && status.hasSameFactsAs(first));
        });
    }

    private MemdsStatus status(String name) {
        return cluster.node(name).memds().server().status();
    }

    private long lookups(String name) {
        return cluster.node(name).memds().server().lookups();
    }

    private void createTable(String table) {
        execute("a1", "CreateTable", """
                {'TableName': '%s', 'BillingMode': 'PAY_PER_REQUEST',
                 'AttributeDefinitions': [{'AttributeName': 'k', 'AttributeType': 'S'}],
                 'KeySchema': [{'AttributeName': 'k', 'KeyType': 'HASH'}]}""".formatted(table));
        TestNodes.until(() -> cluster.names().stream().allMatch(name -> knowsTable(name, table)));
    }

    private boolean knowsTable(String name, String table) {
        return cluster.node(name)
                .catalogImage()
                .table(table)
                .filter(it -> it.status() == TableStatus.ACTIVE)
                .isPresent();
    }

    private void put(String router, String table) {
        execute(router, "PutItem", "{'TableName': '%s', 'Item': {'k': {'S': 'key'}}}".formatted(table));
    }

    private void execute(String node, String operation, String json) {
        execute(node, Operation.named(operation).orElseThrow(), json);
    }

    private <I> void execute(String node, Operation<I, ?> operation, String json) {
        var input = operation.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        cluster.node(node).execute(operation, input);
    }
}
