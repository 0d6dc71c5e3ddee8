package dev.evenkeel.replication.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Replicas that vote and keep the recent log only (mechanisms M7, M27, M33). */
@Timeout(60)
class LogReplicaTest {
    @TempDir
    Path folder;

    @Test
    void takesTheLostReplicasPlaceWhateverTheGroupHolds() throws Exception {
        try (var cluster = TestCluster.ofThree(folder)) {
            cluster.write("before");
            var between = cluster.giveUpLog(); // whoever comes new is given a snapshot
            var lost = cluster.followers().getFirst();
            cluster.kill(lost);
            cluster.write("meanwhile");

            cluster.start("d", GroupMember.Kind.LOG);
            cluster.leader().changeMembers(withLogReplica(cluster, "d")).get();

            // two of three again: the group survives the loss of another one
            cluster.kill(cluster.followers().stream()
                    .filter(node -> !node.equals("d"))
                    .findFirst()
                    .orElseThrow());
            cluster.write("with the log replica");
            assertThat(cluster.journal(cluster.nodeOf(cluster.leader())).texts())
                    .containsExactly("before", between, "meanwhile", "with the log replica");
            assertThat(Files.walk(folder.resolve(cluster.node("d") + "LOG"))).noneMatch(path -> path.endsWith("lines"));
        }
    }

    /** Those that run, that one with its log alone. */
    private static List<GroupMember> withLogReplica(TestCluster cluster, String logReplica) {
        return cluster.groups.keySet().stream()
                .map(node -> node.equals(cluster.node(logReplica)) ? GroupMember.log(node) : GroupMember.storage(node))
                .toList();
    }

    @Test
    void givesItsEntriesToAStorageReplicaWhenItAloneHasThem() throws Exception {
        try (var cluster = new TestCluster(folder, RaftGroupOptions.SNAPSHOT_BYTES_DEFAULT)) {
            cluster.found("a", "b", "c");
            cluster.write("first");
            var leader = cluster.nodeOf(cluster.leader());
            var behind = cluster.followers().get(0);
            cluster.kill(cluster.followers().get(1));
            cluster.start("d", GroupMember.Kind.LOG);
            cluster.leader().changeMembers(withLogReplica(cluster, "d")).get();

            cluster.kill(behind);
            cluster.write("only at the leader and the log replica");
            cluster.kill(leader);
            cluster.start(behind); // two of three: the one behind and the log replica

            cluster.write("after");
            assertThat(cluster.nodeOf(cluster.leader())).isEqualTo(behind);
            assertThat(cluster.journal(behind).texts())
                    .containsExactly("first", "only at the leader and the log replica", "after");
        }
    }
}
