package dev.evenkeel.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The subcommand {@code cluster status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Shows zones, nodes, groups, leaders, how far replicas are behind, and what is being healed.")
final class ClusterStatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the real one in

    @Mixin
    private ClusterCommand.Dir dir = new ClusterCommand.Dir();

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "Asks nodes there instead of those of a folder, e.g. http://127.0.0.1:8001; repeatable.")
    private List<URI> endpoints = new ArrayList<>();

    @Option(names = "--json", description = "For programs: a node's answer, and in \"silent\" who gave none.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        var answers = ClusterAnswers.ask(endpoints.isEmpty() ? endpointsInFolder() : namedEndpoints());
        var newest =
                answers.newest().orElseThrow(() -> new StartException("No node answers: " + reasons(answers), null));
        out.print(
                json
                        ? withSilent(newest.json(), answers.silent().keySet())
                        : new ClusterStatusTable(newest.status(), answers.silent()).toString());
        out.flush();
        return 0;
    }

    private Map<String, URI> endpointsInFolder() throws IOException {
        var all = new LinkedHashMap<String, URI>();
        for (SampleNode node : dir.folder().existingNodes()) {
            NodeConfig.Client client = node.config().client();
            all.put(node.id(), URI.create("http://" + client.host() + ":" + client.port()));
        }
        return all;
    }

    private Map<String, URI> namedEndpoints() {
        var all = new LinkedHashMap<String, URI>();
        endpoints.forEach(endpoint -> all.put(endpoint.toString(), endpoint));
        return all;
    }

    private static String reasons(ClusterAnswers answers) {
        return answers.silent().entrySet().stream()
                .map(silent -> silent.getKey() + " (" + silent.getValue() + ")")
                .collect(Collectors.joining(", "));
    }

    /** The answer as it is, whatever is in it, and one field more. */
    static String withSilent(String json, Set<String> silent) throws IOException {
        var text = new StringWriter();
        var factory = new JsonFactory();
        try (JsonParser parser = factory.createParser(json);
                JsonGenerator generator = factory.createGenerator(text)) {
            generator.setPrettyPrinter(new DefaultPrettyPrinter());
            parser.nextToken();
            generator.writeStartObject();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                generator.copyCurrentStructure(parser);
            }
            generator.writeArrayFieldStart("silent");
            for (String node : silent) {
                generator.writeString(node);
            }
            generator.writeEndArray();
            generator.writeEndObject();
        }
        return text + "\n";
    }
}
