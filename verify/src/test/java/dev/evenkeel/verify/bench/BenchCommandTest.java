package dev.evenkeel.verify.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class BenchCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return new CommandLine(new BenchCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }

    @Test
    void comparesTwoTargetsEndToEnd(@TempDir Path folder) throws IOException {
        var svg = folder.resolve("latency.svg");
        try (var first = new StubDynamo();
                var second = new StubDynamo()) {
            int code = run(
                    "--target=one=" + first.url(),
                    "--target=two=" + second.url(),
                    "--workload=a,query,batch-write,batch-get",
                    "--connections=1,3",
                    "--rounds=2",
                    "--seconds=0.05",
                    "--warmup=0",
                    "--items=250",
                    "--svg=" + svg);
            assertThat(code).as(err.toString()).isZero();
            assertThat(out.toString().lines().filter(line -> line.contains("| two |")))
                    .hasSize(8)
                    .allSatisfy(line -> assertThat(line.split("\\|")[8].trim()).isEqualTo("0")); // errors
            assertThat(second.count("GetItem")).isPositive();
            assertThat(second.count("PutItem")).isPositive();
            assertThat(second.count("Query")).isPositive();
            assertThat(second.count("BatchGetItem")).isPositive();
            assertThat(second.count("BatchWriteItem")).isGreaterThan(250 / 25 + 250 / 10);
            assertThat(second.count("CreateTable")).isEqualTo(2);
            assertThat(second.tables()).isEmpty(); // deleted again
            assertThat(svg).content().contains("<svg", "one p99");
        }
    }

    @Test
    void openLoopSendsWhatWasAskedFor() throws IOException {
        try (var server = new StubDynamo()) {
            int code = run(
                    "--target=one=" + server.url(),
                    "--workload=get",
                    "--rate=200",
                    "--rounds=1",
                    "--seconds=0.2",
                    "--warmup=0",
                    "--items=250",
                    "--connections=4");
            assertThat(code).as(err.toString()).isZero();
            assertThat(server.count("GetItem")).isEqualTo(40);
            assertThat(out.toString()).contains("| 200/s offered | one |");
        }
    }

    @Test
    void targetThatDoesNotAnswerIsNamed() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(run("--target=gone=http://localhost:" + port)).isEqualTo(1);
        assertThat(err.toString()).contains("bench: target gone at http://localhost:" + port + " does not answer");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--workload=fly, no workload 'fly'",
        "--keys=odd, --keys is uniform or zipfian",
        "--rounds=0, --rounds must be at least 1",
        "--items=3, --items must be at least 250",
        "--connections=0, --connections must be at least 1",
        "--pid=other=12, --pid names no target",
        "--pid=a=x, --pid takes numbers"
    })
    void badOptionsAreExplained(String option, String complaint) {
        assertThat(run("--target=a=http://localhost:1", option)).isEqualTo(1);
        assertThat(err.toString()).contains(complaint);
    }
}
