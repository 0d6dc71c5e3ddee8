package dev.evenkeel.server;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The subcommands {@code cluster drain}, {@code resume} and {@code leave}: what an operator wants of one node. */
abstract sealed class ClusterNodeCommand implements Callable<Integer> {
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(3);

    /** Longer than an election takes. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
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
        var unable = new ArrayList<String>(); // asking a second one is no harm when the first has done it after all
        try (var client =
                HttpClient.newBuilder().connectTimeout(CONNECT_PATIENCE).build()) {
            for (var asking : asked.endpoints().entrySet()) {
                var reason = ask(client, asking.getValue());
                if (reason.isEmpty()) {
                    spec.commandLine().getOut().println(node + " " + done);
                    return 0;
                }
                unable.add(asking.getKey() + " (" + reason.get() + ")");
            }
        }
        throw new StartException("No node could do it: " + String.join(", ", unable), null);
    }

    /** Why this node could not be asked, or cannot do it now; empty when it is done. */
    private Optional<String> ask(HttpClient client, URI endpoint) throws InterruptedException {
        try {
            return answered(client, endpoint);
        } catch (ConnectException _) { // in which the JDK's client does not say why
            return Optional.of("no connection");
        } catch (HttpTimeoutException _) {
            return Optional.of("no answer in " + PATIENCE.toSeconds() + " s");
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Optional<String> answered(HttpClient client, URI endpoint) throws IOException, InterruptedException {
        var id = URLEncoder.encode(node, StandardCharsets.UTF_8).replace("+", "%20");
        var request = HttpRequest.newBuilder(endpoint.resolve("/cluster/nodes/" + id + "/" + lever))
                .header("x-evenkeel-operator", "cli")
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        return switch (answer.statusCode()) {
            case OK -> Optional.empty();
            case REFUSED -> throw new StartException(answer.body(), null);
            case NOT_FOUND -> throw new StartException(endpoint + " is no node of a cluster", null);
            default -> Optional.of("status " + answer.statusCode());
        };
    }
}
