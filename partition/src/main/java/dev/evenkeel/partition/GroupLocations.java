package dev.evenkeel.partition;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Replicas out of somebody's image of the catalog, and the leader out of what nodes have answered. */
public final class GroupLocations implements PartitionLocations {
    private final Supplier<List<Replica>> replicas;
    private volatile Heard heard = new Heard(null, null);

    /** What answers have told. */
    private record Heard(@Nullable String leader, @Nullable String notLeading) {}

    public GroupLocations(Supplier<List<Replica>> replicas) {
        this.replicas = replicas;
    }

    @Override
    public List<Replica> replicas() {
        return replicas.get();
    }

    @Override
    public Optional<String> leader() {
        return Optional.ofNullable(heard.leader);
    }

    @Override
    public Optional<String> notLeading() {
        return Optional.ofNullable(heard.notLeading);
    }

    @Override
    public void leads(String node) {
        var known = heard; // two who hear at once may lose a word: it costs a redirect
        if (!node.equals(known.leader)) {
            heard = new Heard(node, node.equals(known.notLeading) ? null : known.notLeading);
        }
    }

    @Override
    public void leadsNoMore(String node) {
        var known = heard;
        if (node.equals(known.leader) || !node.equals(known.notLeading)) {
            heard = new Heard(node.equals(known.leader) ? null : known.leader, node);
        }
    }
}
