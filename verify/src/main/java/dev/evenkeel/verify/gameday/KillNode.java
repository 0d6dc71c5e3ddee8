package dev.evenkeel.verify.gameday;

import java.io.IOException;
import java.util.List;

/** SIGKILL; started again later. Of several nodes at once when a zone is lost. */
record KillNode(ClusterUnderTest cluster, List<ClusterNode> nodes) implements Fault {
    @Override
    public String describe() {
        return "kill -9 of " + nodes;
    }

    @Override
    public void inject() throws InterruptedException {
        for (var node : nodes) {
            cluster.kill(node);
        }
    }

    @Override
    public String heal() throws IOException, InterruptedException {
        for (var node : nodes) {
            cluster.start(node);
        }
        return "";
    }
}
