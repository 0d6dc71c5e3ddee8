package dev.evenkeel.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The subcommand {@code cluster stop}. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Ends nodes in order (SIGTERM): each hands over what it leads. Data is kept.")
final class ClusterStopCommand implements Callable<Integer> {
    private static final Duration END_MAX = Duration.ofSeconds(60);

    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the real one in

    @Mixin
    private ClusterCommand.Dir dir = new ClusterCommand.Dir();

    @Parameters(paramLabel = "NODE", arity = "0..*", description = "Nodes to end. Default: all")
    private List<String> names = new ArrayList<>();

    private record Ending(SampleNode node, NodeProcess process) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        var ending = new ArrayList<Ending>();
        for (SampleNode node : dir.folder().nodes(names)) {
            Optional<NodeProcess> process = node.process();
            process.ifPresent(NodeProcess::askToEnd);
            process.ifPresentOrElse(
                    it -> ending.add(new Ending(node, it)), () -> out.println(node.id() + " does not run"));
        }
        boolean allEnded = true;
        for (Ending it : ending) {
            boolean ended = it.process.awaitEnd(END_MAX);
            out.println(it.node.id() + (ended ? " has ended" : stillRuns(it)));
            allEnded &= ended;
        }
        return allEnded ? 0 : 1;
    }

    private static String stillRuns(Ending it) {
        return " still runs after " + END_MAX.toSeconds() + " s (process " + it.process.pid()
                + "); 'evenkeel cluster kill' does not ask";
    }
}
