package dev.evenkeel.metadata.memds;

import dev.evenkeel.metadata.PartitionDescriptor;
import dev.evenkeel.model.Ticker;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * Memory for each partition, lookups a second on one core, what a push and a repair cost, and what MemDS sees of a router
 * that starts empty. Arguments: partitions (1,000,000), tables (1,000), seconds per round (3), rounds (3).
 */
final class MemdsBenchmark {
    private static final int GROUPS = 30;
    private static final int NODES = 30;
    private static final int POSITIONS = 1 << 20;

    private final Ticker ticker = Ticker.system();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Random random = new Random(1);
    private final int partitions;
    private final int tables;
    private final double seconds;

    private MemdsBenchmark(int partitions, int tables, double seconds) {
        this.partitions = partitions;
        this.tables = tables;
        this.seconds = seconds;
    }

    public static void main(String[] arguments) {
        int partitions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int tables = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000;
        double seconds = arguments.length > 2 ? Double.parseDouble(arguments[2]) : 3;
        int rounds = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 3;
        new MemdsBenchmark(partitions, tables, seconds).run(rounds);
    }

    private void run(int rounds) {
        System.out.printf("%,d partitions of %,d tables in %d groups%n", partitions, tables, GROUPS);
        measureBytes("evenly cut", this::evenly);
        measureBytes("cut at items, keys of 40 bytes", this::atItems);
        var server = filled(this::evenly);
        for (int round = 1; round <= rounds; round++) {
            System.out.println("round " + round);
            measureHashes();
            measureFloors(server);
            measureLookups(server);
            measurePushes(server);
        }
        measureRepair(server);
        measureColdStarts(server);
    }

    /** Makes the partition with that number; a table's are numbered in a row. */
    private interface Cut {
        PartitionDescriptor partition(int number);
    }

    private PartitionDescriptor evenly(int number) {
        int of = number % perTable();
        return Partitions.partition(
                number,
                tableOf(number),
                of == 0 ? new byte[0] : hash(of),
                lastOf(of) ? null : hash(of + 1),
                group(number));
    }

    /** As splits for consumption leave them: borders are the positions of items, with their keys. */
    private PartitionDescriptor atItems(int number) {
        int of = number % perTable();
        return Partitions.partition(
                number,
                tableOf(number),
                of == 0 ? new byte[0] : item(of),
                lastOf(of) ? null : item(of + 1),
                group(number));
    }

    private byte[] item(int of) {
        var key = new byte[48];
        new Random(of).nextBytes(key);
        ByteBuffer.wrap(key).putLong(ByteBuffer.wrap(hash(of)).getLong());
        return key;
    }

    private byte[] hash(int of) {
        return ByteBuffer.allocate(Long.BYTES)
                .putLong(Long.divideUnsigned(-1, perTable()) * of)
                .array();
    }

    private int perTable() {
        return partitions / tables;
    }

    private boolean lastOf(int of) {
        return of + 1 == perTable();
    }

    private int tableOf(int number) {
        return number / perTable() + 1;
    }

    private static int group(int number) {
        return number % GROUPS + 1;
    }

    private static GroupMembership membership(int groupId, long version) {
        var members = new ArrayList<GroupMember>();
        for (int i = 0; i < 3; i++) {
            members.add(new GroupMember("node-" + (groupId + i) % NODES, GroupMember.Role.STORAGE));
        }
        return new GroupMembership(
                groupId, version, members, members.get((int) (version % 3)).node());
    }

    private MemdsServer filled(Cut cut) {
        var server = new MemdsServer();
        server.markSynchronised();
        var groups = new ArrayList<Fact>();
        for (int id = 1; id <= GROUPS; id++) {
            groups.add(membership(id, 1));
        }
        server.apply(new PartitionPush(groups));
        for (int number = 0; number < partitions; number++) {
            server.apply(new PartitionPush(List.of(new PlacedPartition(cut.partition(number), 1))));
        }
        return server;
    }

    private void measureBytes(String what, Cut cut) {
        long before = usedBytes();
        long start = threads.getCurrentThreadCpuTime();
        var server = filled(cut);
        double micros = (threads.getCurrentThreadCpuTime() - start) / 1e3 / partitions;
        long used = usedBytes() - before;
        System.out.printf(
                "%s: %.1f bytes a partition, filled by pushes at %.1f µs each%n",
                what, (double) used / server.status().facts(), micros);
    }

    private static long usedBytes() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void measureHashes() {
        var entry = FactCodec.encode(new PlacedPartition(evenly(partitions / 2), 1));
        rate("hash of an entry of " + (entry.key().length + entry.value().length) + " bytes", _ -> (int) entry.hash());
    }

    private void measureFloors(MemdsServer server) {
        var tree = server.tree();
        var cursor = new PerkleCursor();
        var keys = new byte[POSITIONS][];
        for (int i = 0; i < POSITIONS; i++) {
            keys[i] = FactCodec.partitionKey(random.nextInt(tables) + 1, anyPosition());
        }
        rate("floor in the tree", i -> tree.floor(keys[i], cursor) ? 1 : 0);
    }

