package dev.evenkeel.partition;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;

/**
 * The partition on another node, where everything goes wrong once before it goes well: no connection, a node without the
 * partition, a node that does not lead, one that is being stopped, and, for reads, an answer that is lost.
 */
class RemotePartitionTest extends PartitionReplicaContract {
    private final Cluster leading = new Cluster(Cluster.WITH_GLOBAL);
    private final PartitionHost following = FollowingGroup.host(leading);
    private final Map<String, PartitionService> services = Map.of(
            "empty", new PartitionService(new Hosted(null, () -> null)),
            "following", new PartitionService(new Hosted(following, () -> "leading")),
            "stopped", stopped(),
            "leading", new PartitionService(new Hosted(leading.host, () -> "leading")));
    private final PartitionClient client = new PartitionClient(
            "self",
            "zone",
            new Hosted(null, () -> null),
            this::call,
            new PassingClock(() -> {}),
            Duration.ofSeconds(5));
    private final Map<String, Integer> reads = new HashMap<>();

    private PartitionService stopped() {
        var service = new PartitionService(new Hosted(leading.host, () -> "leading"));
        service.close();
        return service;
    }

    private CompletableFuture<byte[]> call(String node, byte[] bytes, Duration timeout) {
        var service = services.get(node);
        if (service == null) {
            return CompletableFuture.failedFuture(new NotSentException("no connection to " + node, null));
        }
        boolean isLost = Request.decode(bytes).isRepeatable() && reads.merge(node, 1, Integer::sum) % 2 == 1;
        return service.handle(bytes).thenApply(answer -> {
            if (isLost) {
                throw new IllegalStateException("the answer was lost");
            }
            return answer;
        });
    }

    @Override
    PartitionReplica partition() {
        var locations = new GroupLocations(() -> List.of(
                new PartitionLocations.Replica("gone", "other", true),
                new PartitionLocations.Replica("empty", "zone", true),
                new PartitionLocations.Replica("following", "other", true),
                new PartitionLocations.Replica("stopped", "other", true),
                new PartitionLocations.Replica("leading", "other", true)));
        return client.group(1, locations).partition(10);
    }

    @AfterEach
    void close() {
        services.values().forEach(PartitionService::close);
        following.close();
        leading.close();
    }
}
