package dev.evenkeel.server;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** Tells how to use a sample cluster that runs. */
record SampleUsage(Path folder) {
    void print(PrintWriter out, List<SampleNode> nodes) {
        SampleNode first = nodes.getFirst();
        String dir = folder.equals(ClusterCommand.FOLDER_DEFAULT) ? "" : " --dir " + folder;
        out.println();
        out.println("Any node answers any request, with any credentials:");
        out.println("  export AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any AWS_DEFAULT_REGION="
                + first.config().region());
        for (SampleNode node : nodes) {
            NodeConfig.Client client = node.config().client();
            out.println("  export AWS_ENDPOINT_URL_DYNAMODB=http://" + client.host() + ":" + client.port() + "   # "
                    + node.id());
        }
        out.println("How it does:           evenkeel cluster status" + dir);
        out.println("Take a node away:      evenkeel cluster kill" + dir + " "
                + nodes.getLast().id());
        out.println("Bring it back:         evenkeel cluster start" + dir);
        out.println("End it, data is kept:  evenkeel cluster stop" + dir);
        out.flush();
    }
}