    private void measureLookups(MemdsServer server) {
        var requests = new byte[POSITIONS][];
        for (int i = 0; i < POSITIONS; i++) {
            requests[i] = Messages.lookup(random.nextInt(tables) + 1, anyPosition());
        }
        rate("lookup, request bytes to answer bytes", i -> server.handle(requests[i]).length);
    }

    private void measurePushes(MemdsServer server) {
        var versions = new Object() {
            long next = 2;
        };
        rate(
                "push of one changed partition",
                i -> server.apply(new PartitionPush(
                        List.of(new PlacedPartition(evenly((int) ((i * 7_919L) % partitions)), versions.next++)))));
    }

    private byte[] anyPosition() {
        var position = new byte[8 + random.nextInt(24)];
        random.nextBytes(position);
        return position;
    }

    private interface Work {
        int on(int index);
    }

    /** On this thread alone, in its CPU time: what a core does that nobody else is using. */
    private void rate(String what, Work work) {
        long end = ticker.nanos() + (long) (seconds * 1e9);
        long start = threads.getCurrentThreadCpuTime();
        long done = 0;
        long sum = 0;
        while (ticker.nanos() < end) {
            for (int i = 0; i < 1_024; i++) {
                sum += work.on((int) (done++ & (POSITIONS - 1)));
            }
        }
        double nanos = (double) (threads.getCurrentThreadCpuTime() - start) / done;
        System.out.printf("  %s: %,.0f a second, %,.0f ns (%d)%n", what, 1e9 / nanos, nanos, sum & 1);
    }

    private void measureRepair(MemdsServer peer) {
        var server = new MemdsServer();
        for (int changed : new int[] {partitions, 1_000, 10}) {
            for (int i = 0; i < changed && changed < partitions; i++) {
                peer.apply(new PartitionPush(List.of(
                        new PlacedPartition(evenly(random.nextInt(partitions)), Integer.MAX_VALUE + (long) changed))));
            }
            var channel = new CountingChannel(peer);
            long start = ticker.nanos();
            var report = Repair.run(server, new MemdsClient(channel));
            System.out.printf(
                    "repair of %,d facts: %,d requests, %,d KB, %,d ms, roots equal: %b%n",
                    report.news(),
                    channel.requests(),
                    channel.bytes() >> 10,
                    (ticker.nanos() - start) / 1_000_000,
                    report.rootsEqual());
        }
    }

    /**
     * A router whose cache has room for everything asked for, started with a part of it. The same lookups each time, in
     * ticks; the answers come a tick later, so that misses of one tick do not help each other.
     */
    private void measureColdStarts(MemdsServer server) {
        System.out.println("| warm | lookups a tick | hits in the first tick | in the last | MemDS requests a tick,"
                + " first to last |");
        System.out.println("|---|---|---|---|---|");
        for (int warm : new int[] {0, 50, 100}) {
            coldStart(server, warm);
        }
    }

    private void coldStart(MemdsServer server, int percentWarm) {
        int hot = Math.min(20_000, partitions);
        int ticks = 8;
        int lookups = 20_000;
        var channel = new LateChannel(new CountingChannel(server));
        var choice = new ServerChoice(List.of(new MemdsClient(channel)), List.of());
        var cache = new PartitionCache(() -> choice, hot);
        var requests = new ArrayList<Integer>();
        var hits = new ArrayList<Long>();
        var numbers = new ArrayList<Integer>();
        for (int i = 0; i < hot; i++) {
            numbers.add((int) ((long) i * partitions / hot));
        }
        Collections.shuffle(numbers, new Random(2));
        for (int number : numbers.subList(0, hot * percentWarm / 100)) {
            var partition = evenly(number);
            cache.learn(new Route(new PlacedPartition(partition, 1), membership(partition.groupId(), 1)));
        }
        var picks = new Random(3);
        for (int tick = 0; tick < ticks; tick++) {
            long before = cache.hits();
            for (int i = 0; i < lookups; i++) {
                var partition = evenly(numbers.get(picks.nextInt(hot)));
                var unused = cache.lookup(partition.tableId(), partition.from());
            }
            hits.add(cache.hits() - before);
            requests.add(channel.deliver());
        }
        System.out.printf(
                "| %d %% | %,d | %.1f %% | %.1f %% | %s |%n",
                percentWarm, lookups, 100.0 * hits.getFirst() / lookups, 100.0 * hits.getLast() / lookups, requests);
    }

    /** Answers when it is told to. */
    private static final class LateChannel implements MemdsChannel {
        private final MemdsChannel channel;
        private final List<Runnable> late = new ArrayList<>();

        LateChannel(MemdsChannel channel) {
            this.channel = channel;
        }

        @Override
        public CompletableFuture<byte[]> ask(byte[] request) {
            var answer = new CompletableFuture<byte[]>();
            late.add(() -> answer.complete(channel.ask(request).join()));
            return answer;
        }

        int deliver() {
            int count = late.size();
            late.forEach(Runnable::run);
            late.clear();
            return count;
        }
    }
}
