package dev.evenkeel.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The subcommand {@code node}. */
@Command(
        name = "node",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Runs one node of a cluster, until it is told to end (SIGTERM): then it hands over what it leads.",
        footer = {"", "To try a cluster on one machine, see 'evenkeel cluster start'."})
final class NodeCommand implements Callable<Integer> {
    private static final String EXAMPLE = "node-example.yaml";

    private static final int READY_POLL_MILLIS = 20;

    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the real one in

    @ArgGroup(multiplicity = "1")
    private What what = new What();

    private static final class What {
        @Option(names = "--config", paramLabel = "FILE", description = "The node's configuration, in YAML.")
        private @Nullable Path config;

        @Option(names = "--example", description = "Prints a configuration that explains itself.")
        private boolean example;
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (what.config == null) {
            out.print(example());
            out.flush();
            return 0;
        }
        NodeConfig config = NodeConfig.read(what.config);
        ClusterServer node = ClusterServer.start(config, what.config);
        Runtime.getRuntime().addShutdownHook(new Thread(node::close, "shutdown")); // before anybody is told to come
        var end = new CountDownLatch(1); // which the JVM's own end comes before, or that of the log
        node.halted().thenAccept(reason -> {
            System.err.println(
                    "evenkeel: this node ends and is to be started again: its log takes no more writes: " + reason);
            end.countDown();
        });
        while (!node.isReady()) {
            if (end.await(READY_POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                return 1;
            }
        }
        out.println(readyLine(config, node.endpoint().toString()) + missing(node.missingZones()));
        end.await();
        return 1;
    }

    private static String missing(List<String> zones) {
        return zones.isEmpty() ? "" : "; not all groups have a replica in " + String.join(", ", zones) + " yet";
    }

    /** What {@link SampleNode} waits for. */
    static String readyLine(NodeConfig config, String endpoint) {
        return "Evenkeel %s: node %s in %s is ready at %s"
                .formatted(Main.version(), config.id(), config.zone(), endpoint);
    }

    static String example() {
        try (InputStream in = Objects.requireNonNull(NodeCommand.class.getResourceAsStream(EXAMPLE))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
