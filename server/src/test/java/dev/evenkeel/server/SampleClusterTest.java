package dev.evenkeel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Sample clusters whose nodes are shell scripts. */
@DisabledOnOs(OS.WINDOWS)
class SampleClusterTest {
    private static final int TRIES = 100;

    /**
     * Says that it is ready and waits for its end, or that of its folder, but not for ever; BROKEN in its folder makes it
     * end at once.
     */
    private static final String FAKE = """
            folder=$(dirname "$3")
            id=$(basename "$folder")
            if [ -e "$folder/BROKEN" ]; then echo "this one is broken"; exit 1; fi
            trap 'echo "$id ends in order"; exit 0' TERM
            echo "Evenkeel VERSION: node $id in zone-${id%%[0-9]*} is ready at http://127.0.0.1:1"
            i=0
            while [ -e "$folder" ] && [ $i -lt 2400 ]; do sleep 0.05; i=$((i + 1)); done
            """;

    @TempDir
    private Path root;

    private SampleFolder folder;
    private List<String> program;
    private final List<NodeProcess> started = new ArrayList<>();

    @BeforeEach
    void writeProgram() throws IOException {
        folder = new SampleFolder(root.resolve("sample"));
        Path script = Files.writeString(root.resolve("fake.sh"), FAKE.replace("VERSION", Main.version()));
        program = List.of("/bin/sh", script.toString());
    }

    @AfterEach
    void killAll() throws Exception {
        for (SampleNode node : folder.nodes()) {
            node.process().ifPresent(NodeProcess::kill);
        }
        started.forEach(NodeProcess::kill); // also those whose file a test has changed
    }

    /** Somewhere above the ports that the system gives out by itself there is room. */
    private List<SampleNode> write(int zones, int nodesPerZone) throws IOException {
        for (int port = 61_000; port < 61_000 + 20 * TRIES; port += 20) {
            try {
                return new SampleLayout(zones, nodesPerZone, port, port + 10, 2, false, true).write(folder);
            } catch (StartException e) {
                assertThat(e).hasMessageStartingWith("Not free: ");
            }
        }
        throw new AssertionError("no free ports");
    }

    private String start(List<SampleNode> nodes) throws Exception {
        var out = new StringWriter();
        try {
            new SampleStart(program, new PrintWriter(out, true)).start(nodes);
        } finally {
            nodes.forEach(node -> node.process().ifPresent(started::add));
        }
        return out.toString();
    }

