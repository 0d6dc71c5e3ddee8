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

/** The subcommand {@code cluster kill}. */
@Command(
        name = "kill",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Takes nodes away without a word (SIGKILL), as a failure would. 'start' brings them back.")
final class ClusterKillCommand implements Callable<Integer> {
    private static final Duration END_MAX = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the real one in

    @Mixin
    private ClusterCommand.Dir dir = new ClusterCommand.Dir();

    @Parameters(paramLabel = "NODE", arity = "1..*", description = "Nodes to kill.")
    private List<String> names = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        boolean allKilled = true;
        for (SampleNode node : dir.folder().nodes(names)) {
            allKilled &= kill(node, spec.commandLine().getOut());
        }
        return allKilled ? 0 : 1;
    }

    private static boolean kill(SampleNode node, PrintWriter out) throws InterruptedException {
        Optional<NodeProcess> process = node.process();
        if (process.isEmpty()) {
            out.println(node.id() + " does not run");
            return true;
        }
        process.get().kill();
        boolean ended = process.get().awaitEnd(END_MAX);
        out.println(node.id()
                + (ended ? " is gone" : " does not go (process " + process.get().pid() + ")"));
        return ended;
    }
}
