package dev.evenkeel.verify.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.verify.gameday.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever clients send, the server goes on, others are served promptly, and nothing is called the server's mistake. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileClientsTest {
    private static final int IDLE_CONNECTIONS = 3000;
    private static final int FUZZ_CONNECTIONS = 400;
    private static final Duration PROMPT = Duration.ofSeconds(5); // far above the usual: the machine is busy
    private static final int BODY_BYTES_MAX = 16 * 1024 * 1024;
    private static final int BOMB_BYTES = 256 * 1024 * 1024;
    private static final String GZIP = "Content-Encoding: gzip";

    private ServerProcess server;
    private Dynamo client;

    static LongStream seeds() {
        return Campaign.seeds(Campaign.rounds(3));
    }

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        server = ServerProcess.start(data);
        client = server.client();
        for (var table : List.of("Witness", "Mutated")) {
            client.ok("CreateTable", Tables.plain(table));
            Tables.awaitActive(client, table);
        }
        client.ok("PutItem", Tables.put("Witness", witness()));
    }

    @AfterAll
    void stop() {
        client.close();
        server.close();
    }

    private static Map<String, Object> witness() {
        return Map.of("pk", Tables.string("w"), "n", Tables.number(1));
    }

    @AfterEach
    void othersAreServed() throws Exception {
        serves();
        assertThat(server.isAlive()).isTrue();
    }

    private void serves() throws IOException {
        long begun = System.nanoTime();
        assertThat(client.ok("GetItem", Tables.keyed("Witness", "w"))).isEqualTo(Map.of("Item", witness()));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PROMPT);
    }

    @Test
    void thousandsOfIdleConnections() throws Exception {
        var idle = new ArrayList<SocketChannel>();
        try {
            for (int i = 0; i < IDLE_CONNECTIONS; i++) {
                idle.add(SocketChannel.open(new InetSocketAddress(
                        client.uri().getHost(), client.uri().getPort())));
            }
            for (int i = 0; i < 100; i++) {
                serves();
            }
        } finally {
            for (var connection : idle) {
                connection.close();
            }
        }
    }

    /** All of them begin a request, none ends it. The first byte alone could still become HTTP/2, which ends in silence. */
    @Test
    void halfSentRequestsTimeOutAndBlockNobody() throws Exception {
        var whole = RawRequests.request("GetItem", Json.write(Tables.keyed("Witness", "w")));
        var slow = new ArrayList<RawConnection>();
        try {
            for (int i = 0; i < 40; i++) {
                slow.add(new RawConnection(client.uri()).send(Arrays.copyOf(whole, 2 + i * (whole.length - 3) / 40)));
            }
            for (int i = 0; i < 50; i++) {
                serves();
            }
            for (var connection : slow) {
                assertThat(RawConnection.statuses(connection.readAll())).containsExactly(408);
            }
        } finally {
            for (var connection : slow) {
                connection.close();
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noiseAndMutationsAreNeverTheServersMistake(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < FUZZ_CONNECTIONS; i++) {
            byte[] bytes = RawRequests.hostile(random);
            var answer = sent(bytes);
            assertThat(RawConnection.statuses(answer))
                    .as(() -> "seed " + seed + ", connection sent " + readable(bytes) + "\nand was answered " + answer
                            + "\n" + server.complaints())
                    .allMatch(status -> status < 500);
        }
    }

    private static String readable(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.chars().allMatch(c -> c == '\r' || c == '\n' || c >= ' ' && c < 127)
                ? text
                : HexFormat.of().formatHex(bytes) + " (" + text + ")";
    }

    private String sent(byte[] bytes) throws IOException {
        try (var connection = new RawConnection(client.uri())) {
            try {
                connection.send(bytes);
            } catch (IOException _) {
                // the server has heard enough
            }
            return connection.endAndReadAll();
        }
    }

    private void refuses(byte[] request, int status, String mention) throws IOException {
        var answer = sent(request);
        assertThat(RawConnection.statuses(answer)).as(answer).containsExactly(status);
        assertThat(answer).contains(mention);
    }

    @Test
    void oversizedBody() throws Exception {
        refuses(RawRequests.request("PutItem", new byte[BODY_BYTES_MAX + 1]), 413, "");
    }

    @Test
    void gzipBomb() throws Exception {
        var bomb = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bomb)) {
            byte[] blanks = " ".repeat(1024 * 1024).getBytes(StandardCharsets.US_ASCII);
            for (int bytes = 0; bytes < BOMB_BYTES; bytes += blanks.length) {
                gzip.write(blanks);
            }
        }
        refuses(RawRequests.request("PutItem", bomb.toByteArray(), GZIP), 413, "");
        refuses(RawRequests.request("PutItem", "not gzip", GZIP), 400, "");
    }

    @Test
    void deepJson() throws Exception {
        for (int depth : new int[] {40, 1000, 500_000}) {
            var value = "{\"L\":[".repeat(depth) + "{\"N\":\"1\"}" + "]}".repeat(depth);
            var body = "{\"TableName\":\"Witness\",\"Item\":{\"pk\":{\"S\":\"w\"},\"deep\":" + value + "}}";
            refuses(RawRequests.request("PutItem", body), 400, "__type");
        }
        refuses(RawRequests.request("PutItem", "[".repeat(1_000_000)), 400, "SerializationException");
    }

    @Test
    void invalidUtf8() throws Exception {
        byte[] body = "{\"TableName\":\"Witness\",\"Item\":{\"pk\":{\"S\":\"w\"},\"n\":{\"S\":\"?\"}}}"
                .getBytes(StandardCharsets.US_ASCII);
        for (int wrong : new int[] {0x80, 0xC0, 0xF8, 0xFF}) {
            byte[] bytes = body.clone();
            bytes[new String(body, StandardCharsets.US_ASCII).indexOf('?')] = (byte) wrong;
            refuses(RawRequests.request("PutItem", bytes), 400, "SerializationException");
        }
    }

    /** Which of the two counts is nobody's promise; that there is one answer is. */
    @Test
    void duplicateKeys() throws Exception {
        for (var body : List.of(
                "{\"TableName\":\"Mutated\",\"TableName\":\"Mutated\",\"Item\":{\"pk\":{\"S\":\"d\"}}}",
                "{\"TableName\":\"Mutated\",\"Item\":{\"pk\":{\"S\":\"d\"},\"a\":{\"N\":\"1\"},\"a\":{\"N\":\"2\"}}}",
                "{\"TableName\":\"Mutated\",\"Item\":{\"pk\":{\"S\":\"d\",\"S\":\"e\"}}}")) {
            assertThat(RawConnection.statuses(sent(RawRequests.request("PutItem", body))))
                    .as(body)
                    .hasSize(1)
                    .allMatch(status -> status == 200 || status == 400);
        }
    }

    @Test
    void pipelinedGarbage() throws Exception {
        var all = new ByteArrayOutputStream();
        for (int i = 0; i < 50; i++) {
            all.writeBytes(RawRequests.request("GetItem", Json.write(Tables.keyed("Witness", "w"))));
        }
        all.writeBytes("\u0000\u0001garbage\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        var statuses = RawConnection.statuses(sent(all.toByteArray()));
        assertThat(statuses).hasSize(51).endsWith(400);
        assertThat(statuses.subList(0, 50)).containsOnly(200);
    }
}
