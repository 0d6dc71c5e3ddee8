package dev.evenkeel.server;

import java.nio.file.Path;
import picocli.CommandLine.Command;
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
            ClusterLogsCommand.class
        })
final class ClusterCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the real one in

    /** Which sample cluster is meant. */
    static final class Dir {
        @Option(names = "--dir", paramLabel = "DIR", description = "The cluster's folder. Default: ${DEFAULT-VALUE}")
        private Path dir = Path.of("evenkeel-cluster");

        SampleFolder folder() {
            return new SampleFolder(dir);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing a command");
    }
}
