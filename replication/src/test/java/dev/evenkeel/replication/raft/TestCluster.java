package dev.evenkeel.replication.raft;

import dev.evenkeel.model.Ticker;
import dev.evenkeel.replication.NodeLog;
import dev.evenkeel.replication.NodeLogSettings;
import dev.evenkeel.replication.ReplicationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Replicas of one group on several nodes of this process, with logs that outlive a replica's restart. */
final class TestCluster implements AutoCloseable {
    /** Short, so that tests need not wait; long enough for a busy machine. */
    static final RaftTimings TIMINGS = new RaftTimings(
            Duration.ofMillis(600), Duration.ofMillis(200), Duration.ofMillis(120), Duration.ofMillis(480));

    private static final AtomicInteger CLUSTERS = new AtomicInteger();

    final DirectNetwork network = new DirectNetwork();
    final Map<String, Journal> journals = new HashMap<>();
    final Map<String, RaftGroup> groups = new ConcurrentHashMap<>();
    private final Set<String> fullLogs = ConcurrentHashMap.newKeySet();
    private final Map<String, RaftHost> hosts = new HashMap<>();
    private final Map<String, NodeLog> logs = new HashMap<>();
    private final String name = "test" + CLUSTERS.incrementAndGet();
    private final Path folder;
    private final long snapshotBytes;
    private List<GroupMember> founders = List.of();

    TestCluster(Path folder, long snapshotBytes) {
        this.folder = folder;
        this.snapshotBytes = snapshotBytes;
    }

    String node(String shortName) {
        return name + "-" + shortName;
    }

    static TestCluster ofThree(Path folder) {
        var cluster = new TestCluster(folder, RaftGroupOptions.SNAPSHOT_BYTES_DEFAULT);
        cluster.found("a", "b", "c");
        return cluster;
    }

    void found(String... nodes) {
        founders = java.util.Arrays.stream(nodes)
                .map(this::node)
                .map(GroupMember::storage)
                .toList();
        for (var node : nodes) {
            start(node);
        }
        Objects.requireNonNull(groups.get(node(nodes[0]))).campaign();
    }

    RaftGroup start(String shortName) {
        return start(shortName, GroupMember.Kind.STORAGE);
    }

    RaftGroup start(String shortName, GroupMember.Kind kind) {
        var node = node(shortName);
        var host =
                hosts.computeIfAbsent(node, id -> new RaftHost(name, id, network.wire(id), Ticker.system(), TIMINGS));
        Journal journal = kind == GroupMember.Kind.STORAGE ? journals.computeIfAbsent(node, _ -> new Journal()) : null;
        var group = host.open(new RaftGroupOptions(
                1,
                kind,
                founders.contains(new GroupMember(node, kind)) ? founders : List.of(),
                new RefusingLog(
                        log(node).openRaft(kind == GroupMember.Kind.STORAGE ? 1 : 2), () -> fullLogs.contains(node)),
                folder.resolve(node + kind),
                journal,
                snapshotBytes,
                false));
        groups.put(node, group);
        return group;
    }

    private NodeLog log(String node) {
        return logs.computeIfAbsent(node, _ -> {
            try {
                return NodeLog.open(Files.createDirectories(folder.resolve(node + "-log")), NodeLogSettings.DEFAULT);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Ends a replica as a crash would. */
    void kill(String shortName) {
        Objects.requireNonNull(groups.remove(node(shortName))).closeAtOnce();
    }

    /** From now on its log takes nothing, as on a full disk; or again. */
    void setLogFull(String shortName, boolean full) {
        if (full) {
            fullLogs.add(node(shortName));
        } else {
            fullLogs.remove(node(shortName));
        }
    }

    RaftGroup group(String shortName) {
        return Objects.requireNonNull(groups.get(node(shortName)));
    }

    void isolate(String shortName) {
        for (var other : hosts.keySet()) {
            network.cut(node(shortName), other);
            network.cut(other, node(shortName));
        }
    }

    /** The leader that can prove it is one, as soon as there is one. */
    RaftGroup leader() {
        return until(() -> groups.values().stream()
                .filter(RaftGroup::leads)
                .filter(TestCluster::canProve)
                .findFirst());
    }

    private static boolean canProve(RaftGroup group) {
        try {
            group.readBarrier();
            return true;
        } catch (ReplicationException no) {
            return false;
        }
    }

    String nodeOf(RaftGroup group) {
        return groups.entrySet().stream()
                .filter(entry -> entry.getValue() == group)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 1);
    }

    List<String> followers() {
        var leader = nodeOf(leader());
        var others = new ArrayList<String>();
        for (var node : groups.keySet()) {
            var shortName = node.substring(name.length() + 1);
            if (!shortName.equals(leader)) {
                others.add(shortName);
            }
        }
        return others;
    }

    /** Proposes until it is applied, whatever happens to leaders meanwhile. */
    long write(String text) {
        while (true) {
            try {
                var proposal = leader().propose(Journal.payload(text));
                proposal.await();
                return proposal.lsn();
            } catch (ReplicationException again) {
                Thread.onSpinWait();
            }
        }
    }

    /**
     * Makes the leader give up the log of everything written so far: a replica behind it needs a snapshot. The engine keeps
     * the log back to the snapshot before the last, hence two, and an entry between them, which is returned.
     */
    String giveUpLog() throws Exception {
        var leader = leader();
        leader.snapshot().get();
        write("between snapshots");
        leader.snapshot().get();
        return "between snapshots";
    }

    Journal journal(String shortName) {
        return Objects.requireNonNull(journals.get(node(shortName)));
    }

    static <T> T until(Supplier<Optional<T>> found) {
        while (true) {
            var result = found.get();
            if (result.isPresent()) {
                return result.get();
            }
            pause();
        }
    }

    /** Ends when it holds, or with the test's timeout. */
    static void until(BooleanSupplier condition) {
        until(() -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    private static void pause() {
        if (Thread.interrupted()) {
            throw new IllegalStateException("interrupted while waiting");
        }
        java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
    }

    @Override
    public void close() {
        groups.values().forEach(RaftGroup::closeAtOnce);
        hosts.values().forEach(RaftHost::close);
        logs.values().forEach(NodeLog::close);
    }
}
