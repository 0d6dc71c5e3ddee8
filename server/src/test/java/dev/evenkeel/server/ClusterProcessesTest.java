package dev.evenkeel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A cluster as an operating system sees it; takes some seconds, so only when asked for. */
@EnabledIfSystemProperty(named = "evenkeel.cluster.test", matches = "true")
class ClusterProcessesTest {
    private static final int PORT = 18_000;
    private static final int PATIENCE_SECONDS = 180;

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    /** Each command in a process of its own: what it starts must live on without it. */
    private String cluster(String command, String... more) throws Exception {
        var line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "cluster",
                command,
                "--dir",
                folder.toString()));
        line.addAll(List.of(more));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(out).isZero();
        return out;
    }

    @AfterEach
    void killAll() throws Exception {
        for (SampleNode node : new SampleFolder(folder).nodes()) {
            node.process().ifPresent(NodeProcess::kill);
        }
    }

    private String request(int node, String operation, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + (PORT + node)))
                .header("x-amz-target", "DynamoDB_20120810." + operation)
                .header("content-type", "application/x-amz-json-1.0")
                .header("x-amz-date", "20260101T000000Z")
                .header("authorization", "AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=b")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        var response = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    private void put(int node, String id) throws IOException, InterruptedException {
        request(node, "PutItem", "{\"TableName\":\"orders\",\"Item\":{\"id\":{\"S\":\"" + id + "\"}}}");
    }

    private void assertHas(int node, String id) throws IOException, InterruptedException {
        String key = "{\"TableName\":\"orders\",\"ConsistentRead\":true,\"Key\":{\"id\":{\"S\":\"" + id + "\"}}}";
        assertThat(request(node, "GetItem", key)).contains(id);
    }

    @Test
    void threeProcessesGoOnWithTwoAndHaveEverythingAfterwards() throws Exception {
        String started =
                cluster("start", "--port", Integer.toString(PORT), "--peer-port", "18100", "--groups", "2", "--tls");
        assertThat(started).contains("a1 in zone-a is ready", "b1 in zone-b is ready", "c1 in zone-c is ready");
        request(0, "CreateTable", """
                {"TableName":"orders","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
                 "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}]}""");
        for (int node = 0; node < 3; node++) {
            put(node, "from" + node);
        }
        cluster("kill", "b1");
        for (int node : new int[] {0, 2}) {
            assertHas(node, "from0");
            assertHas(node, "from1");
            put(node, "later" + node);
        }
        assertThat(cluster("status")).contains("silent: no connection");
        assertThat(cluster("start")).contains("a1 runs already", "b1 in zone-b is ready");
        assertHas(1, "later0");
        assertThat(cluster("status", "--json")).contains("\"silent\" : [ ]");
        assertThat(cluster("stop")).contains("a1 has ended", "b1 has ended", "c1 has ended");
    }
}
