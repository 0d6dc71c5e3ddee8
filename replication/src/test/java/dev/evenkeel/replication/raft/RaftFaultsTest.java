package dev.evenkeel.replication.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.alipay.sofa.jraft.entity.Task;
import dev.evenkeel.model.Ticker;
import dev.evenkeel.replication.LeadershipListener;
import dev.evenkeel.replication.LogUnavailableException;
import dev.evenkeel.replication.MemoryRaftLog;
import dev.evenkeel.replication.NotLeaderException;
import dev.evenkeel.replication.OutcomeUnknownException;
import dev.evenkeel.replication.ReplicationException;
import dev.evenkeel.replication.Vote;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a group does when a part of it fails. */
@Timeout(60)
class RaftFaultsTest {
    @TempDir
    Path folder;

    /** Mechanism M34: it asks its peers, who hear the leader. */
    @Test
    void aFollowerThatAloneMissesTheLeaderChangesNothing() {
        try (var cluster = TestCluster.ofThree(folder)) {
            cluster.write("before");
            var leader = cluster.leader();
            long term = leader.status().term();
            var deaf = cluster.followers().getFirst();
            cluster.network.cut(cluster.node(cluster.nodeOf(leader)), cluster.node(deaf));
            TestCluster.until(() -> cluster.group(deaf).leader().isEmpty()); // its election timeout is over
            long begun = System.nanoTime();
            while (System.nanoTime() - begun
                    < 2 * TestCluster.TIMINGS.electionTimeout().toNanos()) {
                leader.propose(Journal.payload("meanwhile")).await();
            }
            assertThat(leader.leads()).isTrue();
            assertThat(leader.status().term()).isEqualTo(term);
        }
    }

    @Test
    void aStoreThatTakesNothingForAWhileLosesNothing() {
        try (var cluster = TestCluster.ofThree(folder)) {
            cluster.write("before");
            var stalled = cluster.nodeOf(cluster.leader());
            cluster.journal(stalled).setStalled(true);
            var proposal = cluster.group(stalled).propose(Journal.payload("in flight"));
            TestCluster.until(() -> cluster.group(stalled).status().failure() != null);
            assertThatExceptionOfType(ReplicationException.class)
                    .isThrownBy(() -> cluster.group(stalled).propose(Journal.payload("refused")));
            cluster.write("elsewhere"); // it has handed over
            cluster.journal(stalled).setStalled(false);
            proposal.await();
            var expected = List.of("before", "in flight", "elsewhere");
            TestCluster.until(() -> cluster.journal(stalled).texts().equals(expected));
            assertThat(cluster.group(stalled).status().failure()).isNull();
        }
    }

    @Test
    void aReplicaWhoseLogIsFullFailsAndCatchesUpWhenItIsOpenedAgain() {
        try (var cluster = TestCluster.ofThree(folder)) {
            cluster.write("before");
            var full = cluster.nodeOf(cluster.leader());
            cluster.setLogFull(full, true);
            var failed = cluster.group(full);
            try {
                failed.propose(Journal.payload("refused or not")).await();
            } catch (ReplicationException refused) {
                // the others may have it all the same
            }
            TestCluster.until(failed::hasFailed);
            cluster.write("without it");
            cluster.kill(full);
            cluster.setLogFull(full, false);
            cluster.start(full);
            TestCluster.until(() -> cluster.journal(full).texts().contains("without it"));
            assertThat(cluster.journal(full).texts())
                    .isEqualTo(cluster.journal(cluster.nodeOf(cluster.leader())).texts());
        }
    }

    /** What {@link RaftProposal#run} reads out of this release of the engine. */
    @Test
    void theEngineSaysInTheseWordsThatItHasNotTakenAnEntry() throws InterruptedException {
        try (var cluster = TestCluster.ofThree(folder)) {
            cluster.write("before");
            var follower = cluster.group(cluster.followers().getFirst());
            assertThat(refusal(follower, 1)).startsWith("Is not leader");
            assertThat(refusal(cluster.leader(), 0)).startsWith("expected_term");
        }
    }

