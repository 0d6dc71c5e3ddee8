package dev.evenkeel.partition;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/**
 * Whom to ask, one after the other, in rounds: in each every storage replica once, and at most one node more that another
 * named as the leader. For one request.
 */
final class Route {
    private final PartitionLocations locations;
    private final String zone;
    private final boolean leaderFirst;
    private Iterator<String> round;
    private @Nullable String named;
    private boolean isRedirected;

    /** @param zone of the asker, whose replicas come first */
    Route(PartitionLocations locations, String zone, boolean leaderFirst) {
        this.locations = locations;
        this.zone = zone;
        this.leaderFirst = leaderFirst;
        this.round = order().iterator();
    }

    /** The next node of this round; null when all have been asked. */
    @Nullable
    String next() {
        if (named != null) {
            var node = named;
            named = null;
            return node;
        }
        return round.hasNext() ? round.next() : null;
    }

    /** That node is said to lead: it is next, unless this round has followed such a word already. */
    void redirect(String leader) {
        if (!isRedirected) {
            isRedirected = true;
            named = leader;
        }
    }

    /** Begins again, with what is known by now. */
    void nextRound() {
        isRedirected = false;
        named = null;
        round = order().iterator();
    }

    private Iterable<String> order() {
        var nodes = new LinkedHashSet<String>();
        if (leaderFirst) {
            locations.leader().ifPresent(nodes::add);
        }
        var others = new ArrayList<String>();
        for (var replica : locations.replicas()) {
            if (replica.isStorage()) {
                (replica.zone().equals(zone) ? nodes : others).add(replica.node());
            }
        }
        nodes.addAll(others);
        if (leaderFirst) {
            locations.notLeading().filter(nodes::remove).ifPresent(nodes::add);
        }
        return nodes;
    }
}
