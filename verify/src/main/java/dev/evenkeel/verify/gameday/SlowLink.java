package dev.evenkeel.verify.gameday;

import java.time.Duration;

/** Between two nodes everything takes longer. */
record SlowLink(ClusterUnderTest cluster, ClusterNode node, ClusterNode other, Duration delay) implements Fault {
    @Override
    public String describe() {
        return "%d ms each way between %s and %s".formatted(delay.toMillis(), node, other);
    }

    @Override
    public void inject() {
        cluster.links().flows(node, other).forEach(flow -> flow.delay(delay));
        cluster.links().flows(other, node).forEach(flow -> flow.delay(delay));
    }

    @Override
    public String heal() {
        cluster.links().of(node, other).forEach(FaultyProxy::mend);
        return "";
    }
}
