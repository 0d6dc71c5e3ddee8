package dev.evenkeel.verify.gameday;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A proxy for every ordered pair of nodes: the first dials the second through it. */
public final class Links implements AutoCloseable {
    private record Pair(ClusterNode from, ClusterNode to) {}

    private final Map<Pair, FaultyProxy> proxies = new HashMap<>();

    private Links() {}

    static Links none() {
        return new Links();
    }

    /** From every node to every other. */
    static Links between(List<ClusterNode> nodes) throws IOException {
        var links = new Links();
        for (var from : nodes) {
            for (var to : nodes) {
                if (!from.equals(to)) {
                    links.proxies.put(new Pair(from, to), FaultyProxy.to(to.peerPort()));
                }
            }
        }
        return links;
    }

    boolean isEmpty() {
        return proxies.isEmpty();
    }

    Optional<FaultyProxy> find(ClusterNode from, ClusterNode to) {
        return Optional.ofNullable(proxies.get(new Pair(from, to)));
    }

    /** The proxies of either direction of dialling. */
    List<FaultyProxy> of(ClusterNode one, ClusterNode other) {
        var both = new ArrayList<FaultyProxy>();
        find(one, other).ifPresent(both::add);
        find(other, one).ifPresent(both::add);
        return both;
    }

    /** What carries bytes from one node to the other, whichever of them dialled. */
    List<Flow> flows(ClusterNode from, ClusterNode to) {
        var flows = new ArrayList<Flow>();
        find(from, to).ifPresent(proxy -> flows.add(proxy.there()));
        find(to, from).ifPresent(proxy -> flows.add(proxy.back()));
        return flows;
    }

    @Override
    public void close() throws IOException {
        for (var proxy : proxies.values()) {
            proxy.close();
        }
    }
}
