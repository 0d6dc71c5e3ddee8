package dev.evenkeel.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The subcommand {@code cluster logs}. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Prints what a node has said last.")
final class ClusterLogsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the real one in

    @Mixin
    private ClusterCommand.Dir dir = new ClusterCommand.Dir();

    @Option(names = "--lines", paramLabel = "N", description = "How many lines. Default: ${DEFAULT-VALUE}")
    private int lines = 100;

    @Parameters(paramLabel = "NODE", description = "The node.")
    private String name = "";

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        for (SampleNode node : dir.folder().nodes(List.of(name))) {
            node.logEnd(lines).forEach(out::println);
        }
        return 0;
    }
}
