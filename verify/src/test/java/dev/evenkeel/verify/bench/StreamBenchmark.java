package dev.evenkeel.verify.bench;

import dev.evenkeel.model.Ticker;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * What a stream costs the write path: PutItem of 900 bytes on a table without a stream, on one with a stream that nobody
 * reads, and on one whose stream (new and old images) is read by a program that keeps up. The three take turns in each
 * round; figures are the server's processor time for 10,000 puts, medians, and ratios within a round.
 *
 * <p>The reader asks each shard four times a second, as Lambda does, or again at once when a page brought as much as a page
 * holds. Its requests are the server's work, too, and count. That it keeps up is checked after each round.
 *
 * <p>Arguments: URL, seconds of a round (5), rounds (5), connections (16), server process ids (found by the port).
 */
final class StreamBenchmark {
    private static final long ITEMS = 10_000;
    private static final long SEED = 1;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int FULL_PAGE = 500; // a page of a MB holds about as many records with two images
    private static final long CATCH_UP_NANOS_MAX = TimeUnit.SECONDS.toNanos(20);

    private enum Way {
        NO_STREAM,
        NO_READER,
        READER
    }

    private final Ticker ticker = Ticker.system();
    private final Map<Way, LoadGenerator> generators = new EnumMap<>(Way.class);
    private final Map<Way, List<Round>> rounds = new EnumMap<>(Way.class);
    private final List<Double> lagMillis = new ArrayList<>();

    public static void main(String[] arguments) throws Exception {
        var url = arguments[0];
        long nanos = TimeUnit.SECONDS.toNanos(arguments.length > 1 ? Long.parseLong(arguments[1]) : 5);
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
        int connections = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 16;
        Map<String, List<Long>> pids = arguments.length > 4
                ? Map.of(
                        "server",
                        Stream.of(arguments[4].split(",", -1))
                                .map(Long::valueOf)
                                .toList())
                : Map.of();
        new StreamBenchmark().run(Target.parse("server=" + url), pids, nanos, rounds, connections);
    }

