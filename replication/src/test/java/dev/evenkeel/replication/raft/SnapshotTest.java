package dev.evenkeel.replication.raft;

import static org.assertj.core.api.Assertions.assertThat;

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
            cluster.leader().snapshot().get();
            cluster.write("after the snapshot");
            expected.add("after the snapshot");
            cluster.start(away);
            TestCluster.until(() -> cluster.journal(away).texts().equals(expected));
        }
    }

    @Test
    void aNewMemberIsBroughtUpToDateBeforeItVotes() throws Exception {
        try (var cluster = TestCluster.ofThree(folder)) {
            cluster.write("first");
            cluster.leader().snapshot().get();
            cluster.write("second");
            cluster.start("d");
            cluster.leader()
                    .changeMembers(Stream.of("a", "b", "c", "d")
                            .map(cluster::node)
                            .map(GroupMember::storage)
                            .toList())
                    .get();
            TestCluster.until(() -> cluster.journal("d").texts().size() == 2);
            assertThat(cluster.journal("d").texts()).containsExactly("first", "second");
        }
    }
}
