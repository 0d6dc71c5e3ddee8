package dev.evenkeel.server;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The subcommands {@code cluster drain}, {@code resume} and {@code leave}: what an operator wants of one node. */
abstract sealed class ClusterNodeCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int OK = 200;
    private static final int REFUSED = 409;

    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the real one in

    @Mixin
    private ClusterCommand.Asked asked = new ClusterCommand.Asked();

    @Parameters(paramLabel = "NODE", description = "The node.")
    private String node = "";

    private final String lever;
    private final String done;

    ClusterNodeCommand(String lever, String done) {
        this.lever = lever;
        this.done = done;
    }

    @Command(
            name = "drain",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Has a node's replicas moved to other nodes of its zone, leadership first.")
    static final class Drain extends ClusterNodeCommand {
        Drain() {
            super("drain", "is being drained: 'evenkeel cluster status' tells how far it is");
        }
    }

    @Command(
            name = "resume",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Lets a node that was being drained have replicas again.")
    static final class Resume extends ClusterNodeCommand {
        Resume() {
            super("resume", "takes replicas again");
        }
    }

    @Command(
            name = "leave",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description =
                    "Takes a node out of the cluster for good, once it has been drained. Its id is not used again.")
    static final class Leave extends ClusterNodeCommand {
        Leave() {
            super("leave", "has left the cluster and may be stopped");
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            for (URI endpoint : asked.endpoints().values()) {
                try {
                    ask(client, endpoint);
                    spec.commandLine().getOut().println(node + " " + done);
                    return 0;
                } catch (ConnectException _) {
                    // the next one will do
                }
            }
        }
        throw new StartException("No node answers", null);
    }

    private void ask(HttpClient client, URI endpoint) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(endpoint.resolve("/cluster/nodes/" + node + "/" + lever))
                .header("x-evenkeel-operator", "cli")
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != OK) {
            throw new StartException(
                    answer.statusCode() == REFUSED
                            ? answer.body()
                            : endpoint + " is no node of a cluster: it answers " + answer.statusCode(),
                    null);
        }
    }
}
