package dev.evenkeel.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The subcommand {@code cluster start}. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Makes a cluster in a folder and starts its nodes; where there is one, starts those that do not run.")
final class ClusterStartCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the real one in

    @Mixin
    private ClusterCommand.Dir dir = new ClusterCommand.Dir();

    /** Null when none of them is given, as for a cluster that is there. */
    @ArgGroup(exclusive = false, heading = "A new cluster:%n")
    private @Nullable NewCluster options;

    private static final class NewCluster {
        @Option(names = "--zones", paramLabel = "N", description = "Availability zones. Default: 3")
        private int zones = 3;

        @Option(names = "--nodes-per-zone", paramLabel = "N", description = "Default: 1")
        private int nodesPerZone = 1;

        @Option(
                names = "--port",
                paramLabel = "PORT",
                description = "For clients of the first node; the next ones follow. Default: 8000")
        private int port = 8000;

        @Option(names = "--peer-port", paramLabel = "PORT", description = "Between nodes, likewise. Default: 17000")
        private int peerPort = 17_000;

        @Option(names = "--groups", paramLabel = "N", description = "Replication groups for partitions. Default: 3")
        private int groups = ClusterConfig.GROUPS_DEFAULT;

        @Option(names = "--tls", description = "Let nodes show each other certificates, which are made.")
        private boolean tls;

        @Option(names = "--memory", description = "Keep everything in memory.")
        private boolean memory;

        SampleLayout layout() {
            return new SampleLayout(zones, nodesPerZone, port, peerPort, groups, tls, memory);
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        SampleFolder folder = dir.folder();
        PrintWriter out = spec.commandLine().getOut();
        try (var _ = folder.lock()) {
            List<SampleNode> nodes = nodes(folder);
            new SampleStart(JavaCommand.ofThisProcess(), out).start(nodes);
            new SampleUsage(folder.path()).print(out, nodes);
        }
        return 0;
    }

    private List<SampleNode> nodes(SampleFolder folder) throws IOException {
        List<SampleNode> nodes = folder.nodes();
        if (nodes.isEmpty()) {
            return (options == null ? new NewCluster() : options).layout().write(folder);
        }
        if (options != null) {
            throw new StartException(
                    "There is a cluster in " + folder.path() + " already: leave out what is for a new one, or name"
                            + " another folder with --dir",
                    null);
        }
        return nodes;
    }
}
