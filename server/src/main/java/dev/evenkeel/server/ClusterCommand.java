package dev.evenkeel.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The subcommand {@code cluster}: a sample cluster on this machine, one process a node. */
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Runs a cluster of several processes on this machine, to see how one behaves.",
        subcommands = {
            ClusterStartCommand.class,
            ClusterStatusCommand.class,
            ClusterStopCommand.class,
            ClusterKillCommand.class,
            ClusterLogsCommand.class,
            ClusterNodeCommand.Drain.class,
            ClusterNodeCommand.Resume.class,
            ClusterNodeCommand.Leave.class
        })
final class ClusterCommand implements Runnable {
    static final Path FOLDER_DEFAULT = Path.of("evenkeel-cluster");

    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the real one in

    /** Which sample cluster is meant. */
    static final class Dir {
        @Option(names = "--dir", paramLabel = "DIR", description = "The cluster's folder. Default: ${DEFAULT-VALUE}")
        private Path dir = FOLDER_DEFAULT;

        SampleFolder folder() {
            return new SampleFolder(dir);
        }
    }

    /** Which nodes are asked: those of a sample cluster, or any. */
    static final class Asked {
        @Mixin
        private Dir dir = new Dir();

        @Option(
                names = "--endpoint",
                paramLabel = "URL",
                description = "Asks a node there instead of those of a folder, e.g. http://127.0.0.1:8001; repeatable.")
        private List<URI> endpoints = new ArrayList<>();

        /** Where they answer, by what to call them. */
        SequencedMap<String, URI> endpoints() throws IOException {
            var all = new LinkedHashMap<String, URI>();
            endpoints.forEach(endpoint -> all.put(endpoint.toString(), endpoint));
            if (all.isEmpty()) {
                for (SampleNode node : dir.folder().existingNodes()) {
                    NodeConfig.Client client = node.config().client();
                    all.put(node.id(), URI.create("http://" + client.host() + ":" + client.port()));
                }
            }
            return all;
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing a command");
    }
}
