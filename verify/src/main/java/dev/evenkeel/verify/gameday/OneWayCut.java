package dev.evenkeel.verify.gameday;

import java.util.List;

/** What one node says does not reach the others any more, while it still hears them. */
record OneWayCut(ClusterUnderTest cluster, ClusterNode from, List<ClusterNode> to) implements Fault {
    @Override
    public String describe() {
        return "one-way cut from " + from + " to " + to;
    }

    @Override
    public void inject() {
        to.forEach(other -> cluster.links().flows(from, other).forEach(Flow::stall));
    }

    @Override
    public String heal() {
        to.forEach(other -> cluster.links().flows(from, other).forEach(Flow::mend));
        return "";
    }
}
