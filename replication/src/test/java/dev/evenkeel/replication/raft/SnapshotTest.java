package dev.evenkeel.replication.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Replicas that are given the group's state because the log no longer goes back far enough. */
@Timeout(60)
class SnapshotTest {
    @TempDir
    Path folder;

    @Test
    void aReplicaThatWasAwayForLongIsGivenASnapshot() throws Exception {
        try (var cluster = TestCluster.ofThree(folder)) {
            var expected = new ArrayList<String>();
            cluster.write("first");
            expected.add("first");
            var away = cluster.followers().getFirst();
            cluster.kill(away);
            for (int i = 0; i < 20; i++) {
                cluster.write("meanwhile " + i);
                expected.add("meanwhile " + i);
            }
            expected.add(cluster.giveUpLog());
            cluster.write("after the snapshot");
            expected.add("after the snapshot");
            cluster.start(away);
            TestCluster.until(() -> cluster.journal(away).texts().equals(expected));
            assertThat(cluster.journal(away).restores()).isPositive();
        }
    }

    @Test
    void aNewMemberIsBroughtUpToDateBeforeItVotes() throws Exception {
        try (var cluster = TestCluster.ofThree(folder)) {
            cluster.write("first");
            var between = cluster.giveUpLog();
            cluster.write("second");
            cluster.start("d");
            cluster.leader()
                    .changeMembers(Stream.of("a", "b", "c", "d")
                            .map(cluster::node)
                            .map(GroupMember::storage)
                            .toList())
                    .get();
            TestCluster.until(() -> cluster.journal("d").texts().contains("second"));
            assertThat(cluster.journal("d").texts()).containsExactly("first", between, "second");
            assertThat(cluster.journal("d").restores()).isPositive();
        }
    }

    @Test
    void aDamagedSnapshotIsRefusedAndReplacedByTheLeader() throws Exception {
        try (var cluster = TestCluster.ofThree(folder)) {
            cluster.write("first");
            var away = cluster.followers().getFirst();
            TestCluster.until(() -> cluster.journal(away).texts().size() == 1);
            cluster.kill(away);
            cluster.write("second");
            cluster.giveUpLog();
            damage(cluster, cluster.nodeOf(cluster.leader())); // and nobody writes anything more

            var receiving = cluster.start(away);

            TestCluster.until(() -> cluster.journal(away).texts().size() == 3);
            assertThat(cluster.journal(away).texts()).containsExactly("first", "second", "between snapshots");
            assertThat(receiving.hasFailed()).isFalse();
            assertThat(receiving.isDamaged()).isFalse();
        }
    }

    @Test
    void aFileMissingAtTheLeaderIsReplacedToo() throws Exception {
        try (var cluster = TestCluster.ofThree(folder)) {
            cluster.write("first");
            var away = cluster.followers().getFirst();
            cluster.kill(away);
            cluster.write("second");
            cluster.giveUpLog();
            Files.delete(lines(cluster, cluster.nodeOf(cluster.leader())));

            var receiving = cluster.start(away);

            TestCluster.until(() -> cluster.journal(away).texts().size() == 3);
            assertThat(receiving.hasFailed()).isFalse();
        }
    }

    @Test
    void aReplicaWhoseOwnSnapshotIsDamagedSaysSoWhenItIsOpened() throws Exception {
        try (var cluster = TestCluster.ofThree(folder)) {
            cluster.write("first");
            cluster.write("second");
            var name = cluster.followers().getFirst();
            TestCluster.until(() -> cluster.journal(name).texts().size() == 2);
            cluster.group(name).snapshot().get();
            cluster.kill(name);
            damage(cluster, name);
            cluster.journals.remove(cluster.node(name)); // what it had in memory

            assertThatExceptionOfType(ReplicaCorruptException.class).isThrownBy(() -> cluster.start(name));
        }
    }

    private void damage(TestCluster cluster, String node) throws IOException {
        var lines = lines(cluster, node);
        Files.writeString(lines, Files.readString(lines).replace("second", "forged"));
    }

    private Path lines(TestCluster cluster, String node) throws IOException {
        try (var files = Files.walk(folder.resolve(cluster.node(node) + "STORAGE"))) {
            return files.filter(file -> file.endsWith("lines")).findFirst().orElseThrow();
        }
    }

    @Test
    void aCopyThatIsCutOffIsFinishedLater() throws Exception {
        try (var cluster = TestCluster.ofThree(folder)) {
            cluster.write("first");
            var away = cluster.followers().getFirst();
            cluster.kill(away);
            cluster.write("x".repeat(300_000)); // several pieces
            cluster.giveUpLog();
            var from = cluster.node(cluster.nodeOf(cluster.leader()));

            cluster.start(away);
            TestCluster.until(() -> isCopying(cluster, away));
            cluster.network.cut(from, cluster.node(away));
            cluster.write("third");
            cluster.network.healAll();
            TestCluster.until(() -> cluster.journal(away).texts().contains("third"));
            assertThat(cluster.journal(away).texts())
                    .isEqualTo(cluster.journal(cluster.nodeOf(cluster.leader())).texts());
        }
    }

    private boolean isCopying(TestCluster cluster, String node) {
        return Files.exists(folder.resolve(cluster.node(node) + "STORAGE").resolve("temp"));
    }
}
