package dev.evenkeel.partition;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Replicas out of somebody's image of the catalog, and the leader out of what nodes have answered. */
public final class GroupLocations implements PartitionLocations {
    private final Supplier<List<Replica>> replicas;
    private final AtomicReference<@Nullable String> leader = new AtomicReference<>();

    public GroupLocations(Supplier<List<Replica>> replicas) {
        this.replicas = replicas;
    }

    @Override
    public List<Replica> replicas() {
        return replicas.get();
    }

    @Override
    public Optional<String> leader() {
        return Optional.ofNullable(leader.get());
    }

    @Override
    public void leads(String node) {
        if (!node.equals(leader.get())) {
            leader.set(node);
        }
    }

    @Override
    public void leadsNoMore(String node) {
        var known = leader.get();
        if (node.equals(known)) {
            leader.compareAndSet(known, null);
        }
    }
}