    private static String refusal(RaftGroup group, long raftTerm) throws InterruptedException {
        var told = new CountDownLatch(1);
        var reason = new String[1];
        group.engine()
                .apply(new Task(
                        ByteBuffer.wrap(new byte[1]),
                        status -> {
                            reason[0] = status.getErrorMsg();
                            told.countDown();
                        },
                        raftTerm));
        told.await();
        return reason[0];
    }

    /** The words of an entry that was taken, and may be committed by whoever leads next. */
    @Test
    void whatIsInFlightWhenTheLeaderIsCutOffIsInDoubtAndNotLost() {
        try (var cluster = TestCluster.ofThree(folder)) {
            cluster.write("before");
            var old = cluster.leader();
            cluster.isolate(cluster.nodeOf(old));
            var proposal = old.propose(Journal.payload("in doubt"));
            cluster.write("by the new leader");
            cluster.network.healAll();
            // lost when the new leader is heard in time, else unknown; never acknowledged
            assertThat(catchThrowable(proposal::await))
                    .isInstanceOfAny(NotLeaderException.class, OutcomeUnknownException.class);
            var name = cluster.nodeOf(old);
            TestCluster.until(() -> cluster.journal(name).texts().equals(List.of("before", "by the new leader")));
        }
    }

    @Test
    void aHandOverThatFailsLosesNothing() {
        try (var cluster = TestCluster.ofThree(folder)) {
            cluster.write("before");
            var leader = cluster.leader();
            var name = cluster.nodeOf(leader);
            var target = cluster.followers().getFirst();
            cluster.network.cut(cluster.node(name), cluster.node(target));
            leader.propose(Journal.payload("behind")).await(); // so that the target is
            leader.transferLeadership(cluster.node(target));
            TestCluster.until(() -> !leader.leads());
            TestCluster.until(() -> leader.leads()); // nobody took it
            cluster.network.healAll();
            cluster.write("after");
            assertThat(cluster.journal(name).texts()).containsExactly("before", "behind", "after");
        }
    }

    /** The command is lost, or on its way for long: the leader cannot know. */
    @Test
    void aLeaderThatCouldNotHandOverHasItsLeaseAgainInTheSameTerm() {
        try (var cluster = TestCluster.ofThree(folder)) {
            cluster.write("before");
            var leader = cluster.leader();
            var target = cluster.followers().getFirst();
            TestCluster.until(() -> cluster.journal(target).texts().contains("before"));
            TestCluster.until(leader::hasLease);
            long term = leader.status().term();
            cluster.network.cut(cluster.node(cluster.nodeOf(leader)), cluster.node(target));

            assertThat(leader.transferLeadership(cluster.node(target))).isTrue();
            TestCluster.until(() -> !leader.hasLease());

            TestCluster.until(() -> leader.leads() && leader.hasLease());
            assertThat(leader.status().term()).isEqualTo(term);
        }
    }

    @Test
    void aReplicaThatCannotBeOpenedLeavesNothingBehind() throws IOException {
        var log = new MemoryRaftLog();
        var blocked = Files.writeString(folder.resolve("file"), "no folder");
        try (var host = new RaftHost(
                "unopened", "unopened-a", new DirectNetwork().wire("a"), Ticker.system(), TestCluster.TIMINGS)) {
            var options = new RaftGroupOptions(
                    1,
                    GroupMember.Kind.STORAGE,
                    List.of(GroupMember.storage("unopened-a")),
                    log,
                    blocked,
                    new Journal(),
                    RaftGroupOptions.SNAPSHOT_BYTES_DEFAULT,
                    false);
            assertThatIllegalStateException().isThrownBy(() -> host.open(options));
        }
        assertThatExceptionOfType(LogUnavailableException.class).isThrownBy(() -> log.vote(Vote.NONE));
    }

    @Test
    void aListenerThatThrowsKeepsNothingFromTheOthers() {
        try (var cluster = TestCluster.ofThree(folder)) {
            var leader = cluster.leader();
            var heard = new CountDownLatch(2);
            leader.listen(new Listener(() -> {
                throw new IllegalStateException("a listener's fault");
            }));
            leader.listen(new Listener(heard::countDown));
            leader.handOver();
            TestCluster.until(() -> heard.getCount() == 0);
        }
    }

    private record Listener(Runnable called) implements LeadershipListener {
        @Override
        public void lead() {
            called.run();
        }

        @Override
        public void follow() {
            called.run();
        }
    }
}
