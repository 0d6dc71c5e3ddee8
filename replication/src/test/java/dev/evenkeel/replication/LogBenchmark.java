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
 * Proposals per second and CPU per 10,000 proposals of 900 bytes, with 1, 16 and 64 outstanding, on disk and in memory.
 * Arguments: a folder on the disk to measure, seconds per round (3), rounds (3), groups (1).
 */
final class LogBenchmark {
    private static final int ENTRY_BYTES = 900;

    private final Ticker ticker = Ticker.system();
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final long roundNanos;
    private final int groupCount;

    private LogBenchmark(long roundNanos, int groupCount) {
        this.roundNanos = roundNanos;
        this.groupCount = groupCount;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var parent = Path.of(arguments.length > 0 ? arguments[0] : ".");
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        int groups = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1;
        var benchmark = new LogBenchmark(TimeUnit.SECONDS.toNanos(seconds), groups);
        System.out.println("| log | outstanding | proposals/s | CPU s per 10k | p50 µs | p99 µs |");
        System.out.println("|---|---|---|---|---|---|");
        for (int round = 0; round <= rounds; round++) {
            for (int outstanding : new int[] {1, 16, 64}) {
                benchmark.measure("memory", new MemoryLog(), outstanding, round > 0);
                var folder = Files.createTempDirectory(parent, "log-benchmark");
                benchmark.measure("disk", NodeLog.open(folder, NodeLogSettings.DEFAULT), outstanding, round > 0);
                delete(folder);
            }
        }
    }

    private void measure(String name, SoloLog log, int outstanding, boolean report) throws InterruptedException {
        try (log) {
            var groups = new ArrayList<SoloGroup>();
            for (int i = 0; i < groupCount; i++) {
                groups.add(SoloGroup.open(i, log, new NothingMachine()));
            }
            long cpuBefore = system.getProcessCpuTime();
            long start = ticker.nanos();
            var latencies = new ArrayList<long[]>();
            var threads = new ArrayList<Thread>();
            for (int i = 0; i < outstanding; i++) {
                var group = groups.get(i % groupCount);
                threads.add(Thread.startVirtualThread(() -> {
                    var mine = proposeUntil(group, start + roundNanos);
                    synchronized (latencies) {
                        latencies.add(mine);
                    }
                }));
            }
            for (var thread : threads) {
                thread.join();
            }
            double seconds = (ticker.nanos() - start) / 1e9;
            double cpu = (system.getProcessCpuTime() - cpuBefore) / 1e9;
            groups.forEach(SoloGroup::close);
            if (report) {
                print(name, outstanding, seconds, cpu, latencies);
            }
        }
    }

    private long[] proposeUntil(SoloGroup group, long deadline) {
        var nanos = new long[1024];
        int count = 0;
        for (long now = ticker.nanos(); now < deadline; ) {
            group.propose(new byte[ENTRY_BYTES]).await();
            long then = ticker.nanos();
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, count * 2);
            }
            nanos[count++] = then - now;
            now = then;
        }
        return Arrays.copyOf(nanos, count);
    }

    private static void print(String name, int outstanding, double seconds, double cpu, List<long[]> latencies) {
        var all = latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        System.out.printf(
                "| %s | %d | %.0f | %.3f | %.0f | %.0f |%n",
                name,
                outstanding,
                all.length / seconds,
                cpu * 10_000 / all.length,
                all[all.length / 2] / 1e3,
                all[(int) (all.length * 0.99)] / 1e3);
    }

    static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : (Iterable<Path>) files::iterator) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** Counts and forgets; claims to be persistent, so that the log's space comes back. */
    private static final class NothingMachine implements StateMachine {
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
    }
}
