package dev.evenkeel.metadata.memds;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a router knows of the way to partitions: single ones it has asked for, a bounded number of them.
 *
 * <p>Every lookup asks a MemDS server once, whether the answer is here or not. A cache that asked only when it misses
 * would hide the servers from the load they must carry on the day when routers start empty; here that day is like any
 * other. A hit does not wait: the answer refreshes the cache for the next one.
 *
 * <p>Only failures ask twice: when a server does not answer or does not know, the next one is asked, each at most once,
 * for a hit as for a miss. How many requests may be on their way at a time is the transport's to bound.
 *
 * <p>Groups are kept beside the partitions: whoever learns of a new leader on the way to one partition has learned it for
 * all partitions of that group.
 */
public final class PartitionCache {
    private final Supplier<ServerChoice> servers;
    private final CachedPartitions partitions;
    private final ConcurrentHashMap<Integer, GroupMembership> groups = new ConcurrentHashMap<>();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder requests = new LongAdder();

    /**
     * @param servers a look at who is there now
     * @param partitionsMax how many partitions to keep
     */
    public PartitionCache(Supplier<ServerChoice> servers, int partitionsMax) {
        this.servers = servers;
        this.partitions = new CachedPartitions(partitionsMax);
    }

    /**
     * The way to the partition that holds that position. Complete at once when it is known here, though it may have
     * changed since; fails with {@link RouteUnknownException} when nobody knows.
     */
    public CompletableFuture<Route> lookup(int tableId, byte[] position) {
        var known = find(tableId, position);
        var asked = ask(List.of(), tableId, position);
        (known == null ? misses : hits).increment();
        return known == null ? asked : CompletableFuture.completedFuture(known);
    }

    private @Nullable Route find(int tableId, byte[] position) {
        var placed = partitions.find(tableId, position);
        var group = placed == null ? null : groups.get(placed.partition().groupId());
        return placed == null || group == null ? null : new Route(placed, group);
    }

    private CompletableFuture<Route> ask(List<MemdsClient> askedBefore, int tableId, byte[] position) {
        var server = servers.get().next(askedBefore);
        if (server == null) {
            return CompletableFuture.failedFuture(new RouteUnknownException("none of " + askedBefore.size()
                    + " MemDS servers knows the partition of that position of table " + tableId));
        }
        requests.increment();
        return server.lookup(tableId, position)
                .handle((answer, failure) -> answer instanceof LookupAnswer.Found(Route route)
                        ? CompletableFuture.completedFuture(newest(route, position))
                        : ask(plus(askedBefore, server), tableId, position))
                .thenCompose(Function.identity());
    }

    private static List<MemdsClient> plus(List<MemdsClient> servers, MemdsClient server) {
        var all = new ArrayList<>(servers);
        all.add(server);
        return all;
    }

    /** What is known after an answer, which may be older than what a redirect has told meanwhile. */
    private Route newest(Route answered, byte[] position) {
        learn(answered);
        var known = find(answered.partition().tableId(), position);
        return known == null ? answered : known;
    }

    /** Takes in a route that a storage node has sent back, unless something newer is known. */
    public void learn(Route route) {
        var told = route.group();
        var known = groups.get(told.groupId());
        if (known == null || told.supersedes(known)) { // most answers bring nothing new, and a merge locks
            groups.merge(told.groupId(), told, (older, newer) -> newer.supersedes(older) ? newer : older);
        }
        partitions.learn(route.placed());
    }

    /** The replicas of a group and its leader, as of the newest fact that has come; asks nobody. */
    public Optional<GroupMembership> group(int groupId) {
        return Optional.ofNullable(groups.get(groupId));
    }

    /** Forgets the partition that holds that position: a node has said that it is not there, and knows no better. */
    public void forget(int tableId, byte[] position) {
        partitions.forget(tableId, position);
    }

    /** How many partitions are here. */
    public int size() {
        return partitions.size();
    }

    public long hits() {
        return hits.sum();
    }

    public long misses() {
        return misses.sum();
    }

    /** Lookups sent to servers: one for each lookup here, and one for each server that could not answer. */
    public long requests() {
        return requests.sum();
    }
}
