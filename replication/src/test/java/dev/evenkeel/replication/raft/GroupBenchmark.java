package dev.evenkeel.replication.raft;

import com.sun.management.OperatingSystemMXBean;
import dev.evenkeel.model.Ticker;
import dev.evenkeel.replication.LogEntry;
import dev.evenkeel.replication.NodeLog;
import dev.evenkeel.replication.NodeLogSettings;
import dev.evenkeel.replication.RaftEntry;
import dev.evenkeel.replication.RaftLog;
import dev.evenkeel.replication.ReplicatedStateMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Proposals of 900 bytes per second, and CPU per 10,000, of groups with three replicas in this process, each with its
 * node's log on disk and flushed, 64 outstanding among all groups; beside a bare flushed log in the same run. Arguments: a
 * folder on the disk to measure, seconds per round (4), rounds (3), numbers of groups (1,8).
 */
final class GroupBenchmark {
    private static final int ENTRY_BYTES = 900;
    private static final int OUTSTANDING = 64;
    private static final List<String> NODES = List.of("a", "b", "c");
    private static int runs;

    private final Ticker ticker = Ticker.system();
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final Path parent;
    private final long roundNanos;

    private GroupBenchmark(Path parent, long roundNanos) {
        this.parent = parent;
        this.roundNanos = roundNanos;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var parent = Path.of(arguments.length > 0 ? arguments[0] : ".");
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 4;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        var counts = arguments.length > 3 ? arguments[3].split(",") : new String[] {"1", "8"};
        var benchmark = new GroupBenchmark(parent, TimeUnit.SECONDS.toNanos(seconds));
        System.out.println("| what | groups | proposals/s | CPU s per 10k | p50 µs | p99 µs |");
        System.out.println("|---|---|---|---|---|---|");
        for (int round = 0; round <= rounds; round++) {
            benchmark.bare(round > 0);
            for (var count : counts) {
                benchmark.groups(Integer.parseInt(count), round > 0);
            }
        }
        System.exit(0); // the engine's threads are not all daemons
    }

    /** One thread appends what 64 writers would have gathered. */
    private void bare(boolean report) throws IOException {
        var folder = Files.createTempDirectory(parent, "group-benchmark");
        try (var log = NodeLog.open(folder, NodeLogSettings.DEFAULT);
                RaftLog raft = log.openRaft(1)) {
            long cpu = system.getProcessCpuTime();
            long begun = ticker.nanos();
            long next = 1;
            var payload = new byte[ENTRY_BYTES];
            var batch = new ArrayList<RaftEntry>();
            var latencies = new ArrayList<Long>();
            while (ticker.nanos() - begun < roundNanos) {
                batch.clear();
                for (int i = 0; i < OUTSTANDING; i++) {
                    batch.add(new RaftEntry(next++, 1, RaftEntry.Kind.DATA, payload));
                }
                long before = ticker.nanos();
                raft.append(batch);
                latencies.add(ticker.nanos() - before);
                if (next % 100_000 < OUTSTANDING) {
                    raft.truncatePrefix(next - 1_000);
                }
            }
            report(report, "bare flushed log", 1, next - 1, begun, cpu, latencies);
        } finally {
            delete(folder);
        }
    }

    private void groups(int count, boolean report) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory(parent, "group-benchmark");
        var network = new DirectNetwork();
        var cluster = "bench" + runs++;
        var hosts = new ArrayList<RaftHost>();
        var logs = new ArrayList<NodeLog>();
        var all = new ArrayList<RaftGroup>();
        var leaders = new ArrayList<RaftGroup>();
        var founders =
                NODES.stream().map(node -> GroupMember.storage(cluster + node)).toList();
        for (var node : NODES) {
            hosts.add(new RaftHost(
                    cluster, cluster + node, network.wire(cluster + node), ticker, RaftTimings.DEFAULT));
            logs.add(NodeLog.open(Files.createDirectories(folder.resolve(node)), NodeLogSettings.DEFAULT));
        }
        for (int id = 1; id <= count; id++) {
            for (int node = 0; node < NODES.size(); node++) {
                all.add(hosts.get(node)
                        .open(new RaftGroupOptions(
                                id,
                                GroupMember.Kind.STORAGE,
                                founders,
                                logs.get(node).openRaft(id),
                                folder.resolve(NODES.get(node) + "-snapshots-" + id),
                                new Nothing(),
                                RaftGroupOptions.SNAPSHOT_BYTES_DEFAULT,
                                false)));
            }
            var first = all.get(all.size() - NODES.size() + id % NODES.size());
            first.campaign();
            leaders.add(first);
        }
        for (var leader : leaders) {
            while (!leader.leads()) {
                LockSupport.parkNanos(1_000_000);
            }
        }
        run(leaders, report);
        all.forEach(RaftGroup::closeAtOnce);
        hosts.forEach(RaftHost::close);
        logs.forEach(NodeLog::close);
        delete(folder);
    }

    private void run(List<RaftGroup> leaders, boolean report) throws InterruptedException {
        long cpu = system.getProcessCpuTime();
        long begun = ticker.nanos();
        var latencies = new ArrayList<Long>();
        var threads = new ArrayList<Thread>();
        for (int writer = 0; writer < OUTSTANDING; writer++) {
            var group = leaders.get(writer % leaders.size());
            threads.add(Thread.startVirtualThread(() -> {
                var payload = new byte[ENTRY_BYTES];
                var mine = new ArrayList<Long>();
                while (ticker.nanos() - begun < roundNanos) {
                    long before = ticker.nanos();
                    group.propose(payload).await();
                    mine.add(ticker.nanos() - before);
                }
                synchronized (latencies) {
                    latencies.addAll(mine);
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        report(report, "groups of three replicas", leaders.size(), latencies.size(), begun, cpu, latencies);
    }

    private void report(
            boolean report, String what, int groups, long proposals, long begun, long cpuBefore, List<Long> latencies) {
        if (!report) {
            return;
        }
        double seconds = (ticker.nanos() - begun) / 1e9;
        double cpu = (system.getProcessCpuTime() - cpuBefore) / 1e9;
        var sorted = latencies.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        System.out.printf(
                "| %s | %d | %,.0f | %.2f | %,d | %,d |%n",
                what,
                groups,
                proposals / seconds,
                cpu / proposals * 10_000,
                sorted[sorted.length / 2] / 1_000,
                sorted[(int) (sorted.length * 0.99)] / 1_000);
    }

    private static void delete(Path folder) throws IOException {
        GroupSnapshots.delete(folder);
    }

    /** Applies nothing. */
    private static final class Nothing implements ReplicatedStateMachine {
        private volatile long appliedLsn;

        @Override
        public void apply(List<LogEntry> entries) {
            appliedLsn = entries.getLast().lsn();
        }

        @Override
        public long appliedLsn() {
            return appliedLsn;
        }

        @Override
        public long persistedLsn() {
            return appliedLsn;
        }

        @Override
        public void persist() {}

        @Override
        public void checkpoint(Path folder) {}

        @Override
        public void restore(Path folder) {}
    }
}
