package dev.evenkeel.server.cluster;

import dev.evenkeel.metadata.Catalog;
import dev.evenkeel.metadata.PartitionDescriptor;
import dev.evenkeel.metadata.memds.PartitionCache;
import dev.evenkeel.metadata.memds.Route;
import dev.evenkeel.partition.HostedGroups;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A router's ways to partitions. Every routed request looks its partition up once: that is one question to MemDS, whether
 * the answer is here already or not. No trouble with MemDS is a request's trouble: without an answer it goes to the
 * replicas that the catalog has, which costs a redirect at most.
 */
final class PartitionRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionRoutes.class);

    /** An answer takes a fraction of it. Who has waited so long asks a replica instead, which costs no more. */
    private static final Duration WAIT_MAX = Duration.ofMillis(20);

    private final Catalog catalog;
    private final HostedGroups hosted;
    private final PartitionCache cache;
    private final Map<Integer, GroupRoute> groups = new ConcurrentHashMap<>();

    PartitionRoutes(Catalog catalog, HostedGroups hosted, PartitionCache cache) {
        this.catalog = catalog;
        this.hosted = hosted;
        this.cache = cache;
    }

    GroupRoute group(int groupId) {
        var known = groups.get(groupId);
        return known != null
                ? known
                : groups.computeIfAbsent(groupId, id -> new GroupRoute(id, catalog, hosted, cache));
    }

    /** To be called once for each routed request. Waits for an answer only when nobody here knows the group's leader. */
    void look(PartitionDescriptor partition) {
        var route = cache.lookup(partition.tableId(), partition.from());
        if (!route.isDone() && group(partition.groupId()).leader().isEmpty()) {
            await(route);
        }
    }

    private static void await(CompletableFuture<Route> route) {
        try {
            route.get(WAIT_MAX.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException nobody) {
            LOG.debug("MemDS does not tell; the catalog does", nobody);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