    private CommandRun cluster(String command, String... more) {
        var arguments = new ArrayList<>(
                List.of("cluster", command, "--dir", folder.path().toString()));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private static long pid(SampleNode node) {
        return node.process().orElseThrow().pid();
    }

    @Test
    void nodesAreStartedStoppedKilledAndBroughtBack() throws Exception {
        List<SampleNode> nodes = write(3, 1);
        assertThat(start(nodes).lines())
                .containsExactly(nodes.stream()
                        .map(node -> "%s in zone-%s is ready at http://127.0.0.1:1 (process %d)"
                                .formatted(node.id(), node.id().charAt(0), pid(node)))
                        .toArray(String[]::new));
        long first = pid(nodes.get(0));

        assertThat(cluster("kill", "b1").out()).isEqualTo("b1 is gone\n");
        assertThat(nodes.get(1).process()).isEmpty();
        assertThat(start(nodes).lines())
                .hasSize(3)
                .contains("a1 runs already (process " + first + ")")
                .anyMatch(line -> line.startsWith("b1 in zone-b is ready"));

        assertThat(cluster("stop", "c1", "a1").out()).isEqualTo("a1 has ended\nc1 has ended\n");
        assertThat(cluster("logs", "a1", "--lines", "1").out()).isEqualTo("a1 ends in order\n");
        assertThat(cluster("stop").out()).isEqualTo("a1 does not run\nc1 does not run\nb1 has ended\n");
        assertThat(nodes).allMatch(node -> node.process().isEmpty());
    }

    @Test
    void aNodeThatEndsAtOnceIsToldWithItsLastWords() throws Exception {
        List<SampleNode> nodes = write(3, 1);
        Files.createFile(nodes.get(1).folder().resolve("BROKEN"));
        assertThatThrownBy(() -> start(nodes))
                .isInstanceOf(StartException.class)
                .hasMessage("b1 has ended. Its last words:" + System.lineSeparator() + "  this one is broken");
    }

    @Test
    void aProcessThatIsNotTheNodesIsLeftAlone() throws Exception {
        List<SampleNode> nodes = write(1, 2);
        start(nodes);
        long second = pid(nodes.get(1));
        Files.writeString(nodes.get(0).folder().resolve("pid"), Long.toString(second)); // another node
        assertThat(cluster("kill", "a1").out()).isEqualTo("a1 does not run\n");
        Files.writeString(
                nodes.get(0).folder().resolve("pid"),
                Long.toString(ProcessHandle.current().pid()));
        assertThat(cluster("stop", "a1").out()).isEqualTo("a1 does not run\n");
        assertThat(pid(nodes.get(1))).isEqualTo(second);
    }

    @Test
    void takenPortsAreToldBeforeAnythingIsWritten() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();
            var layout = new SampleLayout(1, 1, port, port < 30_000 ? port + 10_000 : port - 10_000, 1, false, false);
            assertThatThrownBy(() -> layout.write(folder))
                    .isInstanceOf(StartException.class)
                    .hasMessageStartingWith("Not free: port " + port + " of 127.0.0.1, where a1 listens for clients (")
                    .hasMessageEndingWith("; --port and --peer-port choose others");
        }
        assertThat(folder.nodes()).isEmpty();
    }

    @Test
    void nodesAreCalledAfterZonesAndFoundedWithTheirFirst() throws IOException {
        List<SampleNode> nodes = write(3, 2);
        assertThat(nodes).extracting(SampleNode::id).containsExactly("a1", "b1", "c1", "a2", "b2", "c2");
        assertThat(folder.nodes()).isEqualTo(nodes);
        NodeConfig last = nodes.getLast().config();
        assertThat(last.zone()).isEqualTo("zone-c");
        assertThat(last.cluster().seeds()).extracting(Seed::id).containsExactly("a1", "b1", "c1");
        assertThat(last.client().port())
                .isEqualTo(nodes.getFirst().config().client().port() + 5);
    }

    @Test
    void certificatesAreMadeWhereTheyAreAskedFor() throws IOException {
        int port = write(1, 1).getFirst().config().client().port();
        var secure = new SampleFolder(root.resolve("secure"));
        List<SampleNode> nodes = new SampleLayout(1, 2, port, port + 10, 1, true, false).write(secure);
        assertThat(nodes).allMatch(node -> node.config().peer().tls() != null);
    }

    @Test
    void aClusterThatIsThereIsNotMadeAgain() throws IOException {
        write(1, 1);
        assertThat(cluster("start", "--zones", "3").err())
                .isEqualTo("evenkeel: There is a cluster in " + folder.path()
                        + " already: leave out what is for a new one, or name another folder with --dir\n");
    }

    @Test
    void whatIsNotThereIsTold() throws IOException {
        assertThat(cluster("status").err()).startsWith("evenkeel: There is no cluster in " + folder.path() + "; ");
        write(2, 1);
        assertThat(cluster("kill", "c1").err())
                .isEqualTo("evenkeel: There is no node c1 in " + folder.path() + "; there are a1, b1\n");
        assertThat(cluster("status").err())
                .isEqualTo("evenkeel: No node answers: a1 (no connection), b1 (no connection)\n");
    }

    @Test
    void theNewestAnswerIsShown() throws IOException {
        try (var old = new FakeEndpoint(200, "{\"cluster\": \"old\", \"version\": 3}");
                var newest = new FakeEndpoint(200, "{\"cluster\": \"newest\", \"version\": 4}");
                var broken = new FakeEndpoint(503, "")) {
            var run = CommandRun.of(
                    "cluster",
                    "status",
                    "--json",
                    "--endpoint",
                    old.url(),
                    "--endpoint",
                    newest.url(),
                    "--endpoint",
                    broken.url());
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).contains("\"newest\"").contains("\"silent\" : [ \"" + broken.url() + "\" ]");
        }
    }

    @Test
    void ofAnswersAlikeTheCatalogLeadersIsShown() throws IOException {
        String answer = "{\"node\": \"%s\", \"version\": 4, \"groups\": [{\"id\": 0, \"leader\": \"b1\"}]}";
        try (var first = new FakeEndpoint(200, answer.formatted("a1"));
                var leader = new FakeEndpoint(200, answer.formatted("b1"));
                var last = new FakeEndpoint(200, answer.formatted("c1"))) {
            var run = CommandRun.of(
                    "cluster",
                    "status",
                    "--json",
                    "--endpoint",
                    first.url(),
                    "--endpoint",
                    leader.url(),
                    "--endpoint",
                    last.url());
            assertThat(run.out()).contains("\"node\" : \"b1\"");
        }
    }

    @Test
    void anyNodeIsAskedToDrainOne() throws IOException {
        try (var willing = new FakeEndpoint(200, "{}");
                var refusing = new FakeEndpoint(409, "no node b1")) {
            String nobody;
            try (var closed = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
                nobody = "http://127.0.0.1:" + closed.getLocalPort();
            }
            assertThat(CommandRun.of("cluster", "drain", "--endpoint", nobody, "--endpoint", willing.url(), "b1")
                            .out())
                    .startsWith("b1 is being drained");
            assertThat(CommandRun.of("cluster", "leave", "--endpoint", refusing.url(), "b1"))
                    .isEqualTo(new CommandRun(1, "", "evenkeel: no node b1\n"));
            assertThat(CommandRun.of("cluster", "resume", "--endpoint", nobody, "b1"))
                    .isEqualTo(
                            new CommandRun(1, "", "evenkeel: No node could do it: " + nobody + " (no connection)\n"));
        }
    }

    @Test
    void aNodeThatIsStartingIsPassedOver() throws IOException {
        try (var starting = new FakeEndpoint(503, "The node is starting");
                var willing = new FakeEndpoint(200, "{}");
                var other = new FakeEndpoint(404, "")) {
            assertThat(CommandRun.of(
                                    "cluster",
                                    "drain",
                                    "--endpoint",
                                    starting.url(),
                                    "--endpoint",
                                    willing.url(),
                                    "b 1")
                            .out())
                    .startsWith("b 1 is being drained");
            assertThat(CommandRun.of("cluster", "drain", "--endpoint", starting.url(), "b1")
                            .err())
                    .isEqualTo("evenkeel: No node could do it: " + starting.url() + " (status 503)\n");
            assertThat(CommandRun.of("cluster", "drain", "--endpoint", other.url(), "b1")
                            .err())
                    .isEqualTo("evenkeel: " + other.url() + " is no node of a cluster\n");
        }
    }

    /** Answers everything alike. */
    private record FakeEndpoint(HttpServer server) implements AutoCloseable {
        FakeEndpoint(int status, String body) throws IOException {
            this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            server.createContext("/cluster", exchange -> {
                try (exchange) {
                    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                    exchange.getResponseBody().write(bytes);
                }
            });
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
