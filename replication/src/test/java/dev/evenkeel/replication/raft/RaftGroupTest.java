package dev.evenkeel.replication.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenkeel.replication.NotLeaderException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A group of three replicas in one process. */
@Timeout(60)
class RaftGroupTest {
    @TempDir
    Path folder;

    @Test
    void everyReplicaAppliesWhatTheLeaderProposes() {
        try (var cluster = TestCluster.ofThree(folder)) {
            var expected = new ArrayList<String>();
            for (int i = 0; i < 100; i++) {
                cluster.write("entry" + i);
                expected.add("entry" + i);
            }
            for (var node : List.of("a", "b", "c")) {
                TestCluster.until(() -> cluster.journal(node).texts().size() == 100);
                assertThat(cluster.journal(node).texts()).isEqualTo(expected);
            }
        }
    }

    @Test
    void lsnsAreKnownWhenProposed() throws InterruptedException {
        try (var cluster = TestCluster.ofThree(folder)) {
            var leader = cluster.leader();
            var expected = new ConcurrentHashMap<Long, String>();
            var threads = new ArrayList<Thread>();
            for (int writer = 0; writer < 8; writer++) {
                int number = writer;
                threads.add(Thread.startVirtualThread(() -> {
                    for (int i = 0; i < 200; i++) {
                        var proposal = leader.propose(Journal.payload(number + "/" + i));
                        expected.put(proposal.lsn(), number + "/" + i);
                        proposal.await();
                        assertThat(leader.appliedLsn()).isGreaterThanOrEqualTo(proposal.lsn());
                    }
                }));
            }
            for (var thread : threads) {
                thread.join();
            }
            assertThat(expected).hasSize(1600);
            assertThat(cluster.journal(cluster.nodeOf(leader)).lines())
                    .hasSize(1600)
                    .allSatisfy(line -> assertThat(expected).containsEntry(line.lsn(), line.text()));
        }
    }

    @Test
    void anotherReplicaLeadsWhenTheLeaderIsLost() {
        try (var cluster = TestCluster.ofThree(folder)) {
            cluster.write("before");
            var lost = cluster.nodeOf(cluster.leader());
            cluster.kill(lost);
            cluster.write("after");
            assertThat(cluster.journal(cluster.nodeOf(cluster.leader())).texts())
                    .containsExactly("before", "after");

            cluster.start(lost);
            TestCluster.until(() -> cluster.journal(lost).texts().size() == 2);
            assertThat(cluster.journal(lost).texts()).containsExactly("before", "after");
        }
    }

    @Test
    void aLeaderThatIsCutOffStopsServing() {
        try (var cluster = TestCluster.ofThree(folder)) {
            cluster.write("before");
            var old = cluster.leader();
            cluster.isolate(cluster.nodeOf(old));
            TestCluster.until(() -> cluster.groups.values().stream().anyMatch(group -> group != old && group.leads()));
            assertThatExceptionOfType(NotLeaderException.class).isThrownBy(old::readBarrier);
        }
    }

    /** Whoever asked a follower has seen it, so whoever asks the leader now must. */
    @Test
    void aBarrierForAllCoversWhatFollowersWereQuickerToApply() throws InterruptedException {
        try (var cluster = TestCluster.ofThree(folder)) {
            cluster.write("before");
            var leader = cluster.leader();
            var journal = cluster.journal(cluster.nodeOf(leader));
            var seen = new AtomicReference<List<String>>(List.of());
            var asking = new Thread(() -> {
                leader.readBarrierForAll();
                seen.set(journal.texts());
            });
            journal.applying.lock();
            try {
                leader.propose(Journal.payload("after"));
                TestCluster.until(() -> Stream.of("a", "b", "c")
                        .anyMatch(node -> cluster.journal(node).texts().size() == 2));
                asking.start();
                TestCluster.until(() -> asking.getState() == Thread.State.TIMED_WAITING
                        || asking.getState() == Thread.State.TERMINATED);
            } finally {
                journal.applying.unlock();
            }
            asking.join();
            assertThat(seen.get()).containsExactly("before", "after");
        }
    }

    @Test
    void handingOverTakesNoTimeout() {
        try (var cluster = TestCluster.ofThree(folder)) {
            var old = cluster.leader();
            cluster.write("before");
            long begun = System.nanoTime();
            old.handOver();
            cluster.write("after");
            assertThat(cluster.leader()).isNotSameAs(old);
            System.out.println("handed over in " + (System.nanoTime() - begun) / 1_000_000 + " ms");
        }
    }
}
