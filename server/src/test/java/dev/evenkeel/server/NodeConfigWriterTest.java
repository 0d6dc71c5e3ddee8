package dev.evenkeel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.transport.PeerAddress;
import dev.evenkeel.transport.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeConfigWriterTest {
    @TempDir
    private Path folder;

    private NodeConfig config(String id, @Nullable Path data, String host, @Nullable TlsFiles tls) {
        var address = new PeerAddress(host, 7001);
        return new NodeConfig(
                id,
                "zone-a",
                data,
                new NodeConfig.Client(host, 0),
                new NodeConfig.Peer(address, tls),
                new ClusterConfig(id, 7, List.of(new Seed(id, "zone-a", address))),
                "eu-west-1",
                4,
                Duration.ofMillis(500));
    }

    private void assertIsReadAgain(NodeConfig config) throws IOException {
        String text = new NodeConfigWriter(folder).text(config);
        assertThat(NodeConfig.read(Files.writeString(folder.resolve("node.yaml"), text)))
                .as(text)
                .isEqualTo(config);
    }

    /** YAML takes some of them for something else than text. */
    @ParameterizedTest
    @ValueSource(strings = {"a1", "-", "---", "1", "0x1", "1-1", "null", "true", "no", "-a"})
    void anyNameIsReadAgain(String id) throws IOException {
        assertIsReadAgain(config(id, null, "127.0.0.1", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"data", "memory", "with space/#1", "it's", "a: b", "deep/deeper", "%s"})
    void anyFolderIsReadAgain(String name) throws IOException {
        assertIsReadAgain(config("a1", folder.resolve(name), "::1", null));
        assertIsReadAgain(config("a1", folder.resolveSibling(name), "localhost", null));
    }

    @Test
    void waysAreReadAgain() throws IOException {
        NodeConfig plain = config("a1", null, "127.0.0.1", null);
        var ways = Map.of("a2", new PeerAddress("localhost", 7101), "null", new PeerAddress("::1", 7102));
        assertIsReadAgain(new NodeConfig(
                plain.id(),
                plain.zone(),
                plain.data(),
                plain.client(),
                new NodeConfig.Peer(plain.peer().address(), null, ways),
                plain.cluster(),
                plain.region(),
                plain.initialPartitions(),
                plain.controlPlaneDelay()));
    }

    @Test
    void tlsIsReadAgain() throws IOException {
        Path file = Files.createFile(folder.resolve("a1.crt"));
        assertIsReadAgain(config("a1", folder, "node.example", new TlsFiles(file, file, file)));
    }
}
