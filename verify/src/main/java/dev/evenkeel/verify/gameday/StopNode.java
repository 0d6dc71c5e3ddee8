package dev.evenkeel.verify.gameday;

import java.io.IOException;

/** SIGTERM, as in planned work: the node has time to hand over. Started again later. */
record StopNode(ClusterUnderTest cluster, ClusterNode node) implements Fault {
    @Override
    public String describe() {
        return "planned stop of " + node;
    }

    @Override
    public void inject() throws InterruptedException {
        cluster.stop(node);
    }

    @Override
    public String heal() throws IOException, InterruptedException {
        cluster.start(node);
        return "";
    }
}
