package dev.evenkeel.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.metadata.GroupDescriptor;
import dev.evenkeel.metadata.ReplicaKind;
import dev.evenkeel.storage.DurableFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node whose data is damaged is built anew from its peers, by itself (mechanism M28). */
@Timeout(120)
class RebuildTest {
    @TempDir
    Path folder;

    @Test
    void aNodeWithADamagedLogBeginsAnewAndIsWholeAgain() throws IOException {
        beginsAnewAfter(RebuildTest::damage);
    }

    /** What was flushed is missed, though its end looks like one that a crash has torn. */
    @Test
    void soDoesOneWhoseLogWasCutShort() throws IOException {
        beginsAnewAfter(log -> {
            var last = files(log).getLast();
            try (var file = FileChannel.open(last, StandardOpenOption.WRITE)) {
                file.truncate(file.size() / 3);
            }
        });
    }

    @Test
    void soDoesOneWhoseLastLogFileIsGone() throws IOException {
        beginsAnewAfter(log -> Files.delete(files(log).getLast()));
    }

    /** Its stores are still there. */
    @Test
    void soDoesOneWhoseLogIsGone() throws IOException {
        beginsAnewAfter(DurableFiles::deleteTree);
    }

    /** As when a disk was replaced: no marker, no hint; the others know it. */
    @Test
    void aNodeWhoseFolderIsGoneLeavesItsGroupsBeforeItBeginsAnew() throws IOException {
        try (var cluster = new TestNodes(1, folder)) {
            cluster.found("a1", "b1", "c1");
            TestNodes.until(() -> isWhole(cluster));
            long before = version(cluster);
            cluster.stop("b1");
            DurableFiles.deleteTree(cluster.folder("b1"));

            cluster.start("b1");

            assertThat(version(cluster)).isGreaterThan(before); // it was taken out before it was open
            TestNodes.until(() -> cluster.node("b1").isReady() && isWhole(cluster));
            TestNodes.until(() -> !Files.exists(cluster.folder("b1").resolve("rebuilding")));
        }
    }

    private static long version(TestNodes cluster) {
        return cluster.node("a1").catalogImage().group(1).orElseThrow().version();
    }

    private interface Damage {
        void doTo(Path log) throws IOException;
    }

    private void beginsAnewAfter(Damage damage) throws IOException {
        try (var cluster = new TestNodes(1, folder)) {
            cluster.found("a1", "b1", "c1");
            TestNodes.until(() -> isWhole(cluster));
            cluster.stop("b1");
            damage.doTo(cluster.folder("b1").resolve("log"));

            cluster.start("b1");

            TestNodes.until(() -> cluster.node("b1").isReady() && isWhole(cluster));
            assertThat(cluster.folder("b1")).isDirectoryContaining("glob:**/damaged-*");
            TestNodes.until(() -> !Files.exists(cluster.folder("b1").resolve("rebuilding")));
        }
    }

    private static boolean isWhole(TestNodes cluster) {
        var groups = cluster.node("a1").catalogImage().groups();
        return groups.stream().anyMatch(group -> group.id() != GroupDescriptor.CATALOG)
                && groups.stream()
                        .allMatch(group -> group.replicas().size() == 3
                                && group.replicas().stream()
                                        .allMatch(replica -> replica.kind() == ReplicaKind.STORAGE));
    }

    /** One bit of a record that others follow. */
    static void damage(Path log) throws IOException {
        var file = files(log).getFirst();
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    /** Oldest first. */
    private static List<Path> files(Path log) throws IOException {
        try (var files = Files.list(log)) {
            return files.filter(path -> path.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }
}
