package dev.evenkeel.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.api.Operation;
import dev.evenkeel.metadata.GroupDescriptor;
import dev.evenkeel.metadata.ReplicaKind;
import dev.evenkeel.metadata.TableStatus;
import dev.evenkeel.replication.raft.GroupMember;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node's replica of the catalog that fails or is damaged is mended by the node itself (mechanism M28). */
@Timeout(120)
class CatalogHealingTest {
    @TempDir
    Path folder;

    private TestNodes cluster;

    @BeforeEach
    void found() {
        cluster = new TestNodes(1, folder);
        cluster.found("a1", "b1", "c1");
        TestNodes.until(() -> votersOfTheCatalog("a1").size() == 3);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void aReplicaThatHasFailedIsOpenedAgainInItsPlace() throws IOException {
        var name = leader();
        createTable(name, "before");
        var failed = cluster.node(name).catalogGroup();
        fail(name);
        ask(leader(), "meanwhile"); // another one by now
        makeRoom(name);

        TestNodes.until(() -> isMended(name, failed) && knowsTable(name, "meanwhile"));
        createTable(name, "after");
        assertThat(votersOfTheCatalog(name)).hasSize(3);
        assertThat(cluster.folder(name).resolve("catalog.rebuilding")).doesNotExist();
    }

    private boolean isMended(String name, Object failed) {
        var group = cluster.node(name).catalogGroup();
        return group != failed && group.leader().isPresent() && group.status().failure() == null;
    }

    @Test
    void aDamagedSnapshotDoesNotKeepANodeFromStarting() throws Exception {
        createTable("a1", "before");
        var name = follower();
        TestNodes.until(() -> knowsTable(name, "before"));
        cluster.node(name).catalogGroup().snapshot().get();
        long version = versionOfTheCatalogsGroup();
        cluster.stop(name);
        flip(theOnly(snapshots(name), "catalog.snapshot"), "before");

        cluster.start(name);

        TestNodes.until(() -> cluster.node(name).isReady() && knowsTable(name, "before"));
        assertIsAVoterAgain(name, version);
        createTable(name, "after");
    }

    @Test
    void aDamagedEntryMetWhileTheNodeRunsCostsTheReplicaItsPlaceUntilItIsMended() throws IOException {
        createTable("a1", "needle");
        var name = follower();
        TestNodes.until(() -> knowsTable(name, "needle"));
        cluster.stop(name);
        cluster.start(name); // what its log had in memory it has on disk only
        TestNodes.until(() -> cluster.node(name).isReady() && knowsTable(name, "needle"));
        var damaged = cluster.node(name).catalogGroup();
        long version = versionOfTheCatalogsGroup();
        flip(theOnly(cluster.folder(name).resolve("log"), ".log"), "needle");

        fail(name);
        makeRoom(name); // opened again, it reads its log

        assertIsAVoterAgain(name, version);
        assertThat(isMended(name, damaged)).isTrue();
        createTable(name, "after");
    }

    private Path snapshots(String name) {
        return cluster.folder(name).resolve("snapshots").resolve("g0");
    }

    /** A replica that cannot write its snapshot, as on a full disk, is given up by the engine. */
    private void fail(String name) throws IOException {
        Files.move(snapshots(name), snapshots(name).resolveSibling("aside"));
        Files.writeString(snapshots(name), "no folder");
        var failing = cluster.node(name).catalogGroup();
        failing.snapshot();
        TestNodes.until(failing::hasFailed);
    }

    private void makeRoom(String name) throws IOException {
        Files.delete(snapshots(name));
        Files.move(snapshots(name).resolveSibling("aside"), snapshots(name));
    }

    private void assertIsAVoterAgain(String name, long versionBefore) {
        TestNodes.until(() -> versionOfTheCatalogsGroup() >= versionBefore + 2
                && votersOfTheCatalog(leader()).contains(cluster.id(name)));
        TestNodes.until(() -> members().contains(cluster.id(name)));
        TestNodes.until(() -> !Files.exists(cluster.folder(name).resolve("catalog.rebuilding")));
        assertThat(cluster.folder(name)).isDirectoryNotContaining("glob:**/damaged-*");
    }

    /** As the group itself has them. */
    private Set<String> members() {
        return cluster.node(leader()).catalogGroup().status().members().stream()
                .map(GroupMember::node)
                .collect(Collectors.toSet());
    }

    private Set<String> votersOfTheCatalog(String asKnownBy) {
        return cluster.node(asKnownBy).catalogImage().group(GroupDescriptor.CATALOG).stream()
                .flatMap(group -> group.replicas().stream())
                .filter(replica -> replica.kind() == ReplicaKind.STORAGE)
                .map(replica -> replica.nodeId())
                .collect(Collectors.toSet());
    }

    private long versionOfTheCatalogsGroup() {
        return cluster.names().stream()
                .mapToLong(name -> cluster.node(name)
                        .catalogImage()
                        .group(GroupDescriptor.CATALOG)
                        .orElseThrow()
                        .version())
                .max()
                .orElseThrow();
    }

    private String leader() {
        while (true) {
            for (var name : cluster.names()) {
                if (cluster.node(name).catalogGroup().leads()) {
                    return name;
                }
            }
            Thread.onSpinWait();
        }
    }

    private String follower() {
        var leader = leader();
        return cluster.names().stream()
                .filter(name -> !name.equals(leader))
                .findFirst()
                .orElseThrow();
    }

    // --- damage ------------------------------------------------------------------------------------------------------

    private static Path theOnly(Path below, String nameEnding) {
        try (var files = Files.walk(below)) {
            return files.filter(path -> path.toString().endsWith(nameEnding))
                    .reduce((_, _) -> {
                        throw new IllegalStateException("several in " + below);
                    })
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One bit of each place where that text stands. */
    private static void flip(Path file, String text) throws IOException {
        var content = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(content).contains(text);
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int at = content.indexOf(text); at >= 0; at = content.indexOf(text, at + 1)) {
                channel.write(ByteBuffer.wrap(new byte[] {(byte) (content.charAt(at) ^ 1)}), at);
            }
        }
    }

    // --- requests ----------------------------------------------------------------------------------------------------

    private void createTable(String node, String table) {
        ask(node, table);
        TestNodes.until(() -> knowsTable(node, table));
    }

    private void ask(String node, String table) {
        execute(node, Operation.named("CreateTable").orElseThrow(), """
                {'TableName': '%s', 'BillingMode': 'PAY_PER_REQUEST',
                 'AttributeDefinitions': [{'AttributeName': 'k', 'AttributeType': 'S'}],
                 'KeySchema': [{'AttributeName': 'k', 'KeyType': 'HASH'}]}""".formatted(table));
    }

    private <I> void execute(String node, Operation<I, ?> operation, String json) {
        var input = operation.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        cluster.node(node).execute(operation, input);
    }

    private boolean knowsTable(String name, String table) {
        return cluster.node(name)
                .catalogImage()
                .table(table)
                .filter(it -> it.status() == TableStatus.ACTIVE)
                .isPresent();
    }
}
