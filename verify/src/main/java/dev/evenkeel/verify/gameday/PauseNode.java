package dev.evenkeel.verify.gameday;

import java.io.IOException;

/** SIGSTOP, SIGCONT: the node stands still with its sockets open, then goes on as if no time had passed. */
record PauseNode(ClusterUnderTest cluster, ClusterNode node) implements Fault {
    @Override
    public String describe() {
        return "pause of " + node;
    }

    @Override
    public void inject() throws IOException, InterruptedException {
        cluster.pause(node);
    }

    @Override
    public String heal() throws IOException, InterruptedException {
        cluster.resume(node);
        return "";
    }
}
