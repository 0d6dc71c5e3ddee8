package dev.evenkeel.verify.gameday;

import java.util.List;

/**
 * A node is cut off from others: nothing goes either way. Silently, as when a cable is pulled, or with resets, as when
 * something in between refuses.
 */
record CutLink(ClusterUnderTest cluster, ClusterNode node, List<ClusterNode> others, boolean isSilent)
        implements Fault {
    @Override
    public String describe() {
        return (isSilent ? "silent cut" : "cut with resets") + " between " + node + " and " + others;
    }

    @Override
    public void inject() {
        for (var other : others) {
            for (var proxy : cluster.links().of(node, other)) {
                if (isSilent) {
                    proxy.there().stall();
                    proxy.back().stall();
                } else {
                    proxy.refuse();
                }
            }
        }
    }

    @Override
    public String heal() {
        others.forEach(other -> cluster.links().of(node, other).forEach(FaultyProxy::mend));
        return "";
    }
}
