package dev.evenkeel.transport;

import com.sun.management.OperatingSystemMXBean;
import dev.evenkeel.model.Ticker;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Round trips per second and CPU per 10,000 calls of 900 bytes answered with 16, with 1 and 64 outstanding: in one process,
 * over loopback, over loopback with TLS. Both ends are in this process, so the CPU is that of both. Arguments: seconds per
 * round (3), rounds (3).
 */
final class TransportBenchmark {
    private static final int SERVICE = 1;
    private static final int REQUEST_BYTES = 900;
    private static final byte[] ANSWER = new byte[16];
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Ticker ticker = Ticker.system();
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final long roundNanos;

    private TransportBenchmark(long roundNanos) {
        this.roundNanos = roundNanos;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        var benchmark = new TransportBenchmark(TimeUnit.SECONDS.toNanos(seconds));
        var folder = Files.createTempDirectory("transport-benchmark");
        System.out.println("| transport | outstanding | round trips/s | CPU s per 10k |");
        System.out.println("|---|---|---|---|");
        for (int round = 0; round <= rounds; round++) { // the first warms up
            for (int outstanding : new int[] {1, 64}) {
                var network = new LocalNetwork();
                benchmark.measure("local", network.node("a"), network.node("b"), outstanding, round > 0);
                benchmark.measureNetty("plain", folder, false, outstanding, round > 0);
                benchmark.measureNetty("TLS", folder, true, outstanding, round > 0);
            }
        }
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private void measureNetty(String name, Path folder, boolean tls, int outstanding, boolean report)
            throws IOException, InterruptedException {
        var addresses = new ConcurrentHashMap<String, PeerAddress>();
        var a = start("a", addresses, folder, tls);
        var b = start("b", addresses, folder, tls);
        measure(name, a, b, outstanding, report);
    }

    private static NettyTransport start(
            String id, ConcurrentHashMap<String, PeerAddress> addresses, Path folder, boolean tls) throws IOException {
        var options = TransportOptions.of(
                id, "benchmark", new PeerAddress("127.0.0.1", 0), it -> Optional.ofNullable(addresses.get(it)));
        var node = NettyTransport.start(tls ? options.withTls(TestCertificates.of(folder, id)) : options);
        addresses.put(id, node.address());
        return node;
    }

    private void measure(String name, Transport a, Transport b, int outstanding, boolean report)
            throws InterruptedException {
        try (a;
                b) {
            b.serve(SERVICE, (from, request) -> CompletableFuture.completedFuture(ANSWER));
            a.call("b", SERVICE, new byte[1], TIMEOUT).join();
            long cpuBefore = system.getProcessCpuTime();
            long start = ticker.nanos();
            var run = new Run(a, start + roundNanos, outstanding);
            run.await();
            double seconds = (ticker.nanos() - start) / 1e9;
            double cpuSeconds = (system.getProcessCpuTime() - cpuBefore) / 1e9;
            if (report) {
                System.out.printf(
                        "| %s | %d | %,.0f | %.3f |%n",
                        name, outstanding, run.calls.get() / seconds, cpuSeconds * 10_000 / run.calls.get());
            }
        }
    }

    /** Each answer makes the next call. */
    private final class Run {
        private final Transport transport;
        private final long endNanos;
        private final AtomicLong calls = new AtomicLong();
        private final AtomicInteger failures = new AtomicInteger();
        private final CountDownLatch chains;

        Run(Transport transport, long endNanos, int outstanding) {
            this.transport = transport;
            this.endNanos = endNanos;
            this.chains = new CountDownLatch(outstanding);
            for (int i = 0; i < outstanding; i++) {
                next();
            }
        }

        private void next() {
            if (ticker.nanos() > endNanos) {
                chains.countDown();
                return;
            }
            var unused = transport
                    .call("b", SERVICE, new byte[REQUEST_BYTES], TIMEOUT)
                    .whenComplete((answer, failure) -> {
                        if (failure != null) {
                            failures.incrementAndGet();
                            chains.countDown();
                        } else {
                            calls.incrementAndGet();
                            next();
                        }
                    });
        }

        void await() throws InterruptedException {
            chains.await();
            if (failures.get() > 0) {
                throw new IllegalStateException(failures + " calls failed");
            }
        }
    }
}