    private void run(Target target, Map<String, List<Long>> pids, long nanos, int count, int connections)
            throws IOException, InterruptedException {
        var requests = new Requests(target, ticker.now(), SEED);
        var cpu = ServerCpu.of(target, pids, ProcessTable.system());
        var created = new ArrayList<TargetTables>();
        try (var client = DynamoDbClient.builder()
                        .endpointOverride(URI.create(target.url()))
                        .region(Region.US_EAST_1)
                        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                        .httpClient(UrlConnectionHttpClient.create())
                        .build();
                var reader = new Reader(target.url(), ticker)) {
            for (var way : Way.values()) {
                var tables = Tables.of("stream-" + way.ordinal() + "-" + ticker.epochMillis(), true);
                var table = TargetTables.create(
                        target, requests, tables, List.of(tables.items()), ticker, System.err::println);
                created.add(table);
                table.load(ITEMS);
                if (way != Way.NO_STREAM) {
                    var arn = client.updateTable(request -> request.tableName(tables.items())
                                    .streamSpecification(stream -> stream.streamEnabled(true)
                                            .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)))
                            .tableDescription()
                            .latestStreamArn();
                    if (way == Way.READER) {
                        reader.open(arn);
                    }
                }
                generators.put(way, new LoadGenerator(target, requests, tables, ITEMS, cpu, ticker));
                rounds.put(way, new ArrayList<>());
            }
            measure(nanos, count, connections, reader);
        } finally {
            created.forEach(TargetTables::close);
        }
        report();
    }

    private void measure(long nanos, int count, int connections, Reader reader) throws InterruptedException {
        var scenario = new Scenario(Workload.PUT, KeyDistribution.UNIFORM, new Load.Closed(connections));
        var seeds = new SplittableRandom(SEED);
        for (int i = -1; i < count; i++) { // the first is to warm up
            long seed = seeds.nextLong();
            var ways = List.of(Way.values());
            for (var way : i % 2 == 0 ? ways : ways.reversed()) {
                boolean read = way == Way.READER;
                reader.pause(!read);
                var round = of(generators, way).run(scenario, nanos, seed);
                if (i >= 0) {
                    of(rounds, way).add(round);
                }
                if (read) {
                    reader.expect(round.succeeded());
                    double lag = reader.awaitAll();
                    if (i >= 0) {
                        lagMillis.add(lag);
                    }
                }
            }
        }
    }

    private static <V> V of(Map<Way, V> values, Way way) {
        return Objects.requireNonNull(values.get(way));
    }

    private void report() {
        System.out.println("| PutItem, 900 bytes | puts/s | p99 ms | CPU s per 10k | of the table without |");
        System.out.println("|---|---:|---:|---:|---:|");
        rounds.forEach((way, all) -> System.out.printf(
                Locale.ROOT,
                "| %s | %,.0f | %.2f | %.3f | %.2f |%n",
                switch (way) {
                    case NO_STREAM -> "no stream";
                    case NO_READER -> "stream, nobody reads";
                    case READER -> "stream, a reader that keeps up";
                },
                Statistics.median(all, Round::throughput),
                Statistics.median(all, round -> round.latencyMillis(99)),
                Statistics.median(all, Round::cpuSecondsPer10k),
                Statistics.medianRatio(all, of(rounds, Way.NO_STREAM), Round::cpuSecondsPer10k)));
        System.out.printf(
                Locale.ROOT,
                "%nthe reader had everything %.0f ms after a round at the latest%n",
                lagMillis.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN));
        rounds.values().stream()
                .flatMap(List::stream)
                .filter(round -> round.failed() > 0)
                .forEach(round -> System.out.println(round.failed() + " failed, such as: " + round.failure()));
    }

    /** Reads all shards of a stream on a thread of its own. */
    private static final class Reader implements AutoCloseable {
        private final DynamoDbStreamsClient client;
        private final Ticker ticker;
        private final Map<String, String> iterators = new HashMap<>();
        private final AtomicLong seen = new AtomicLong();
        private long expected;
        private volatile boolean paused = true;
        private volatile boolean closed;

        Reader(String url, Ticker ticker) {
            this.ticker = ticker;
            this.client = DynamoDbStreamsClient.builder()
                    .endpointOverride(URI.create(url))
                    .region(Region.US_EAST_1)
                    .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                    .httpClient(UrlConnectionHttpClient.create())
                    .build();
        }

        void open(String arn) {
            for (var shard : client.describeStream(request -> request.streamArn(arn))
                    .streamDescription()
                    .shards()) {
                iterators.put(
                        shard.shardId(),
                        client.getShardIterator(request -> request.streamArn(arn)
                                        .shardId(shard.shardId())
                                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                                .shardIterator());
            }
            Thread.ofPlatform().daemon().name("stream-reader").start(this::read);
        }

        void pause(boolean wanted) {
            paused = wanted;
        }

        void expect(long records) {
            expected += records;
        }

        /** @return milliseconds until all that was expected was there */
        double awaitAll() throws InterruptedException {
            long begun = ticker.nanos();
            while (seen.get() < expected) {
                if (ticker.nanos() - begun > CATCH_UP_NANOS_MAX) {
                    throw new IllegalStateException("the reader has " + seen + " of " + expected + " records");
                }
                Thread.sleep(1);
            }
            return (ticker.nanos() - begun) / 1e6;
        }

        private void read() {
            while (!closed) {
                int most = 0;
                if (!paused) {
                    for (var shard : iterators.entrySet()) {
                        var page = client.getRecords(request -> request.shardIterator(shard.getValue()));
                        seen.addAndGet(page.records().size());
                        shard.setValue(page.nextShardIterator());
                        most = Math.max(most, page.records().size());
                    }
                }
                if (most < FULL_PAGE) {
                    LockSupport.parkNanos(POLL_NANOS);
                }
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
