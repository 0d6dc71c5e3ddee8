package dev.evenkeel.replication;

import com.sun.management.OperatingSystemMXBean;
import dev.evenkeel.model.Ticker;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Entries of 900 bytes per second and CPU per 10,000 of them that 1, 8 and 32 Raft groups append to one log, with 64
 * outstanding among them: what the disk leaves for replication to lose. Each group has a thread of its own, which
 * appends its share at once, as the engine does with what has gathered. Arguments: a folder on the disk to measure,
 * seconds per round (3), rounds (3).
 */
final class RaftLogBenchmark {
    private static final int ENTRY_BYTES = 900;
    private static final int OUTSTANDING = 64;
    /** How many entries a group keeps; it drops the older ones when it has twice as many. */
    private static final int KEPT = 10_000;

    private final Ticker ticker = Ticker.system();
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final long roundNanos;

    private RaftLogBenchmark(long roundNanos) {
        this.roundNanos = roundNanos;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var parent = Path.of(arguments.length > 0 ? arguments[0] : ".");
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        var benchmark = new RaftLogBenchmark(TimeUnit.SECONDS.toNanos(seconds));
        System.out.println("| raft log | groups | entries/s | CPU s per 10k | p50 µs | p99 µs |");
        System.out.println("|---|---|---|---|---|---|");
        for (int round = 0; round <= rounds; round++) {
            for (int groups : new int[] {1, 8, 32}) {
                benchmark.measure(parent, groups, round > 0);
            }
        }
    }

    private void measure(Path parent, int groups, boolean report) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory(parent, "raft-log-benchmark");
        try (var log = NodeLog.open(folder, NodeLogSettings.DEFAULT)) {
            var logs = new ArrayList<RaftLog>();
            for (int group = 0; group < groups; group++) {
                logs.add(log.openRaft(group));
            }
            run(logs, report);
            logs.forEach(RaftLog::close);
        } finally {
            LogBenchmark.delete(folder);
        }
    }

    private void run(List<RaftLog> logs, boolean report) throws InterruptedException {
        long cpuBefore = system.getProcessCpuTime();
        long start = ticker.nanos();
        int share = OUTSTANDING / logs.size();
        var latencies = new ArrayList<long[]>();
        var threads = new ArrayList<Thread>();
        for (var log : logs) {
            threads.add(Thread.ofPlatform().start(() -> {
                var mine = appendUntil(log, share, start + roundNanos);
                synchronized (latencies) {
                    latencies.add(mine);
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        if (report) {
            double seconds = (ticker.nanos() - start) / 1e9;
            double cpu = (system.getProcessCpuTime() - cpuBefore) / 1e9;
            print(logs.size(), share, seconds, cpu, latencies);
        }
    }

    private long[] appendUntil(RaftLog log, int share, long deadline) {
        var nanos = new long[1024];
        int count = 0;
        for (long now = ticker.nanos(); now < deadline; ) {
            log.append(entries(log.lastIndex(), share));
            if (log.lastIndex() - log.firstIndex() > 2 * KEPT) {
                log.truncatePrefix(log.lastIndex() - KEPT);
            }
            long then = ticker.nanos();
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, count * 2);
            }
            nanos[count++] = then - now;
            now = then;
        }
        return Arrays.copyOf(nanos, count);
    }

    private static List<RaftEntry> entries(long after, int count) {
        var entries = new ArrayList<RaftEntry>(count);
        for (int i = 1; i <= count; i++) {
            entries.add(new RaftEntry(after + i, 1, RaftEntry.Kind.DATA, new byte[ENTRY_BYTES]));
        }
        return entries;
    }

    private static void print(int groups, int share, double seconds, double cpu, List<long[]> latencies) {
        var all = latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        long entries = (long) all.length * share;
        System.out.printf(
                "| disk | %d | %.0f | %.3f | %.0f | %.0f |%n",
                groups,
                entries / seconds,
                cpu * 10_000 / entries,
                all[all.length / 2] / 1e3,
                all[(int) (all.length * 0.99)] / 1e3);
    }
}
