package dev.evenkeel.replication.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.replication.OutcomeUnknownException;
import dev.evenkeel.replication.ReplicationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Eight writers while links are cut, replicas killed and opened again, leadership handed over and snapshots made: what was
 * acknowledged is in every journal, what was lost in none, and all journals are the same.
 */
@Timeout(120)
class RaftChaosTest {
    private static final int STEPS = 25;
    private static final int WRITERS = 8;
    private static final List<String> NODES = List.of("a", "b", "c");

    @TempDir
    Path folder;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> lost = ConcurrentHashMap.newKeySet();
    private final Set<Throwable> unexpected = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("evenkeel.test.chaos.seeds", 2));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyReplicaTellsTheSameStory(long seed) throws InterruptedException {
        var random = new Random(seed);
        try (var cluster = TestCluster.ofThree(folder)) {
            cluster.write("begin");
            var writers = new ArrayList<Thread>();
            for (int i = 0; i < WRITERS; i++) {
                var name = "w" + i;
                writers.add(Thread.startVirtualThread(() -> write(cluster, name)));
            }
            for (int i = 0; i < STEPS; i++) {
                disturb(cluster, random);
                LockSupport.parkNanos((long) (random.nextDouble() * 400_000_000));
            }
            cluster.network.healAll();
            NODES.forEach(node -> open(cluster, node));
            stopped = true;
            for (var writer : writers) {
                writer.join();
            }
            cluster.write("end");
            for (var node : NODES) {
                TestCluster.until(() -> cluster.journal(node).texts().contains("end"));
            }
            check(cluster);
        }
    }

    private void write(TestCluster cluster, String name) {
        for (int i = 0; !stopped; i++) {
            var leader = leading(cluster);
            if (leader.isEmpty()) {
                LockSupport.parkNanos(1_000_000);
                continue;
            }
            write(leader.get(), name + "/" + i);
        }
    }

    private void write(RaftGroup leader, String text) {
        try {
            leader.propose(Journal.payload(text)).await();
            acknowledged.add(text);
        } catch (OutcomeUnknownException either) {
            // may be in the journals or not
        } catch (ReplicationException refused) {
            lost.add(text);
        } catch (RuntimeException failed) {
            unexpected.add(failed);
        }
    }

    private void disturb(TestCluster cluster, Random random) {
        var node = NODES.get(random.nextInt(NODES.size()));
        var other = NODES.get(random.nextInt(NODES.size()));
        switch (random.nextInt(9)) {
            case 0 -> cluster.network.cut(cluster.node(node), cluster.node(other));
            case 1 -> cluster.isolate(node);
            case 2, 3 -> cluster.network.healAll();
            case 4 -> {
                if (cluster.groups.size() == NODES.size()) {
                    cluster.kill(node);
                }
            }
            case 5, 6 -> open(cluster, node);
            case 7 -> leading(cluster).ifPresent(RaftGroup::handOver);
            default ->
                Optional.ofNullable(cluster.groups.get(cluster.node(node))).ifPresent(RaftGroup::snapshot);
        }
    }

    private static Optional<RaftGroup> leading(TestCluster cluster) {
        return cluster.groups.values().stream().filter(RaftGroup::leads).findAny();
    }

    private static void open(TestCluster cluster, String node) {
        if (!cluster.groups.containsKey(cluster.node(node))) {
            cluster.start(node);
        }
    }

    private void check(TestCluster cluster) {
        assertThat(unexpected).isEmpty();
        var journal = cluster.journal("a").lines();
        for (var node : NODES) {
            assertThat(cluster.journal(node).lines()).as(node).isEqualTo(journal);
        }
        var texts = new HashSet<String>();
        for (var line : journal) {
            assertThat(texts.add(line.text())).as("%s is there once", line).isTrue();
        }
        assertThat(acknowledged).hasSizeGreaterThan(WRITERS); // or it shows nothing
        assertThat(missing(acknowledged, texts)).isEmpty();
        lost.retainAll(texts);
        assertThat(lost).isEmpty();
    }

    private static Set<String> missing(Set<String> wanted, Set<String> there) {
        var missing = new HashSet<>(wanted);
        missing.removeAll(there);
        return missing;
    }
}
