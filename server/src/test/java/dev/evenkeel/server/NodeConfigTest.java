package dev.evenkeel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.transport.PeerAddress;
import dev.evenkeel.transport.TlsFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeConfigTest {
    /** Line by line, for what the tests change in it. */
    private static final String RIGHT = """
            node:
              id: a1
              zone: zone-a
              data: data/a1
            client: {host: 127.0.0.1, port: 8001}
            peer:
              host: 127.0.0.1
              port: 7001
            cluster:
              name: evenkeel
              groups: 2
              seeds:
                - {id: a1, zone: zone-a, host: 127.0.0.1, port: 7001}
                - {id: b1, zone: zone-b, host: 127.0.0.1, port: 7002}
            region: eu-west-1
            initial-partitions: 4
            control-plane-delay: 500ms
            """;

    @TempDir
    private Path folder;

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("node.yaml"), text);
    }

    private static NodeConfig expected(Path folder) {
        return new NodeConfig(
                "a1",
                "zone-a",
                folder.resolve("data").resolve("a1"),
                new NodeConfig.Client("127.0.0.1", 8001),
                new NodeConfig.Peer(new PeerAddress("127.0.0.1", 7001), null),
                new ClusterConfig(
                        "evenkeel",
                        2,
                        List.of(
                                new Seed("a1", "zone-a", new PeerAddress("127.0.0.1", 7001)),
                                new Seed("b1", "zone-b", new PeerAddress("127.0.0.1", 7002)))),
                "eu-west-1",
                4,
                Duration.ofMillis(500));
    }

    @Test
    void readsEverySetting() throws IOException {
        assertThat(NodeConfig.read(write(RIGHT))).isEqualTo(expected(folder));
    }

    @Test
    void whatIsOptionalHasADefault() throws IOException {
        String least = RIGHT.lines()
                .filter(line -> !line.matches("(region|initial|control|  groups).*"))
                .reduce("", (text, line) -> text + line + "\n");
        NodeConfig config = NodeConfig.read(write(least));
        assertThat(config.cluster().groups()).isEqualTo(3);
        assertThat(config.region()).isEqualTo("us-east-1");
        assertThat(config.initialPartitions()).isOne();
        assertThat(config.controlPlaneDelay()).isZero();
    }

    @Test
    void dataMayBeInMemoryAndAFolderMayBeCalledSo() throws IOException {
        assertThat(NodeConfig.read(write(RIGHT.replace("data/a1", "memory"))).data())
                .isNull();
        assertThat(NodeConfig.read(write(RIGHT.replace("data/a1", "./memory"))).data())
                .isEqualTo(folder.resolve("memory"));
    }

    @Test
    void pathsStartAtTheFolderOfTheFile() throws IOException {
        for (String name : List.of("a1.crt", "a1.key", "authority.crt")) {
            Files.createFile(folder.resolve(name));
        }
        String tls = RIGHT.replace(
                "  port: 7001", "  port: 7001\n  tls: {certificate: a1.crt, key: a1.key, authority: authority.crt}");
        assertThat(NodeConfig.read(write(tls.replace("127.0.0.1, port: 7", "node.example, port: 7")))
                        .peer()
                        .tls())
                .isEqualTo(new TlsFiles(
                        folder.resolve("a1.crt"), folder.resolve("a1.key"), folder.resolve("authority.crt")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "127.9.9.9", "\"::1\"", "\"0:0:0:0:0:0:0:1\""})
    void loopbackNeedsNoTls(String host) throws IOException {
        var config = NodeConfig.read(write(RIGHT.replace("  host: 127.0.0.1", "  host: " + host)));
        assertThat(config.peer().tls()).isNull();
    }

    @Test
    void aNodeThatJoinsIsNotAmongTheFounders() throws IOException {
        var config =
                NodeConfig.read(write(RIGHT.replace("id: a1\n", "id: a2\n").replace("port: 7001\n", "port: 7003\n")));
        assertThat(config.id()).isEqualTo("a2");
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("  zone: zone-a", "  zon: zone-a", "3: no setting \"zon\" in node; did you mean \"zone\"?"),
                mistake(
                        "  zone: zone-a",
                        "  colour: red\n  zone: zone-a",
                        "3: no setting \"colour\" in node; there are id, zone, data"),
                mistake("region:", "regoin:", "15: no setting \"regoin\" in the file; did you mean \"region\"?"),
                mistake("  zone: zone-a\n", "", "1: node needs \"zone\": a name of up to 40 letters, digits and '-'"),
                mistake(
                        "client: {host: 127.0.0.1, port: 8001}\n",
                        "",
                        "1: the file needs \"client\": a section of settings"),
                mistake(
                        "  zone: zone-a",
                        "  zone:",
                        "3: node.zone is to be a name of up to 40 letters, digits and '-', not nothing"),
                mistake(
                        "  zone: zone-a",
                        "  zone: zone a",
                        "3: node.zone is to be a name of up to 40 letters, digits and '-', not \"zone a\""),
                mistake(
                        "  zone: zone-a",
                        "  zone: {a: b}",
                        "3: node.zone is to be a name of up to 40 letters, digits and '-', not a section of settings"),
                mistake(
                        "  zone: zone-a",
                        "  zone: [zone-a]",
                        "3: node.zone is to be a name of up to 40 letters, digits and '-', not a list"),
                mistake("  id: a1", "  id: a1\n  id: a1", "3: node.id is set twice, first in line 2"),
                mistake("  data: data/a1", "  data: ''", "4: node.data is to be a folder, or memory, not \"\""),
                mistake(
                        "  data: data/a1",
                        "  ? [data]\n  : x\n  data: memory",
                        "4: the name of a setting is to be a word, not a list"),
                mistake(
                        "client: {host: 127.0.0.1, port: 8001}",
                        "client: 8001",
                        "5: client is to be a section of settings, not \"8001\""),
                mistake("8001", "65536", "5: client.port is to be a whole number from 0 to 65535, not \"65536\""),
                mistake("8001", "'8001'", "5: client.port is to be a whole number from 0 to 65535, not \"8001\""),
                mistake("8001", "eight", "5: client.port is to be a whole number from 0 to 65535, not \"eight\""),
                mistake("8001", "7001", "6: peer: port 7001 is the client's already"),
                mistake("  port: 7001", "  port: 0", "8: peer.port is to be a whole number from 1 to 65535, not \"0\""),
                mistake(
                        "  host: 127.0.0.1",
                        "  host: 0.0.0.0",
                        "7: peer.host is to be the host name or address at which other nodes find it, not \"0.0.0.0\""),
                mistake(
                        "  host: 127.0.0.1",
                        "  host: a.example",
                        "7: peer.host: \"a.example\" is reached over a network, which takes peer.tls; without it nodes meet only at localhost, 127.0.0.1 or ::1"),
                mistake(
                        "  host: 127.0.0.1",
                        "  host: 127.0.0.1\n  tls: {certificate: no, key: node.yaml, authority: node.yaml}",
                        "8: peer.tls.certificate is to be a file that is there and can be read, not \"no\""),
                mistake(
                        "  groups: 2",
                        "  groups: 2.5",
                        "11: cluster.groups is to be a whole number from 1 to 128, not \"2.5\""),
                mistake(
                        "  groups: 2",
                        "  groups: 0",
                        "11: cluster.groups is to be a whole number from 1 to 128, not \"0\""),
                mistake("id: b1", "id: a1", "14: cluster.seeds[2].id: a1 is in the list already"),
                mistake(
                        "  port: 7001\n",
                        "  port: 7001\n  ways: [{id: a2, host: localhost, port: 1}, {id: a2, host: localhost, port: 2}]\n",
                        "9: peer.ways[2].id: there is another way to a2"),
                mistake(
                        "  port: 7001\n",
                        "  port: 7001\n  ways: [{id: a2, host: 10.0.0.1, port: 1}]\n",
                        "9: peer.ways[1].host: \"10.0.0.1\" is reached over a network, which takes peer.tls; without it nodes meet only at localhost, 127.0.0.1 or ::1"),
                mistake(
                        "zone: zone-b",
                        "zone: zone-a",
                        "14: cluster.seeds[2].zone: there is one founding node per zone, and zone-a has a1"),
                mistake("7002", "7001", "14: cluster.seeds[2].port: 127.0.0.1:7001 is the address of a1"),
                mistake(
                        "127.0.0.1, port: 7002",
                        "10.0.0.1, port: 7002",
                        "14: cluster.seeds[2].host: \"10.0.0.1\" is reached over a network, which takes peer.tls; without it nodes meet only at localhost, 127.0.0.1 or ::1"),
                mistake(", port: 7002", "", "14: cluster.seeds[2] needs \"port\": a whole number from 1 to 65535"),
                mistake(
                        "- {id: b1, zone: zone-b, host: 127.0.0.1, port: 7002}",
                        "- b1",
                        "14: cluster.seeds[2] is to be a section of settings, not \"b1\""),
                mistake("  zone: zone-a", "  zone: zone-c", "3: node.zone: cluster.seeds has a1 in zone-a"),
                mistake("  id: a1", "  id: a2", "2: node.id: cluster.seeds has a1 at 127.0.0.1:7001, not a2"),
                mistake(
                        "region: eu-west-1",
                        "region: eu/west",
                        "15: region is to be a name of up to 40 letters, digits and '-', not \"eu/west\""),
                mistake(
                        "initial-partitions: 4",
                        "initial-partitions: 1025",
                        "16: initial-partitions is to be a whole number from 1 to 1024, not \"1025\""),
                mistake(
                        "500ms",
                        "soon",
                        "17: control-plane-delay is to be a duration such as 500ms, 2s or PT1M, not \"soon\""),
                mistake(
                        "500ms",
                        "PT-1S",
                        "17: control-plane-delay is to be a duration such as 500ms, 2s or PT1M, not \"PT-1S\""),
                mistake(
                        "  zone: zone-a",
                        "  zone: zone-a: x",
                        "3: this is no YAML: mapping values are not allowed here"),
                mistake(
                        "  zone: zone-a",
                        "\tzone: zone-a",
                        "3: this is no YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)"));
    }

    private static Arguments mistake(String right, String wrong, String problem) {
        return Arguments.of(right, wrong, problem);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsToldWithItsLine(String right, String wrong, String problem) throws IOException {
        assertThat(RIGHT).contains(right);
        Path file = write(RIGHT.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong)));
        assertThatThrownBy(() -> NodeConfig.read(file))
                .isInstanceOf(StartException.class)
                .hasMessage(file + ":" + problem);
    }

    @Test
    void allMistakesAreToldInTheOrderOfTheFile() throws IOException {
        Path file = write(
                RIGHT.replace("8001", "x").replace("  id: a1", "  id: a_1").replace("groups", "grups"));
        assertThatThrownBy(() -> NodeConfig.read(file))
                .hasMessage(String.join(
                        System.lineSeparator(),
                        file + ":2: node.id is to be a name of up to 40 letters, digits and '-', not \"a_1\"",
                        file + ":5: client.port is to be a whole number from 0 to 65535, not \"x\"",
                        file + ":11: no setting \"grups\" in cluster; did you mean \"groups\"?"));
    }

    @Test
    void aSeedListCannotBeEmpty() throws IOException {
        Path file = write(RIGHT.lines()
                .filter(line -> !line.startsWith("    -"))
                .map(line -> line.replace("seeds:", "seeds: []"))
                .reduce("", (text, line) -> text + line + "\n"));
        assertThatThrownBy(() -> NodeConfig.read(file))
                .hasMessage(file + ":12: cluster.seeds is to be a list of at least one, not an empty list");
    }

    @Test
    void otherFilesAreNoConfigurations() throws IOException {
        Path absent = folder.resolve("absent.yaml");
        assertThatThrownBy(() -> NodeConfig.read(absent)).hasMessage("There is no file " + absent);
        Path empty = write("# nothing\n");
        assertThatThrownBy(() -> NodeConfig.read(empty))
                .hasMessage(empty + ":1: the file is to be a section of settings, not empty");
        Path list = write("- a\n");
        assertThatThrownBy(() -> NodeConfig.read(list))
                .hasMessage(list + ":1: the file is to be a section of settings, not a list");
        Path two = write(RIGHT + "---\n" + RIGHT);
        assertThatThrownBy(() -> NodeConfig.read(two)).hasMessageStartingWith(two + ":18: this is no YAML: ");
        Path latin = Files.write(write(""), RIGHT.replace("evenkeel", "é").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> NodeConfig.read(latin)).hasMessageStartingWith(latin + " is not text: ");
        Path binary = Files.write(write(""), new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 0, 0});
        assertThatThrownBy(() -> NodeConfig.read(binary))
                .hasMessage(binary + " is not text: a configuration is YAML in UTF-8");
        assertThatThrownBy(() -> NodeConfig.read(folder))
                .hasMessageStartingWith("The file " + folder + " cannot be read");
    }

    @Test
    void aFileThatContainsItselfIsRefused() throws IOException {
        Path file = write(RIGHT.replace("seeds:", "seeds: &all").replace("- {id: a1", "- *all\n    - {id: a1"));
        assertThatThrownBy(() -> NodeConfig.read(file)).isInstanceOf(StartException.class);
    }
}
