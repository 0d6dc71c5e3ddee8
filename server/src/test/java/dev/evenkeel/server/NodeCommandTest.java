package dev.evenkeel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeCommandTest {
    @TempDir
    private Path folder;

    @Test
    void theExampleIsAConfigurationWithTheDefaults() throws IOException {
        var run = CommandRun.of("node", "--example");
        assertThat(run.exitCode()).isZero();
        NodeConfig example = NodeConfig.read(Files.writeString(folder.resolve("node.yaml"), run.out()));
        String least = run.out().replaceAll("(?m)^.*# optional.*$", "");
        NodeConfig plain = NodeConfig.read(Files.writeString(folder.resolve("node.yaml"), least));
        assertThat(example).isEqualTo(plain);
        assertThat(example.id()).isEqualTo("a1");
        assertThat(example.cluster().seeds()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "node, --config=FILE",
        "node --config a.yaml --example, mutually exclusive",
        "cluster, Missing a command; see 'evenkeel cluster --help'",
        "cluster kill, 'Missing required parameter: ''NODE''; see ''evenkeel cluster kill --help'''",
        "cluster start --zones x, 'Invalid value for option ''--zones'': ''x'' is not an int'",
    })
    void mistakesAreOneLineAndExitCode2(String line, String message) {
        var run = CommandRun.of(line.split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("evenkeel: ")
                .contains(message);
    }

    @Test
    void aWrongConfigurationIsToldLineByLine() throws IOException {
        Path file = Files.writeString(folder.resolve("node.yaml"), "node: {}\nclient: 1\n");
        var run = CommandRun.of("node", "--config", file.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines())
                .startsWith("evenkeel: " + file + ":1: node needs \"id\": a name of up to 40 letters, digits and '-'")
                .contains(file + ":2: client is to be a section of settings, not \"1\"");
    }

    @Test
    void everyCommandTellsItsVersion() {
        assertThat(CommandRun.of("node", "--version").out()).startsWith("Evenkeel ");
        assertThat(CommandRun.of("cluster", "start", "--version").out()).startsWith("Evenkeel ");
    }
}
